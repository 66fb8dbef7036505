using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>A line as it aired.</summary>
/// <param name="N">From 0.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="ForMs">How long it holds the wall, milliseconds.</param>
public sealed record AiredLine(int N, long AtMs, int ForMs);

/// <summary>The round in progress.</summary>
/// <param name="Round">Its number.</param>
/// <param name="Rule">How it is counted.</param>
/// <param name="Protection">Most votes that a losing streak adds to a ballot.</param>
/// <param name="OpenedMs">UTC milliseconds.</param>
/// <param name="DeadlineMs">UTC milliseconds.</param>
public sealed record OpenRound(int Round, CountRule Rule, int Protection, long OpenedMs, long DeadlineMs);

/// <summary>A decided round.</summary>
/// <param name="Terms">The round as it was open, with the deadline that held.</param>
/// <param name="Question">The question.</param>
/// <param name="Options">The labels.</param>
/// <param name="Book">All shards' ballots.</param>
/// <param name="TieSeed">What a tie was drawn from.</param>
/// <param name="Verdict">What the book amounted to.</param>
/// <param name="AtMs">When it was decided, UTC milliseconds.</param>
public sealed record DecidedRound(
    OpenRound Terms,
    Text Question,
    ImmutableArray<Text> Options,
    ImmutableArray<BookLine> Book,
    long TieSeed,
    Verdict Verdict,
    long AtMs)
{
    /// <summary>Ids of the characters whose side each option took, by index.</summary>
    public ImmutableArray<ImmutableArray<string>> For { get; init; } = [];

    /// <summary>The beats that were written for the options when it was decided, by index.</summary>
    public ImmutableSortedDictionary<int, Beat> Roads { get; init; } = ImmutableSortedDictionary<int, Beat>.Empty;

    /// <summary>Ordinal of the beat it followed.</summary>
    public int Beat { get; init; }

    /// <summary>The option that the audience suggested, or <see langword="null"/> when there was none.</summary>
    public StageTurn? Turn { get; init; }

    /// <summary>What the house made of it, or <see langword="null"/> when it stands.</summary>
    public Overruled? Overruled { get; init; }

    /// <summary>Whether it was held again, so that nothing followed from it.</summary>
    public bool IsVoid => Overruled is { Taken: null };

    /// <summary>Its number.</summary>
    public int Round => Terms.Round;
}

/// <summary>What the plan of a beat that was told wanted.</summary>
/// <param name="Wanted">Target tension, 0–1.</param>
/// <param name="Felt">The hall's arousal when it was over, 0–1, or <see langword="null"/> where too few said.</param>
public sealed record ToldTarget(double Wanted, double? Felt);

/// <summary>A session as its stream tells it.</summary>
public sealed record SessionState
{
    /// <summary>Nothing happened yet.</summary>
    public static SessionState None { get; } = new();

    /// <summary>The stream's version.</summary>
    public long Version { get; init; }

    /// <summary>The terms; <see langword="null"/> before creation.</summary>
    public SessionTerms? Terms { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SessionPhase Phase { get; init; }

    /// <summary>When the show started, UTC milliseconds; 0 before.</summary>
    public long StartedMs { get; init; }

    /// <summary>Scheduled end, UTC milliseconds; 0 before the start.</summary>
    public long EndsAtMs { get; init; }

    /// <summary>When the present pause began, UTC milliseconds; 0 when there is none.</summary>
    public long PausedMs { get; init; }

    /// <summary>Whether the present pause moves the scheduled end.</summary>
    public bool PauseShifts { get; init; }

    /// <summary>The canon.</summary>
    public Plot.Story Story { get; init; } = Plot.Story.Untold;

    /// <summary>Smoothed arousal of the hall, 0–1, or <see langword="null"/> if it was never measured.</summary>
    public double? Arousal { get; init; }

    /// <summary>
    /// The same over windows with enough contributors to be shown, 0–1, or <see langword="null"/> if there was none:
    /// what people may see of it.
    /// </summary>
    public double? Felt { get; init; }

    /// <summary>The last window's feelings.</summary>
    public FeelingSums? Feelings { get; init; }

    /// <summary>The beat on the wall, or due on it next; <see langword="null"/> while it is not written.</summary>
    public Beat? Current { get; init; }

    /// <summary>The plan of <see cref="Current"/>.</summary>
    public Plan? CurrentPlan { get; init; }

    /// <summary>Ordinal of the beat on the wall or due next.</summary>
    public int Ordinal { get; init; }

    /// <summary>The option that led to it.</summary>
    public int Via { get; init; } = BeatKey.Opening;

    /// <summary>Its lines on air, in order.</summary>
    public ImmutableArray<AiredLine> Aired { get; init; } = [];

    /// <summary>When its telling should be over, UTC milliseconds; 0 before its first line.</summary>
    public long TellUntilMs { get; init; }

    /// <summary>When the wall is free for the next thing, UTC milliseconds.</summary>
    public long DueMs { get; init; }

    /// <summary>Plans of the beat after <see cref="Current"/>, by option; or of the opening while there is no current beat.</summary>
    public ImmutableSortedDictionary<int, Plan> Plans { get; init; } = ImmutableSortedDictionary<int, Plan>.Empty;

    /// <summary>Written beats for <see cref="Plans"/>, by option.</summary>
    public ImmutableSortedDictionary<int, Beat> Prepared { get; init; } = ImmutableSortedDictionary<int, Beat>.Empty;

    /// <summary>Tokens that models took for its beats, told or not, as far as beats say.</summary>
    public long Spent { get; init; }

    /// <summary>The round that takes ballots, or waits for its verdict.</summary>
    public OpenRound? Round { get; init; }

    /// <summary>Decided rounds, in order.</summary>
    public ImmutableArray<DecidedRound> Decided { get; init; } = [];

    /// <summary>The lobby's light vote, once it is decided.</summary>
    public DecidedRound? WarmUp { get; init; }

    /// <summary>The version of the film that is told from now on.</summary>
    public FilmRef? Film { get; init; }

    /// <summary>When an operator last had the show go on without a wall, UTC milliseconds; 0 for never.</summary>
    public long GoOnMs { get; init; }

    /// <summary>When the show was to end before an operator had the story land, UTC milliseconds; 0 while it is not landing.</summary>
    public long LandsInsteadOfMs { get; init; }

    /// <summary>Whether the walls show nothing.</summary>
    public bool Dark { get; init; }

    /// <summary>What the house tells everyone, or <see langword="null"/>.</summary>
    public string? Notice { get; init; }

    /// <summary>The session before its last decision, while that one's card is up and the house may still overrule it.</summary>
    public SessionState? Undo { get; init; }

    /// <summary>What the director wants of every plan from now on.</summary>
    public Steering Steering { get; init; } = Steering.None;

    /// <summary>Storylets that the director chose for coming beats, by option.</summary>
    public ImmutableSortedDictionary<int, string> Chosen { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>How beats wait for a yes, or <see langword="null"/> when they do not.</summary>
    public VetoWindow? Veto { get; init; }

    /// <summary>The coming beats that the director said yes to, by option; also the one that is due next.</summary>
    public ImmutableSortedSet<int> Approved { get; init; } = [];

    /// <summary>When the card of the decision before the beat due next may go, yes or no, UTC milliseconds.</summary>
    public long CardUntilMs { get; init; }

    /// <summary>How well the show was told so far.</summary>
    public TellingMeter Meter { get; init; } = TellingMeter.Flawless;

    /// <summary>Beats whose telling is over, in order.</summary>
    public ImmutableArray<Beat> Told { get; init; } = [];

    /// <summary>What the plans of <see cref="Told"/> wanted, and what the hall felt when they were over, in order.</summary>
    public ImmutableArray<ToldTarget> Targets { get; init; } = [];

    /// <summary>What the hall lets its viewers say and feel.</summary>
    public House House { get; init; } = House.AtFirst;

    /// <summary>What the audience may suggest, and what was decided about it for the present beat.</summary>
    public Turns Turns { get; init; } = Turns.AtFirst;

    /// <summary>Seats that ballots are no longer taken from.</summary>
    public ImmutableSortedSet<int> Banned { get; init; } = [];

    /// <summary>The seats whose first sitting has ended.</summary>
    public ImmutableSortedDictionary<int, Sitting> Sittings { get; init; } = ImmutableSortedDictionary<int, Sitting>.Empty;

    /// <summary>How the shards count a round: with what the hall decided in the rounds before it that stand.</summary>
    public RoundOrder Order(int round, int protection)
    {
        var winners = Enumerable.Repeat(-1, Math.Max(0, round)).ToArray();
        foreach (var decided in Decided)
        {
            if (decided.Round < round && !decided.IsVoid) winners[decided.Round] = decided.Verdict.Winner;
        }

        return new RoundOrder(round, protection, [.. winners]);
    }

    /// <summary>The show's own time: it stands still while the show is held. UTC milliseconds.</summary>
    public long ShowMs(long nowMs) => Phase == SessionPhase.Paused ? PausedMs : nowMs;

    /// <summary>The number of the next round.</summary>
    public int NextRound => Decided.Length;

    /// <summary>Why the present beat's question is asked again, or <see langword="null"/>.</summary>
    public string? Again => Decided is [.., { IsVoid: true } last] && last.Beat == Ordinal ? last.Overruled!.Reason : null;

    /// <summary>Whether the beat due next waits for a director's yes.</summary>
    public bool Waits => Veto is not null && Current is not null && Aired.IsEmpty && !Approved.Contains(Via);

    /// <summary>Whether every line of the current beat is on air.</summary>
    public bool IsTold => Current is { } beat && Aired.Length == beat.Lines.Length;

    /// <summary>The decision whose card is, or was last, on the wall before the current beat's first line.</summary>
    public DecidedRound? Card => !Aired.IsEmpty || Round is not null ? null : Decided.Length > 0 ? Decided[^1] : WarmUp;
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// What a show was like, for its staff: turnout, decisions, feelings, dead air and what people did to it. It follows from
/// the journal and the film; staff are named in it, viewers are not. All times count in milliseconds from the start.
/// </summary>
[GenerateSerializer, Immutable, Alias("story.Insights")]
public sealed record Insights
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionId Session { get; init; }

    /// <summary>The film; the version told at the end.</summary>
    [Id(1)] public required FilmCard Film { get; init; }

    /// <summary>The telling language.</summary>
    [Id(2)] public required string Language { get; init; }

    /// <summary>When the show started, UTC milliseconds.</summary>
    [Id(3)] public required long StartedMs { get; init; }

    /// <summary>How long it took, milliseconds.</summary>
    [Id(4)] public required long LengthMs { get; init; }

    /// <summary>How long it was to take, milliseconds, pauses that moved the end included.</summary>
    [Id(5)] public required long ScheduledMs { get; init; }

    /// <summary>Whether an operator had the story land before its time.</summary>
    [Id(6)] public required bool Landed { get; init; }

    /// <summary>Whether an operator ended the show before the film did.</summary>
    [Id(7)] public required bool Cut { get; init; }

    /// <summary>How long it was paused altogether, milliseconds.</summary>
    [Id(8)] public required long PausedMs { get; init; }

    /// <summary>Seats there were.</summary>
    [Id(9)] public required int Capacity { get; init; }

    /// <summary>Seats that were taken.</summary>
    [Id(10)] public required int Seated { get; init; }

    /// <summary>Every decided round, in order.</summary>
    [Id(11)] public required ImmutableArray<InsightRound> Rounds { get; init; }

    /// <summary>Every beat that was told, in order.</summary>
    [Id(12)] public required ImmutableArray<InsightBeat> Beats { get; init; }

    /// <summary>The hall's feelings, one entry a window with at least ten contributors.</summary>
    [Id(13)] public required ImmutableArray<InsightFeeling> Feelings { get; init; }

    /// <summary>What staff did, in order, from the doors to the end.</summary>
    [Id(14)] public required ImmutableArray<Intervention> Interventions { get; init; }

    /// <summary>Who wrote how much, most lines first.</summary>
    [Id(15)] public required ImmutableArray<WriterShare> Writers { get; init; }

    /// <summary>Dead air altogether, milliseconds.</summary>
    [Id(16)] public required long DeadAirMs { get; init; }

    /// <summary>Beats that a storylet told because the writer who was asked did not.</summary>
    [Id(17)] public required int Fallbacks { get; init; }

    /// <summary>The same by reason, the commonest first; empty where there were none.</summary>
    [Id(18)] public ImmutableArray<FallbackShare> FallbackReasons { get; init; } = [];

    /// <summary>Beats of models that passed the checks only when they were written again.</summary>
    [Id(19)] public int Repaired { get; init; }

    /// <summary>What writing ahead cost and won, or <see langword="null"/> where no model was asked.</summary>
    [Id(20)] public Speculation? Speculation { get; init; }

    /// <summary>How much later than scheduled it ended, milliseconds; negative when it ended before.</summary>
    public long LateMs => LengthMs - ScheduledMs;
}

/// <summary>A round and how the hall took it.</summary>
[GenerateSerializer, Immutable, Alias("story.InsightRound")]
public sealed record InsightRound
{
    /// <summary>The round.</summary>
    [Id(0)] public required int Round { get; init; }

    /// <summary>The question.</summary>
    [Id(1)] public required Text Question { get; init; }

    /// <summary>The options' labels, by index.</summary>
    [Id(2)] public required ImmutableArray<Text> Options { get; init; }

    /// <summary>Votes an option, by index, extra votes included; of rankings the first places.</summary>
    [Id(3)] public required ImmutableArray<int> Counts { get; init; }

    /// <summary>Index of the option that won.</summary>
    [Id(4)] public required int Winner { get; init; }

    /// <summary>Votes between the winner and the best of the others; of rankings in the last count. 0 after a tie.</summary>
    [Id(5)] public required int Margin { get; init; }

    /// <summary>Seats that voted, abstentions included.</summary>
    [Id(6)] public required int Voters { get; init; }

    /// <summary>Seats that voted for none.</summary>
    [Id(7)] public required int Abstained { get; init; }

    /// <summary>Seats that voted again after their first vote, or <see langword="null"/> where a vote takes several taps.</summary>
    [Id(8)] public int? Changed { get; init; }

    /// <summary>How it was decided.</summary>
    [Id(9)] public required VotingRule Rule { get; init; }

    /// <summary>Indices that were level at the top; empty when there was no tie.</summary>
    [Id(10)] public required ImmutableArray<int> Tied { get; init; }

    /// <summary>What minority protection did, or <see langword="null"/> where it is off or raised nobody.</summary>
    [Id(11)] public Protected? Protected { get; init; }

    /// <summary>When it opened, milliseconds from the start.</summary>
    [Id(12)] public required long OpenedMs { get; init; }

    /// <summary>When it was decided, milliseconds from the start.</summary>
    [Id(13)] public required long DecidedMs { get; init; }

    /// <summary>What the house made of it, or <see langword="null"/> when it stood.</summary>
    [Id(14)] public Overruled? Overruled { get; init; }

    /// <summary>The option that the audience suggested, or <see langword="null"/> when there was none.</summary>
    [Id(15)] public StageTurn? Turn { get; init; }
}

/// <summary>A beat as it was told.</summary>
/// <param name="Beat">From 0.</param>
/// <param name="Act">The act's title.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Fallback">Why a storylet told it instead of the writer who was asked.</param>
/// <param name="Lines">Lines that aired.</param>
/// <param name="AtMs">When its first line aired, milliseconds from the start.</param>
/// <param name="UntilMs">When its last line was over, milliseconds from the start.</param>
/// <param name="Tension">How tense it is, 0–1.</param>
/// <param name="Target">The tension it was planned for, 0–1.</param>
/// <param name="DeadAirMs">Dead air before its lines, milliseconds.</param>
/// <param name="Directed">Lines of those that a director wrote.</param>
/// <param name="Writing">How a model wrote it, or <see langword="null"/> where none did.</param>
/// <param name="Ready">Whether it was written and checked when the vote that led to it was decided; <see langword="null"/> for the opening, which no vote leads to.</param>
[GenerateSerializer, Immutable, Alias("story.InsightBeat")]
public sealed record InsightBeat(
    [property: Id(0)] int Beat,
    [property: Id(1)] Text Act,
    [property: Id(2)] string Writer,
    [property: Id(3)] Fallback Fallback,
    [property: Id(4)] int Lines,
    [property: Id(5)] long AtMs,
    [property: Id(6)] long UntilMs,
    [property: Id(7)] double Tension,
    [property: Id(8)] double Target,
    [property: Id(9)] long DeadAirMs,
    [property: Id(10)] int Directed = 0,
    [property: Id(11)] Writing? Writing = null,
    [property: Id(12)] bool? Ready = null);

/// <summary>What the hall felt in one window.</summary>
/// <param name="AtMs">When the window closed, milliseconds from the start.</param>
/// <param name="Contributors">How many seats tapped.</param>
/// <param name="Arousal">Calm 0 to excited 1.</param>
/// <param name="Sums">Summed intensity a feeling, in the order of <see cref="Feeling"/>.</param>
[GenerateSerializer, Immutable, Alias("story.InsightFeeling")]
public sealed record InsightFeeling(
    [property: Id(0)] long AtMs,
    [property: Id(1)] int Contributors,
    [property: Id(2)] double Arousal,
    [property: Id(3)] ImmutableArray<int> Sums);

/// <summary>What somebody of the staff did to a show.</summary>
/// <param name="AtMs">When, milliseconds from the start; negative before it.</param>
/// <param name="Kind">What: the name of the command; of a decision about a remark its verdict and <c>Remark</c>.</param>
/// <param name="By">The staff account.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Seat">The seat it was about, or 0.</param>
/// <param name="Seconds">Seconds it was given, or 0.</param>
/// <param name="Words">What everyone was told, or what it was about: a word, a fact, a storylet; or <see langword="null"/>.</param>
/// <param name="Option">The option that the story was to follow, or <see langword="null"/>.</param>
/// <param name="Beat">The beat it was about, from 0, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.Intervention")]
public sealed record Intervention(
    [property: Id(0)] long AtMs,
    [property: Id(1)] string Kind,
    [property: Id(2)] string By,
    [property: Id(3)] string Reason,
    [property: Id(4)] int Seat,
    [property: Id(5)] int Seconds,
    [property: Id(6)] string? Words,
    [property: Id(7)] int? Option = null,
    [property: Id(8)] int? Beat = null);

/// <summary>A writer's part of a show.</summary>
/// <param name="Writer">Who.</param>
/// <param name="Beats">Beats told; a director who wrote lines has none of their own.</param>
/// <param name="Lines">Lines aired.</param>
/// <param name="TokensIn">Tokens read for its beats that aired.</param>
/// <param name="TokensOut">Tokens written for them.</param>
/// <param name="TookMs">Time their writing took altogether, milliseconds.</param>
/// <param name="Repaired">How many of them passed the checks only when they were written again.</param>
/// <param name="Untold">Beats it wrote that were never told; counted where they cost tokens.</param>
/// <param name="UntoldTokens">Tokens of those, read and written together.</param>
[GenerateSerializer, Immutable, Alias("story.WriterShare")]
public sealed record WriterShare(
    [property: Id(0)] string Writer,
    [property: Id(1)] int Beats,
    [property: Id(2)] int Lines,
    [property: Id(3)] long TokensIn = 0,
    [property: Id(4)] long TokensOut = 0,
    [property: Id(5)] long TookMs = 0,
    [property: Id(6)] int Repaired = 0,
    [property: Id(7)] int Untold = 0,
    [property: Id(8)] long UntoldTokens = 0);

/// <summary>How many beats a storylet told for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Beats">How many.</param>
[GenerateSerializer, Immutable, Alias("story.FallbackShare")]
public sealed record FallbackShare([property: Id(0)] Fallback Reason, [property: Id(1)] int Beats);

/// <summary>
/// What writing ahead cost and won. It follows from the beats on record, so tokens of what never became a beat are not in it:
/// beats that were called off, servers that failed in mid-answer, asides.
/// </summary>
/// <param name="Followed">Beats told after a vote.</param>
/// <param name="Ready">Of those, how many were written and checked when their vote was decided, whoever wrote them.</param>
/// <param name="ReadyByModel">Of those, how many a model wrote.</param>
/// <param name="Written">Beats that models wrote, told or not.</param>
/// <param name="Untold">Of those, how many were never told.</param>
/// <param name="Tokens">Tokens of all that models wrote, read and written together, <paramref name="LostTokens"/> included.</param>
/// <param name="UntoldTokens">Of those, tokens of beats that were never told.</param>
/// <param name="LostTokens">Of those, tokens of answers that did not pass the checks, so that a storylet stood in.</param>
/// <param name="Budget">Most tokens that models might spend on the show, 0 where nobody set a limit or nobody wrote it down.</param>
[GenerateSerializer, Immutable, Alias("story.Speculation")]
public sealed record Speculation(
    [property: Id(0)] int Followed,
    [property: Id(1)] int Ready,
    [property: Id(2)] int ReadyByModel,
    [property: Id(3)] int Written,
    [property: Id(4)] int Untold,
    [property: Id(5)] long Tokens,
    [property: Id(6)] long UntoldTokens,
    [property: Id(7)] long LostTokens,
    [property: Id(8)] long Budget);

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// All that a wall or phone needs to show the present moment. It is sent whole whenever it changes, so a client that
/// missed any number of them is right again with the next.
/// </summary>
[GenerateSerializer, Immutable, Alias("story.Stage")]
public sealed record Stage
{
    /// <summary>Grows with every push of the session, tallies included.</summary>
    [Id(0)] public required long Seq { get; init; }

    /// <summary>The session.</summary>
    [Id(1)] public required SessionId Session { get; init; }

    /// <summary>Where it is in its life.</summary>
    [Id(2)] public required SessionPhase Phase { get; init; }

    /// <summary>The session's clock when this was made, UTC milliseconds.</summary>
    [Id(3)] public required long NowMs { get; init; }

    /// <summary>The film.</summary>
    [Id(4)] public required FilmCard Film { get; init; }

    /// <summary>Fixed at creation; the pages read languages, rule, windows and join code from it.</summary>
    [Id(5)] public required StageTerms Terms { get; init; }

    /// <summary>Seats taken.</summary>
    [Id(6)] public required int Seated { get; init; }

    /// <summary>Phones connected now, as gateways last told.</summary>
    [Id(7)] public required int Present { get; init; }

    /// <summary>Scheduled end, UTC milliseconds, once started.</summary>
    [Id(8)] public long? EndsAtMs { get; init; }

    /// <summary>The beat being told, with the lines aired so far.</summary>
    [Id(9)] public StageBeat? Beat { get; init; }

    /// <summary>The round, from its opening until its decision card ends.</summary>
    [Id(10)] public StageRound? Round { get; init; }

    /// <summary>Every decision so far, for the credits; filled when the show has ended.</summary>
    [Id(11)] public ImmutableArray<StageChoice> Choices { get; init; } = [];

    /// <summary>Whether the show holds because the wall is lost; an operator may go on without it.</summary>
    [Id(12)] public bool WallLost { get; init; }

    /// <summary>What viewers read who mostly took a character's side; filled when the show has ended.</summary>
    [Id(13)] public ImmutableArray<StageEpilogue> Epilogues { get; init; } = [];

    /// <summary>Whether an operator had the story land; it ends within two beats.</summary>
    [Id(14)] public bool Landing { get; init; }

    /// <summary>Whether the walls show nothing.</summary>
    [Id(15)] public bool Dark { get; init; }

    /// <summary>What the house tells everyone, in the language it was typed in, or <see langword="null"/>.</summary>
    [Id(16)] public string? Notice { get; init; }

    /// <summary>The number of the next round that will open.</summary>
    [Id(17)] public int NextRound { get; init; }

    /// <summary>The remark on the wall, or <see langword="null"/>.</summary>
    [Id(18)] public StageRemark? Remark { get; init; }

    /// <summary>Whether viewers may write remarks.</summary>
    [Id(19)] public bool RemarksOn { get; init; }

    /// <summary>Whether no feelings are taken.</summary>
    [Id(20)] public bool FeelingsOff { get; init; }

    /// <summary>Whether viewers may suggest turns tonight.</summary>
    [Id(21)] public bool TurnsOn { get; init; }

    /// <summary>Whether what many seats ask for alike needs no person's yes.</summary>
    [Id(22)] public bool TurnsAuto { get; init; }

    /// <summary>Whether a turn may be suggested at this moment: a beat is told, and its round has room for one.</summary>
    [Id(23)] public bool TurnsOpen { get; init; }
}

/// <summary>A few words for the viewers who mostly took a character's side; each phone picks its own.</summary>
/// <param name="Character">The character's id, as in <see cref="StageChoice.For"/>.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Words">What they read.</param>
[GenerateSerializer, Immutable, Alias("story.StageEpilogue")]
public sealed record StageEpilogue([property: Id(0)] string Character, [property: Id(1)] Text Name, [property: Id(2)] Text Words);

/// <summary>What of the session's terms a page shows.</summary>
/// <param name="Language">The telling language.</param>
/// <param name="WallLanguages">One or two, the telling language first.</param>
/// <param name="Capacity">Seats.</param>
/// <param name="Rule">How rounds are decided.</param>
/// <param name="WindowSeconds">How long a round is open.</param>
/// <param name="CardSeconds">How long the decision card shows.</param>
/// <param name="RunningSeconds">Running time.</param>
/// <param name="JoinCode">What a viewer types to join.</param>
/// <param name="HideTally">Whether counts stay hidden while a round is open.</param>
/// <param name="Protection">Most votes a losing streak adds to a ballot; 0 when minority protection is off.</param>
/// <param name="Entry">How a viewer gets a seat.</param>
/// <param name="Rehearsal">Whether it is a rehearsal, of which nothing is kept.</param>
/// <param name="ScheduledMs">When the show is to begin, UTC milliseconds; 0 where nobody said.</param>
/// <param name="Rating">The highest age rating that may be told; <see langword="null"/> is the whole film.</param>
[GenerateSerializer, Immutable, Alias("story.StageTerms")]
public sealed record StageTerms(
    [property: Id(0)] string Language,
    [property: Id(1)] ImmutableArray<string> WallLanguages,
    [property: Id(2)] int Capacity,
    [property: Id(3)] VotingRule Rule,
    [property: Id(4)] int WindowSeconds,
    [property: Id(5)] int CardSeconds,
    [property: Id(6)] int RunningSeconds,
    [property: Id(7)] string JoinCode,
    [property: Id(8)] bool HideTally,
    [property: Id(9)] int Protection,
    [property: Id(10)] Entry Entry,
    [property: Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Rehearsal = false,
    [property: Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long ScheduledMs = 0,
    [property: Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Rating = null);

/// <summary>The beat on the wall.</summary>
/// <param name="Ordinal">From 0.</param>
/// <param name="Act">The act's title.</param>
/// <param name="Place">The place's name.</param>
/// <param name="Palette">CSS colours: background, text, accent.</param>
/// <param name="Moment">Time of day or the like.</param>
/// <param name="Tension">0–1.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Lines">Aired so far, in order.</param>
/// <param name="LineCount">How many there will be.</param>
/// <param name="Ends">Whether the film ends with it.</param>
/// <param name="PlaceId">The place's id.</param>
/// <param name="Type">How the wall sets the words.</param>
/// <param name="Ambience">What the wall lets be heard, at most four layers.</param>
/// <param name="Still">The path of a picture behind the words, or <see langword="null"/>.</param>
/// <param name="Audio">The path of a sound file instead of the ambience, or <see langword="null"/>.</param>
/// <param name="Reason">Why the story goes on like this, in one sentence.</param>
[GenerateSerializer, Immutable, Alias("story.StageBeat")]
public sealed record StageBeat(
    [property: Id(0)] int Ordinal,
    [property: Id(1)] Text Act,
    [property: Id(2)] Text Place,
    [property: Id(3)] ImmutableArray<string> Palette,
    [property: Id(4)] Text Moment,
    [property: Id(5)] double Tension,
    [property: Id(6)] string Writer,
    [property: Id(7)] ImmutableArray<StageLine> Lines,
    [property: Id(8)] int LineCount,
    [property: Id(9)] bool Ends,
    [property: Id(10)] string PlaceId,
    [property: Id(11)] Typeface Type,
    [property: Id(12)] ImmutableArray<Ambience> Ambience,
    [property: Id(13)] string? Still,
    [property: Id(14)] string? Audio,
    [property: Id(15)] Text? Reason);

/// <summary>An aired line.</summary>
/// <param name="N">Its place in the beat, from 0.</param>
/// <param name="Speaker">The speaker's name, or <see langword="null"/> for narration.</param>
/// <param name="Words">What is said.</param>
/// <param name="AtMs">When it aired, UTC milliseconds.</param>
/// <param name="ForMs">How long it holds the wall, milliseconds.</param>
[GenerateSerializer, Immutable, Alias("story.StageLine")]
public sealed record StageLine(
    [property: Id(0)] int N,
    [property: Id(1)] Text? Speaker,
    [property: Id(2)] Text Words,
    [property: Id(3)] long AtMs,
    [property: Id(4)] int ForMs);

/// <summary>Where a round is.</summary>
[GenerateSerializer, Alias("story.RoundState"), JsonConverter(typeof(JsonStringEnumConverter<RoundState>))]
public enum RoundState
{
    /// <summary>Ballots are taken.</summary>
    Open,

    /// <summary>No more ballots; shards are being asked.</summary>
    Sealed,

    /// <summary>The book is final.</summary>
    Decided,
}

/// <summary>The light vote before the show: a round like any other, but nothing follows from it and no record keeps it.</summary>
public static class WarmUpRound
{
    /// <summary>Its number.</summary>
    public const int Number = -1;
}

/// <summary>The round on wall and phones.</summary>
/// <param name="Round">The round, from 0; <see cref="WarmUpRound.Number"/> in the lobby.</param>
/// <param name="State">Where it is.</param>
/// <param name="Question">The question.</param>
/// <param name="Options">The options' labels, by index.</param>
/// <param name="Rule">How it is decided.</param>
/// <param name="OpenedMs">UTC milliseconds.</param>
/// <param name="DeadlineMs">UTC milliseconds; the page closes here.</param>
/// <param name="Decision">Once decided.</param>
/// <param name="Again">Why the question is asked once more, in the language it was typed in; <see langword="null"/> when it is the first time.</param>
/// <param name="Turn">The option that the audience suggested, or <see langword="null"/> when there is none.</param>
[GenerateSerializer, Immutable, Alias("story.StageRound")]
public sealed record StageRound(
    [property: Id(0)] int Round,
    [property: Id(1)] RoundState State,
    [property: Id(2)] Text Question,
    [property: Id(3)] ImmutableArray<Text> Options,
    [property: Id(4)] VotingRule Rule,
    [property: Id(5)] long OpenedMs,
    [property: Id(6)] long DeadlineMs,
    [property: Id(7)] StageDecision? Decision,
    [property: Id(8)] string? Again = null,
    [property: Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StageTurn? Turn = null);

/// <summary>What was decided.</summary>
/// <param name="Winner">Index of the option.</param>
/// <param name="Counts">Votes an option, by index, extra votes included; of rankings the first places.</param>
/// <param name="Voters">Seats that voted, abstentions included.</param>
/// <param name="Tied">Indices that were level at the top; empty when there was no tie.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="CardEndsMs">When the decision card leaves the wall, UTC milliseconds.</param>
/// <param name="Abstained">Seats that voted for none.</param>
/// <param name="Protected">What minority protection did, or <see langword="null"/> where it is off or raised nobody.</param>
/// <param name="Runoff">How rankings were counted, from the first count; empty under other rules, or when one count was enough.</param>
/// <param name="Then">Why the story goes on as it will, in one sentence; <see langword="null"/> while nothing is planned.</param>
/// <param name="Overruled">What the house made of it, or <see langword="null"/> when it stands.</param>
[GenerateSerializer, Immutable, Alias("story.StageDecision")]
public sealed record StageDecision(
    [property: Id(0)] int Winner,
    [property: Id(1)] ImmutableArray<int> Counts,
    [property: Id(2)] int Voters,
    [property: Id(3)] ImmutableArray<int> Tied,
    [property: Id(4)] Text Reason,
    [property: Id(5)] long CardEndsMs,
    [property: Id(6)] int Abstained,
    [property: Id(7)] Protected? Protected,
    [property: Id(8)] ImmutableArray<RunoffCount> Runoff,
    [property: Id(9)] Text? Then,
    [property: Id(10)] Overruled? Overruled = null);

/// <summary>The house did not let a decision stand. What the hall decided stays on record beside it.</summary>
/// <param name="Taken">The option that the story followed instead, or <see langword="null"/> when the round was held again.</param>
/// <param name="Reason">Why, as everyone reads it, in the language it was typed in.</param>
[GenerateSerializer, Immutable, Alias("story.Overruled")]
public sealed record Overruled([property: Id(0)] int? Taken, [property: Id(1)] string Reason);

/// <summary>What minority protection did in a round.</summary>
/// <param name="Seats">Seats whose ballot carried more than one vote.</param>
/// <param name="Extra">Votes that were added.</param>
/// <param name="Otherwise">The option that would have won with one vote a seat.</param>
[GenerateSerializer, Immutable, Alias("story.Protected")]
public sealed record Protected([property: Id(0)] int Seats, [property: Id(1)] int Extra, [property: Id(2)] int Otherwise);

/// <summary>One count of an instant run-off.</summary>
/// <param name="Counts">Votes an option, by index; 0 for one that has left.</param>
/// <param name="Out">The option that leaves after this count, or <see langword="null"/> when it decided.</param>
[GenerateSerializer, Immutable, Alias("story.RunoffCount")]
public sealed record RunoffCount([property: Id(0)] ImmutableArray<int> Counts, [property: Id(1)] int? Out);

/// <summary>A decision as the credits remember it.</summary>
/// <param name="Round">The round.</param>
/// <param name="Question">The question.</param>
/// <param name="Options">The options' labels, by index.</param>
/// <param name="Winner">Index of the option.</param>
/// <param name="Counts">Votes an option, by index.</param>
/// <param name="Voters">Seats that voted, abstentions included.</param>
/// <param name="Abstained">Seats that voted for none.</param>
/// <param name="For">Ids of the characters whose side each option took, by index; may be empty altogether.</param>
/// <param name="Overruled">What the house made of it, or <see langword="null"/> when it stood.</param>
/// <param name="Roads">Where each option led or would have led, by index; <see langword="null"/> where nobody had written that yet. May be empty altogether.</param>
/// <param name="Turn">The option that the audience suggested, or <see langword="null"/> when there was none.</param>
[GenerateSerializer, Immutable, Alias("story.StageChoice")]
public sealed record StageChoice(
    [property: Id(0)] int Round,
    [property: Id(1)] Text Question,
    [property: Id(2)] ImmutableArray<Text> Options,
    [property: Id(3)] int Winner,
    [property: Id(4)] ImmutableArray<int> Counts,
    [property: Id(5)] int Voters,
    [property: Id(6)] int Abstained,
    [property: Id(7)] ImmutableArray<ImmutableArray<string>> For,
    [property: Id(8)] ImmutableArray<StageRoad?> Roads,
    [property: Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Overruled? Overruled = null,
    [property: Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StageTurn? Turn = null)
{
    /// <summary>The option that the story followed; of a round that was held again, the hall's, which it did not.</summary>
    [JsonIgnore] public int Taken => Overruled?.Taken ?? Winner;
}

/// <summary>The beginning of the beat that an option leads to, taken or not.</summary>
/// <param name="Place">The place's name.</param>
/// <param name="Moment">Time of day or the like.</param>
/// <param name="Speaker">Who says the first line, or <see langword="null"/> for narration.</param>
/// <param name="Words">The first line.</param>
[GenerateSerializer, Immutable, Alias("story.StageRoad")]
public sealed record StageRoad(
    [property: Id(0)] Text Place,
    [property: Id(1)] Text Moment,
    [property: Id(2)] Text? Speaker,
    [property: Id(3)] Text Words);

/// <summary>The live count of the open round.</summary>
/// <param name="Seq">In the same sequence as <see cref="Stage.Seq"/>.</param>
/// <param name="Round">The round.</param>
/// <param name="Counts">Votes an option, by index (of rankings the first places); empty while the session hides them.</param>
/// <param name="Voters">Seats that voted, abstentions included.</param>
/// <param name="Feelings">The last window's feelings, or <see langword="null"/> below ten contributors.</param>
[GenerateSerializer, Immutable, Alias("story.Tally")]
public sealed record Tally(
    [property: Id(0)] long Seq,
    [property: Id(1)] int Round,
    [property: Id(2)] ImmutableArray<int> Counts,
    [property: Id(3)] int Voters,
    [property: Id(4)] FeelingSums? Feelings);

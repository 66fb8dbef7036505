using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>What a director may do to the story.</summary>
[GenerateSerializer, Alias("story.DirectorAction"), JsonConverter(typeof(JsonStringEnumConverter<DirectorAction>))]
public enum DirectorAction
{
    /// <summary>Gives a coming beat other lines. What has aired of the beat on the wall must stay as it is.</summary>
    Revise,

    /// <summary>Has a coming beat told from another storylet: the one that is named, or the next best.</summary>
    Swap,

    /// <summary>Makes a fact true and keeps it in every plan.</summary>
    Pin,

    /// <summary>Takes <see cref="Pin"/> back; the fact stays true.</summary>
    Unpin,

    /// <summary>Makes a fact untrue.</summary>
    Strike,

    /// <summary>Sets how tense the coming beats are to be, or leaves it to the film's arc again.</summary>
    Tension,

    /// <summary>Forbids a word: no beat from now on has it.</summary>
    Forbid,

    /// <summary>Takes <see cref="Forbid"/> back.</summary>
    Allow,

    /// <summary>Demands that each beat waits for a yes, or demands it no longer.</summary>
    Veto,

    /// <summary>Says yes to a coming beat.</summary>
    Approve,

    /// <summary>Says no to a coming beat: its storylet is not told tonight, and the next best is.</summary>
    Reject,
}

/// <summary>A director's command.</summary>
[GenerateSerializer, Immutable, Alias("story.DirectorCommand")]
public sealed record DirectorCommand
{
    /// <summary>What.</summary>
    [Id(0)] public required DirectorAction Action { get; init; }

    /// <summary>The staff account that gave it.</summary>
    [Id(1)] public required string By { get; init; }

    /// <summary>Why, at most 200 characters; may be empty.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>The beat it is about, its ordinal; −1 where it is about none.</summary>
    [Id(3)] public int Beat { get; init; } = -1;

    /// <summary>The option that leads to that beat, or <see cref="BeatKey.Opening"/>.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Option { get; init; }

    /// <summary>For <see cref="DirectorAction.Revise"/>: all lines of the beat.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ImmutableArray<Line>? Lines { get; init; }

    /// <summary>For <see cref="DirectorAction.Swap"/>: a storylet's id. For facts: the fact's id. For words: the word.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; init; }

    /// <summary>For <see cref="DirectorAction.Tension"/>: 0–1, or <see langword="null"/> for the film's arc.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? Tension { get; init; }

    /// <summary>For <see cref="DirectorAction.Veto"/>: how long a beat waits for a yes, 3–30 s, or <see langword="null"/> for no longer.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public VetoWindow? Veto { get; init; }
}

/// <summary>What happens to a beat that nobody said yes to in time.</summary>
[GenerateSerializer, Alias("story.Unanswered"), JsonConverter(typeof(JsonStringEnumConverter<Unanswered>))]
public enum Unanswered
{
    /// <summary>It airs.</summary>
    Air,

    /// <summary>The next best storylet airs instead.</summary>
    Replace,
}

/// <summary>Each beat waits for a director's yes while the decision card stands.</summary>
/// <param name="Seconds">How long from the decision on, 3–30 s. A yes before that ends the wait; nothing is added to a card that is longer.</param>
/// <param name="Otherwise">What happens without an answer.</param>
[GenerateSerializer, Immutable, Alias("story.VetoWindow")]
public sealed record VetoWindow([property: Id(0)] int Seconds, [property: Id(1)] Unanswered Otherwise);

/// <summary>What a director wants of every plan from now on. Lists are in ordinal order and hold nothing twice.</summary>
[GenerateSerializer, Immutable, Alias("story.Steering")]
public sealed record Steering
{
    /// <summary>Nothing.</summary>
    public static Steering None { get; } = new();

    /// <summary>Facts that every plan names first.</summary>
    [Id(0)] public ImmutableArray<string> Pinned { get; init; } = [];

    /// <summary>Words that no beat has.</summary>
    [Id(1)] public ImmutableArray<string> Forbidden { get; init; } = [];

    /// <summary>Storylets that are not told tonight.</summary>
    [Id(2)] public ImmutableArray<string> Refused { get; init; } = [];

    /// <summary>How tense coming beats are to be, 0–1, or <see langword="null"/> for the film's arc.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? Tension { get; init; }

    /// <summary>Whether nothing is wanted.</summary>
    [JsonIgnore] public bool IsNone => Pinned.IsEmpty && Forbidden.IsEmpty && Refused.IsEmpty && Tension is null;
}

/// <summary>The story as its director sees it: what is told, what may come, and why.</summary>
[GenerateSerializer, Immutable, Alias("story.Script")]
public sealed record Script
{
    /// <summary>The session's clock when this was made, UTC milliseconds.</summary>
    [Id(0)] public required long NowMs { get; init; }

    /// <summary>The beat on the wall or due next, with all its lines; <see langword="null"/> while nobody has written it.</summary>
    [Id(1)] public ScriptBeat? Present { get; init; }

    /// <summary>Lines of the present beat that have aired.</summary>
    [Id(2)] public required int Aired { get; init; }

    /// <summary>What may come after it, one an option.</summary>
    [Id(3)] public required ImmutableArray<ScriptBeat> Coming { get; init; }

    /// <summary>What is true, what may become true.</summary>
    [Id(4)] public required ImmutableArray<ScriptFact> Facts { get; init; }

    /// <summary>What the story owes its audience.</summary>
    [Id(5)] public required ImmutableArray<Text> Promises { get; init; }

    /// <summary>What the director wants.</summary>
    [Id(6)] public required Steering Steering { get; init; }

    /// <summary>Whether beats wait for a yes.</summary>
    [Id(7)] public VetoWindow? Veto { get; init; }

    /// <summary>Until when the present beat waits for a yes, UTC milliseconds; 0 when it does not.</summary>
    [Id(8)] public required long WaitsUntilMs { get; init; }

    /// <summary>Storylets of the film that may still be told, of all.</summary>
    [Id(9)] public required int Left { get; init; }

    /// <summary>Storylets of the film.</summary>
    [Id(10)] public required int Storylets { get; init; }

    /// <summary>The tension that was wanted and told, a point a beat, in order.</summary>
    [Id(11)] public required ImmutableArray<ScriptPoint> Curve { get; init; }

    /// <summary>The cast by id, for whoever writes a line.</summary>
    [Id(12)] public required ImmutableArray<RecordedName> Cast { get; init; }
}

/// <summary>A beat of the script.</summary>
/// <param name="Plan">What it must do, and why.</param>
/// <param name="Beat">What was written, or <see langword="null"/> while it is not.</param>
/// <param name="Place">The place's name, once written.</param>
/// <param name="Approved">Whether the director said yes.</param>
/// <param name="Others">What else could be told, the best first; at most 6.</param>
[GenerateSerializer, Immutable, Alias("story.ScriptBeat")]
public sealed record ScriptBeat(
    [property: Id(0)] Plan Plan,
    [property: Id(1)] Beat? Beat,
    [property: Id(2)] Text? Place,
    [property: Id(3)] bool Approved,
    [property: Id(4)] ImmutableArray<ScriptChoice> Others);

/// <summary>A storylet that could be told.</summary>
/// <param name="Storylet">Its id.</param>
/// <param name="Function">What it does in the arc.</param>
/// <param name="Tension">How tense it is, 0–1.</param>
/// <param name="Place">Where it happens.</param>
/// <param name="Words">Its first line.</param>
[GenerateSerializer, Immutable, Alias("story.ScriptChoice")]
public sealed record ScriptChoice(
    [property: Id(0)] string Storylet,
    [property: Id(1)] BeatFunction Function,
    [property: Id(2)] double Tension,
    [property: Id(3)] Text Place,
    [property: Id(4)] Text Words);

/// <summary>A fact of the film.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Statement">The fact as a sentence.</param>
/// <param name="Holds">Whether it is true.</param>
/// <param name="Pinned">Whether the director pinned it.</param>
[GenerateSerializer, Immutable, Alias("story.ScriptFact")]
public sealed record ScriptFact([property: Id(0)] string Id, [property: Id(1)] Text Statement, [property: Id(2)] bool Holds, [property: Id(3)] bool Pinned);

/// <summary>One beat on the curve of tension.</summary>
/// <param name="Beat">Its ordinal.</param>
/// <param name="Wanted">What was planned, 0–1.</param>
/// <param name="Told">What was told, 0–1; <see langword="null"/> for a beat that is not written.</param>
/// <param name="Felt">The hall's arousal at its end, or now, 0–1; <see langword="null"/> where too few people said.</param>
[GenerateSerializer, Immutable, Alias("story.ScriptPoint")]
public sealed record ScriptPoint([property: Id(0)] int Beat, [property: Id(1)] double Wanted, [property: Id(2)] double? Told, [property: Id(3)] double? Felt);

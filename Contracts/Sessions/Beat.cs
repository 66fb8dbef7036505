using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// What the next beat must do, with the inputs it was made from, so that a writer needs nothing else and a reader can
/// later ask why.
/// </summary>
[GenerateSerializer, Immutable, Alias("story.Plan")]
public sealed record Plan
{
    /// <summary>The beat's ordinal, from 0.</summary>
    [Id(0)] public required int Beat { get; init; }

    /// <summary>The option that leads here, or <see cref="BeatKey.Opening"/>.</summary>
    [Id(1)] public required int Option { get; init; }

    /// <summary>What it must do in the arc.</summary>
    [Id(2)] public required BeatFunction Function { get; init; }

    /// <summary>Id of the act.</summary>
    [Id(3)] public required string Act { get; init; }

    /// <summary>Target tension, 0–1, after the hall's feelings were heard.</summary>
    [Id(4)] public required double Tension { get; init; }

    /// <summary>How long its telling should take, seconds.</summary>
    [Id(5)] public required double Seconds { get; init; }

    /// <summary>Facts that are true, sorted; the beat must respect them.</summary>
    [Id(6)] public required ImmutableArray<string> Facts { get; init; }

    /// <summary>Promises opened and not yet paid, sorted.</summary>
    [Id(7)] public required ImmutableArray<string> Promises { get; init; }

    /// <summary>Storylets told, in order.</summary>
    [Id(8)] public required ImmutableArray<string> Told { get; init; }

    /// <summary>The hall's measured arousal, 0–1, or <see langword="null"/> below the contributors it takes.</summary>
    [Id(9)] public double? Arousal { get; init; }

    /// <summary>Seed for whatever a writer draws.</summary>
    [Id(10)] public required long Seed { get; init; }

    /// <summary>One sentence that says why.</summary>
    [Id(11)] public required Text Reason { get; init; }

    /// <summary>The authored storylet that serves it best, or <see langword="null"/> in plans of the first version.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Storylet { get; init; }

    /// <summary>Seconds from its first line to the scheduled end, as it was planned; <see langword="null"/> in plans of the first version.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? LeftSeconds { get; init; }

    /// <summary>How many beats still fit before the ending, this one included; 0 when the film ends here.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int BeatsLeft { get; init; }

    /// <summary>The session's version when it was made: no two plans of one beat and option have the same. 0 in plans of the first version.</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long Made { get; init; }

    /// <summary>What the director wants, or <see langword="null"/> when that is nothing.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Steering? Steering { get; init; }

    /// <summary>Whether the film ends with it.</summary>
    public bool Ends => Function == BeatFunction.Resolution;
}

/// <summary>One step of the story, written and checked.</summary>
[GenerateSerializer, Immutable, Alias("story.Beat")]
public sealed record Beat
{
    /// <summary>The ordinal, from 0.</summary>
    [Id(0)] public required int Ordinal { get; init; }

    /// <summary>The option that leads here, or <see cref="BeatKey.Opening"/>.</summary>
    [Id(1)] public required int Option { get; init; }

    /// <summary>Who wrote it: <c>storylet</c>, or a model's name.</summary>
    [Id(2)] public required string Writer { get; init; }

    /// <summary>The storylet it was told from, or <see langword="null"/>.</summary>
    [Id(3)] public string? Storylet { get; init; }

    /// <summary>What it does in the arc.</summary>
    [Id(4)] public required BeatFunction Function { get; init; }

    /// <summary>Id of the act.</summary>
    [Id(5)] public required string Act { get; init; }

    /// <summary>How tense it is, 0–1.</summary>
    [Id(6)] public required double Tension { get; init; }

    /// <summary>Id of the place.</summary>
    [Id(7)] public required string Place { get; init; }

    /// <summary>Time of day or other slug-line detail.</summary>
    [Id(8)] public required Text Moment { get; init; }

    /// <summary>Ids of the characters present.</summary>
    [Id(9)] public required ImmutableArray<string> Cast { get; init; }

    /// <summary>The lines in the order they air.</summary>
    [Id(10)] public required ImmutableArray<Line> Lines { get; init; }

    /// <summary>The question above the options; <see langword="null"/> when the film ends here.</summary>
    [Id(11)] public Text? Question { get; init; }

    /// <summary>Two to four options; empty when the film ends here.</summary>
    [Id(12)] public required ImmutableArray<Option> Options { get; init; }

    /// <summary>Facts true once it has been told, sorted.</summary>
    [Id(13)] public required ImmutableArray<string> Sets { get; init; }

    /// <summary>Promises it opens.</summary>
    [Id(14)] public required ImmutableArray<string> Opens { get; init; }

    /// <summary>Promises it pays.</summary>
    [Id(15)] public required ImmutableArray<string> Pays { get; init; }

    /// <summary>A picture behind the words, a path below the film's folder, or <see langword="null"/> for the place's.</summary>
    [Id(16), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Still { get; init; }

    /// <summary><see cref="Plan.Made"/> of the plan that it answers.</summary>
    [Id(17), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long Made { get; init; }

    /// <summary>Why a storylet tells it instead of the writer who was asked.</summary>
    [Id(18), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Fallback Fallback { get; init; }

    /// <summary>What happens in it, in one sentence; <see langword="null"/> where the writer gave none.</summary>
    [Id(19), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Text? Gist { get; init; }

    /// <summary>How a model wrote it, or <see langword="null"/> where none did.</summary>
    [Id(20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Writing? Writing { get; init; }

    /// <summary>Tokens that a model took for answers which did not pass, where a storylet tells the beat instead.</summary>
    [Id(21), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Lost { get; init; }

    /// <summary>Tokens that models took for it, read and written together, also where a storylet tells it in the end.</summary>
    public long Tokens => Lost + (Writing is { } writing ? (long)writing.TokensIn + writing.TokensOut : 0);

    /// <summary>Whether the film ends with it.</summary>
    public bool Ends => Function == BeatFunction.Resolution;
}

/// <summary>A line of a beat; immutable once aired.</summary>
/// <param name="Speaker">A character's id, or <see langword="null"/> for narration.</param>
/// <param name="Words">What is said.</param>
/// <param name="ByDirector">Whether a director wrote it during the show.</param>
[GenerateSerializer, Immutable, Alias("story.Line")]
public sealed record Line(
    [property: Id(0)] string? Speaker,
    [property: Id(1)] Text Words,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByDirector = false);

/// <summary>A way on.</summary>
/// <param name="Label">What the phone shows.</param>
/// <param name="Sets">Facts that become true when it wins, sorted.</param>
/// <param name="For">Ids of the characters whose side it takes, sorted; <see langword="null"/> where nobody said.</param>
/// <param name="ByAudience">Whether a viewer suggested it: its words are the audience's.</param>
/// <param name="ByDirector">Whether a director gave it other words during the show.</param>
[GenerateSerializer, Immutable, Alias("story.Option")]
public sealed record Option(
    [property: Id(0)] Text Label,
    [property: Id(1)] ImmutableArray<string> Sets,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? For = null,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByAudience = false,
    [property: Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByDirector = false);

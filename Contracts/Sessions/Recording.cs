using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// A whole show as it was told: script, votes and feelings with their times. It follows from the journal and the film
/// alone, so that the same journal gives the same bytes. No seat and no viewer is in it.
/// </summary>
[GenerateSerializer, Immutable, Alias("story.Recording")]
public sealed record Recording
{
    /// <summary>The session.</summary>
    [Id(0)] public required SessionId Session { get; init; }

    /// <summary>The film; the version that the show began with.</summary>
    [Id(1)] public required FilmCard Film { get; init; }

    /// <summary>The telling language.</summary>
    [Id(2)] public required string Language { get; init; }

    /// <summary>One or two languages on the wall, the telling language first.</summary>
    [Id(3)] public required ImmutableArray<string> WallLanguages { get; init; }

    /// <summary>When the show started, UTC milliseconds; all other times count from here.</summary>
    [Id(4)] public required long StartedMs { get; init; }

    /// <summary>How long it took, milliseconds.</summary>
    [Id(5)] public required long LengthMs { get; init; }

    /// <summary>The running time it was scheduled for, milliseconds, shifts by pauses included.</summary>
    [Id(6)] public required long ScheduledMs { get; init; }

    /// <summary>The cast's names by id, in the film's order.</summary>
    [Id(7)] public required ImmutableArray<RecordedName> Cast { get; init; }

    /// <summary>The acts' titles by id, in the film's order.</summary>
    [Id(8)] public required ImmutableArray<RecordedName> Acts { get; init; }

    /// <summary>Every beat that was told, in order.</summary>
    [Id(9)] public required ImmutableArray<RecordedBeat> Beats { get; init; }

    /// <summary>The hall's feelings, one entry a window with at least ten contributors.</summary>
    [Id(10)] public required ImmutableArray<RecordedFeelings> Feelings { get; init; }

    /// <summary>What operators did to the show, in order; seats and names left out.</summary>
    [Id(11)] public required ImmutableArray<RecordedAction> Actions { get; init; }
}

/// <summary>A name by id.</summary>
/// <param name="Id">The film's id.</param>
/// <param name="Name">The name.</param>
[GenerateSerializer, Immutable, Alias("story.RecordedName")]
public sealed record RecordedName([property: Id(0)] string Id, [property: Id(1)] Text Name);

/// <summary>A beat as it was told.</summary>
[GenerateSerializer, Immutable, Alias("story.RecordedBeat")]
public sealed record RecordedBeat
{
    /// <summary>From 0.</summary>
    [Id(0)] public required int Ordinal { get; init; }

    /// <summary>Who wrote it.</summary>
    [Id(1)] public required string Writer { get; init; }

    /// <summary>The storylet it was told from, or <see langword="null"/>.</summary>
    [Id(2)] public string? Storylet { get; init; }

    /// <summary>What it does in the arc.</summary>
    [Id(3)] public required BeatFunction Function { get; init; }

    /// <summary>The act's id.</summary>
    [Id(4)] public required string Act { get; init; }

    /// <summary>The place's name.</summary>
    [Id(5)] public required Text Place { get; init; }

    /// <summary>Time of day or the like.</summary>
    [Id(6)] public required Text Moment { get; init; }

    /// <summary>CSS colours of the place: background, text, accent.</summary>
    [Id(7)] public required ImmutableArray<string> Palette { get; init; }

    /// <summary>How tense it is, 0–1.</summary>
    [Id(8)] public required double Tension { get; init; }

    /// <summary>The target that it was planned for, 0–1.</summary>
    [Id(9)] public required double Target { get; init; }

    /// <summary>Why the planner chose so.</summary>
    [Id(10)] public required Text Reason { get; init; }

    /// <summary>Its lines in the order they aired.</summary>
    [Id(11)] public required ImmutableArray<RecordedLine> Lines { get; init; }

    /// <summary>Its round, the one that counted; <see langword="null"/> for an ending or a show that was ended before.</summary>
    [Id(12)] public RecordedVote? Vote { get; init; }

    /// <summary>The rounds before that which were held again, in order.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ImmutableArray<RecordedVote>? Void { get; init; }

    /// <summary>Why a storylet tells it instead of the writer who was asked.</summary>
    [Id(14), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Fallback Fallback { get; init; }

    /// <summary>How a model wrote it, or <see langword="null"/> where none did.</summary>
    [Id(15), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Writing? Writing { get; init; }
}

/// <summary>A line as it aired.</summary>
/// <param name="Speaker">The speaker's id, or <see langword="null"/> for narration.</param>
/// <param name="Words">What was said.</param>
/// <param name="AtMs">When, milliseconds from the start.</param>
/// <param name="ForMs">How long it held the wall, milliseconds.</param>
/// <param name="ByDirector">Whether a director wrote it during the show.</param>
/// <param name="Writer">Who wrote it: a model's name, <c>storylet</c> or <c>director</c>; no director is named.</param>
[GenerateSerializer, Immutable, Alias("story.RecordedLine")]
public sealed record RecordedLine(
    [property: Id(0)] string? Speaker,
    [property: Id(1)] Text Words,
    [property: Id(2)] long AtMs,
    [property: Id(3)] int ForMs,
    [property: Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByDirector = false,
    [property: Id(5)] string Writer = "");

/// <summary>A round as it went.</summary>
/// <param name="Choice">Question, options, winner, counts and roads.</param>
/// <param name="Rule">How it was decided.</param>
/// <param name="Why">Why it went so, in one sentence.</param>
/// <param name="OpenedMs">When it opened, milliseconds from the start.</param>
/// <param name="DecidedMs">When it was decided, milliseconds from the start.</param>
[GenerateSerializer, Immutable, Alias("story.RecordedVote")]
public sealed record RecordedVote(
    [property: Id(0)] StageChoice Choice,
    [property: Id(1)] VotingRule Rule,
    [property: Id(2)] Text Why,
    [property: Id(3)] long OpenedMs,
    [property: Id(4)] long DecidedMs);

/// <summary>One window of the hall's feelings.</summary>
/// <param name="AtMs">When the window closed, milliseconds from the start.</param>
/// <param name="Sums">Added up over the hall.</param>
[GenerateSerializer, Immutable, Alias("story.RecordedFeelings")]
public sealed record RecordedFeelings([property: Id(0)] long AtMs, [property: Id(1)] FeelingSums Sums);

/// <summary>What an operator did.</summary>
/// <param name="Action">What.</param>
/// <param name="AtMs">When, milliseconds from the start.</param>
[GenerateSerializer, Immutable, Alias("story.RecordedAction")]
public sealed record RecordedAction([property: Id(0)] OperatorAction Action, [property: Id(1)] long AtMs);

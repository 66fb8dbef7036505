using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>What a person decides about a suggested turn, and about all that is like it.</summary>
[GenerateSerializer, Alias("story.SuggestionVerdict"), JsonConverter(typeof(JsonStringEnumConverter<SuggestionVerdict>))]
public enum SuggestionVerdict
{
    /// <summary>It may become an option.</summary>
    Approve,

    /// <summary>It becomes none, nor does what is like it. Its authors are told nothing before the vote.</summary>
    Reject,

    /// <summary>Takes a decision back, until the vote opens.</summary>
    Withdraw,
}

/// <summary>Where suggestions that are alike stand, for whoever decides.</summary>
[GenerateSerializer, Alias("story.TurnStanding"), JsonConverter(typeof(JsonStringEnumConverter<TurnStanding>))]
public enum TurnStanding
{
    /// <summary>Nobody has said yes or no.</summary>
    Waiting,

    /// <summary>It may become an option, and another is asked for more.</summary>
    Approved,

    /// <summary>It becomes an option when the vote opens, and its beat is being written.</summary>
    Chosen,

    /// <summary>It is an option of the round that is open.</summary>
    Offered,

    /// <summary>Somebody said no.</summary>
    Rejected,
}

/// <summary>What became of a viewer's own suggestion.</summary>
[GenerateSerializer, Alias("story.SuggestionStanding"), JsonConverter(typeof(JsonStringEnumConverter<SuggestionStanding>))]
public enum SuggestionStanding
{
    /// <summary>The vote has not opened.</summary>
    Waiting,

    /// <summary>It is an option of the round.</summary>
    OnWall,

    /// <summary>The vote opened without it: another was asked for more, the film has no such road, or somebody said no.</summary>
    NotTaken,
}

/// <summary>A decision about a suggestion and its like.</summary>
/// <param name="Id">The suggestion whose words stand for all that are like it.</param>
/// <param name="Verdict">What is decided.</param>
/// <param name="By">The staff account that decides.</param>
/// <param name="Words">For a yes: the director's own wording, 1–60 characters, or <see langword="null"/> for the viewer's.</param>
[GenerateSerializer, Immutable, Alias("story.JudgeSuggestion")]
public sealed record JudgeSuggestion(
    [property: Id(0)] Guid Id,
    [property: Id(1)] SuggestionVerdict Verdict,
    [property: Id(2)] string By,
    [property: Id(3)] string? Words = null);

/// <summary>What became of a suggestion that was sent.</summary>
/// <param name="Id">The suggestion, or <see langword="null"/> when refused.</param>
/// <param name="AgainMs">When the seat may send the next, UTC milliseconds; 0 when that is not what it waits for.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.SuggestionTaken")]
public sealed record SuggestionTaken(
    [property: Id(0)] Guid? Id,
    [property: Id(1)] long AgainMs,
    [property: Id(2)] Refusal? Refusal);

/// <summary>A seat's newest suggestion for the present beat.</summary>
/// <param name="Id">The suggestion.</param>
/// <param name="Words">What it says, as it was kept.</param>
/// <param name="Standing">What became of it.</param>
/// <param name="Others">How many other seats ask for the like.</param>
/// <param name="Option">Which option it is, from 0, or <see langword="null"/> while it is none.</param>
[GenerateSerializer, Immutable, Alias("story.OwnSuggestion")]
public sealed record OwnSuggestion(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Words,
    [property: Id(2)] SuggestionStanding Standing,
    [property: Id(3)] int Others,
    [property: Id(4)] int? Option);

/// <summary>One wording among suggestions that are alike.</summary>
/// <param name="Seat">The seat that wrote it.</param>
/// <param name="Words">What it says.</param>
[GenerateSerializer, Immutable, Alias("story.HeldSuggestion")]
public sealed record HeldSuggestion([property: Id(0)] int Seat, [property: Id(1)] string Words);

/// <summary>Suggestions that are alike, as those who decide about them see them.</summary>
/// <param name="Id">The suggestion whose words stand for all.</param>
/// <param name="Words">Those words, as the option would read: the director's, where the director changed them.</param>
/// <param name="ByDirector">Whether the director changed them.</param>
/// <param name="Seats">How many seats ask for it.</param>
/// <param name="AtMs">When the first of them came, UTC milliseconds.</param>
/// <param name="Standing">Where they stand.</param>
/// <param name="IsOption">Whether the film offers the like already, so that it is not offered twice.</param>
/// <param name="Leads">The scene of the film that it would lead to, or <see langword="null"/> when none is like it: then it is offered only if a model has written its beat.</param>
/// <param name="Said">Up to six wordings, the first first.</param>
[GenerateSerializer, Immutable, Alias("story.TurnGroup")]
public sealed record TurnGroup(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Words,
    [property: Id(2)] bool ByDirector,
    [property: Id(3)] int Seats,
    [property: Id(4)] long AtMs,
    [property: Id(5)] TurnStanding Standing,
    [property: Id(6)] bool IsOption,
    [property: Id(7)] StageRoad? Leads,
    [property: Id(8)] ImmutableArray<HeldSuggestion> Said);

/// <summary>The suggestions for the beat on the wall.</summary>
/// <param name="Beat">Its ordinal.</param>
/// <param name="Open">Whether more are taken now.</param>
/// <param name="Waiting">Groups that wait for a yes or a no.</param>
/// <param name="Groups">The chosen one first, then those of most seats, those that got a no last; at most 40.</param>
[GenerateSerializer, Immutable, Alias("story.TurnQueue")]
public sealed record TurnQueue(
    [property: Id(0)] int Beat,
    [property: Id(1)] bool Open,
    [property: Id(2)] int Waiting,
    [property: Id(3)] ImmutableArray<TurnGroup> Groups);

/// <summary>The option of a round that the audience suggested.</summary>
/// <param name="Option">Its index.</param>
/// <param name="Seats">How many seats asked for it.</param>
/// <param name="ByDirector">Whether the director worded it.</param>
[GenerateSerializer, Immutable, Alias("story.StageTurn")]
public sealed record StageTurn([property: Id(0)] int Option, [property: Id(1)] int Seats, [property: Id(2)] bool ByDirector);

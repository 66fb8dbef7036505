using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Contracts.Inference;

/// <summary>What the pool writes beside the story.</summary>
[GenerateSerializer, Alias("story.AsideKind"), JsonConverter(typeof(JsonStringEnumConverter<AsideKind>))]
public enum AsideKind
{
    /// <summary>What a viewer missed.</summary>
    Missed,

    /// <summary>What there is to see and hear, for who cannot.</summary>
    Scene,

    /// <summary>A character answers a viewer, privately.</summary>
    Talk,

    /// <summary>An act that is over, in a few sentences.</summary>
    Summary,

    /// <summary>A review of the show that was just made.</summary>
    Review,
}

/// <summary>Asks for an aside.</summary>
/// <param name="Kind">What.</param>
/// <param name="Language">BCP 47 tag of the answer; one of the film's.</param>
/// <param name="Character">Id of the character who is spoken to; <see langword="null"/> unless it is <see cref="AsideKind.Talk"/>.</param>
/// <param name="Words">What is said to them, 1–80 characters; <see langword="null"/> likewise.</param>
[GenerateSerializer, Immutable, Alias("story.AsideRequest")]
public sealed record AsideRequest(
    [property: Id(0)] AsideKind Kind,
    [property: Id(1)] string Language,
    [property: Id(2)] string? Character = null,
    [property: Id(3)] string? Words = null);

/// <summary>What there is to know for an aside, and nothing more: what is not in here cannot be spoiled.</summary>
/// <param name="Request">What is asked for.</param>
/// <param name="Film">The exact film.</param>
/// <param name="Past">What was told, with what was chosen; for a character only where they were there.</param>
/// <param name="Beat">Ordinal of the newest beat in it; equal requests about one beat have one answer.</param>
/// <param name="Moment">Time of day or other slug-line detail of the scene on the wall.</param>
/// <param name="DeadlineMs">UTC milliseconds; whoever asked does not wait longer.</param>
/// <param name="Rating">The highest age rating that may be told, or <see langword="null"/> for the whole film.</param>
/// <param name="Forbidden">Words that the director forbade for the evening; <see langword="null"/> for none.</param>
[GenerateSerializer, Immutable, Alias("story.AsideOrder")]
public sealed record AsideOrder(
    [property: Id(0)] AsideRequest Request,
    [property: Id(1)] FilmRef Film,
    [property: Id(2)] StorySoFar Past,
    [property: Id(3)] int Beat,
    [property: Id(4)] Text Moment,
    [property: Id(5)] long DeadlineMs,
    [property: Id(6)] string? Rating = null,
    [property: Id(7)] ImmutableArray<string>? Forbidden = null);

/// <summary>An order, or why there is none.</summary>
/// <param name="Order">What to have written.</param>
/// <param name="Refusal">Why not.</param>
[GenerateSerializer, Immutable, Alias("story.AsideAsked")]
public sealed record AsideAsked([property: Id(0)] AsideOrder? Order, [property: Id(1)] Refusal? Refusal);

/// <summary>A character whom the audience has met.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name.</param>
[GenerateSerializer, Immutable, Alias("story.Met")]
public sealed record Met([property: Id(0)] string Id, [property: Id(1)] Text Name);

/// <summary>An aside.</summary>
/// <param name="Words">What is said, or <see langword="null"/> when nobody could say anything.</param>
/// <param name="Writer">Who wrote it: a model's name, or <c>storylet</c> for what is put together from the film's own words.</param>
/// <param name="Refusal">Why nothing is said.</param>
[GenerateSerializer, Immutable, Alias("story.Aside")]
public sealed record Aside(
    [property: Id(0)] string? Words,
    [property: Id(1)] string Writer,
    [property: Id(2)] Refusal? Refusal);

/// <summary>Asides of one session; the key is its id. Answers that are equal for everyone are written once and kept.</summary>
[Alias("story.IAsideGrain")]
public interface IAsideGrain : IGrainWithStringKey
{
    /// <summary>Has an aside written, and answers at the latest when the order is due.</summary>
    [Alias("Say")]
    Task<Aside> Say(AsideOrder order);

    /// <summary>Has an act summed up; the answer goes to <see cref="Sessions.ISessionGrain.Summarized"/>.</summary>
    [Alias("Summarize"), OneWay]
    Task Summarize(string act, AsideOrder order);
}

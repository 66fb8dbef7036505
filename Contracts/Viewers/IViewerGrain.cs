using System.Collections.Immutable;

namespace Orleans.Story.Contracts.Viewers;

/// <summary>What a viewer lets us remember; the key is the <see cref="ViewerId"/>.</summary>
[Alias("story.IViewerGrain")]
public interface IViewerGrain : IGrainWithGuidKey
{
    /// <summary>The profile; a viewer nobody knows yet has an empty one.</summary>
    [Alias("Profile")]
    Task<ViewerProfile> Profile();

    /// <summary>
    /// Sets the language, and the name unless it is <see langword="null"/>. Refused with <c>bad-language</c> or <c>bad-name</c> (more than 24 characters, or control
    /// characters); then nothing changes.
    /// </summary>
    [Alias("Introduce")]
    Task<Outcome> Introduce(string language, string? name);

    /// <summary>Adds a visit to the history (the newest 100 are kept). Repeating it changes nothing.</summary>
    [Alias("Visit")]
    Task Visit(Visit visit);

    /// <summary>
    /// Forgets the viewer: profile, history, seats and remarks. The shows they voted in still replay; of one that still
    /// runs, the seat is free again and the viewer's tickets for it are void. Refused with <c>busy</c>; then ask again.
    /// </summary>
    [Alias("Erase")]
    Task<Outcome> Erase();
}

/// <summary>A viewer's profile.</summary>
/// <param name="Language">BCP 47 tag of the interface, or empty before the first visit.</param>
/// <param name="Name">How the viewer wants to be called, or <see langword="null"/>.</param>
/// <param name="History">Visits, oldest first.</param>
[GenerateSerializer, Immutable, Alias("story.ViewerProfile")]
public sealed record ViewerProfile(
    [property: Id(0)] string Language,
    [property: Id(1)] string? Name,
    [property: Id(2)] ImmutableArray<Visit> History)
{
    /// <summary>A viewer nobody knows yet.</summary>
    public static ViewerProfile Unknown { get; } = new("", null, []);
}

/// <summary>One screening a viewer took a seat in.</summary>
/// <param name="Session">The session.</param>
/// <param name="FilmSlug">The film's slug.</param>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="AtMs">When, UTC milliseconds.</param>
[GenerateSerializer, Immutable, Alias("story.Visit")]
public sealed record Visit(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string FilmSlug,
    [property: Id(2)] int Seat,
    [property: Id(3)] long AtMs);

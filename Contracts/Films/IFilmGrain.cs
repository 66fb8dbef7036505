using System.Collections.Immutable;

namespace Orleans.Story.Contracts.Films;

/// <summary>A film's card and versions; the key is the slug. The film itself travels by reference.</summary>
[Alias("story.IFilmGrain")]
public interface IFilmGrain : IGrainWithStringKey
{
    /// <summary>Makes a version the current one. Repeating it changes nothing.</summary>
    [Alias("Publish")]
    Task Publish(FilmCard card);

    /// <summary>The current version, or <see langword="null"/> if none was published.</summary>
    [Alias("Card")]
    Task<FilmCard?> Card();

    /// <summary>Every hash ever published, oldest first.</summary>
    [Alias("Versions")]
    Task<ImmutableArray<string>> Versions();
}

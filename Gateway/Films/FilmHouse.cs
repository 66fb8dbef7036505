using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Gateway.Films;

/// <summary>The folder that the films of the house are read from.</summary>
internal static class FilmRoot
{
    /// <summary>The folder that <c>Story:Films</c> names, else that of the checkout, else that laid beside the program.</summary>
    public static string Of(IConfiguration configuration) => configuration["Story:Films"] ?? InCheckout() ?? Path.Combine(AppContext.BaseDirectory, "Films");

    /// <summary>Run from a checkout, the films are those a writer edits there, not the copies beside the program.</summary>
    private static string? InCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.Story.sln"))) return Path.Combine(folder.FullName, "Films");
        }

        return null;
    }
}

/// <inheritdoc cref="IFilmHouse"/>
internal sealed class FilmHouse(Grains.Films.FilmShelf films, Api.FilmShelf programme, AssetShelf assets, IConfiguration configuration, TimeProvider time) : IFilmHouse
{
    /// <summary>No file of a draft is larger, bytes; a larger one is another film's and is not read.</summary>
    private const int LargestFile = 16 << 20;

    /// <inheritdoc/>
    public bool Has(string slug) => Directory.Exists(Folder(slug)) || programme.Slugs.Contains(slug);

    /// <inheritdoc/>
    public bool Has(string slug, ImmutableArray<FilmSource> sources) => sources.All(source =>
        new FileInfo(Path.Combine(Folder(slug), source.Path[(slug.Length + 1)..])) is { Exists: true, Length: < LargestFile } file && File.ReadAllText(file.FullName) == source.Content);

    /// <inheritdoc/>
    public async Task<Refusal?> Add(string slug, ImmutableArray<FilmSource> sources, CancellationToken stop)
    {
        if (Has(slug)) return FilmIntake.Taken(slug);
        if (await new FilmIntake(FilmRoot.Of(configuration), time).Put(slug, sources, stop) is { } refusal) return refusal;
        // The film is there; whoever brought it may be gone, and it is to be on the programme all the same.
        if (await films.PublishOneAsync(Folder(slug), CancellationToken.None) is { Card: { } card } film)
        {
            assets.Put(card.Film, film.Folder, film.Assets);
            programme.Fill([.. programme.Slugs.Append(slug).Distinct(StringComparer.Ordinal)]);
        }

        return null;
    }

    private string Folder(string slug) => Path.Combine(FilmRoot.Of(configuration), slug);
}

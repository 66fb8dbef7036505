using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Grains.Films;
using Orleans.Story.Rules.Films;
using static Orleans.Story.Contracts.Text;

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
internal sealed class FilmHouse(Grains.Films.FilmShelf films, Api.FilmShelf programme, AssetShelf assets, IConfiguration configuration) : IFilmHouse
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
        var folder = Folder(slug);
        if (Has(slug)) return new Refusal("film-exists", Both($"There is a film {slug} in the house already; nothing is written over.", $"片库里已经有影片 {slug}，不会覆盖。"));
        try
        {
            foreach (var source in sources)
            {
                var path = Path.Combine(folder, source.Path[(slug.Length + 1)..]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, source.Content, stop);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Half a film would be in the way of the whole one.
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return new Refusal("cannot-write", Both("The folder of films cannot be written.", "影片文件夹无法写入。"));
        }

        if (await films.PublishOneAsync(folder, stop) is { Card: { } card } film)
        {
            assets.Put(card.Film, film.Folder, film.Assets);
            programme.Fill([.. programme.Slugs.Append(slug).Distinct(StringComparer.Ordinal)]);
        }

        return null;
    }

    private string Folder(string slug) => Path.Combine(FilmRoot.Of(configuration), slug);
}

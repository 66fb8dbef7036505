using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Grains.Films;

/// <summary>What became of a film folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Card">The film's card, or <see langword="null"/> if it is not a film yet.</param>
/// <param name="Problems">What to mend, or to consider.</param>
/// <param name="Assets">Pictures and sounds that the film names, paths below the folder.</param>
public sealed record ShelvedFilm(string Folder, FilmCard? Card, ImmutableArray<FilmProblem> Problems, ImmutableArray<string> Assets);

/// <summary>Puts the films of a folder into the library and publishes them.</summary>
/// <param name="library">The library.</param>
/// <param name="grains">The grains.</param>
public sealed class FilmShelf(FilmLibrary library, IGrainFactory grains)
{
    /// <summary>Every folder below <paramref name="root"/>, in ordinal order; a film with errors is reported, not published; a folder without any YAML is no film, nor is what is still coming.</summary>
    public async Task<ImmutableArray<ShelvedFilm>> PublishAsync(string root, CancellationToken cancellationToken = default)
    {
        var shelved = ImmutableArray.CreateBuilder<ShelvedFilm>();
        if (!Directory.Exists(root)) return [];
        foreach (var folder in Directory.GetDirectories(root).Where(folder => Path.GetFileName(folder) != FilmFolder.Incoming).Order(StringComparer.Ordinal))
        {
            if (await PublishOneAsync(folder, cancellationToken) is { } film) shelved.Add(film);
        }

        return shelved.ToImmutable();
    }

    /// <summary>One folder; <see langword="null"/> if there is no YAML in it.</summary>
    public async Task<ShelvedFilm?> PublishOneAsync(string folder, CancellationToken cancellationToken = default)
    {
        var content = await FilmFolder.ReadAsync(folder, cancellationToken);
        if (content.Sources.IsEmpty) return content.Problems.IsEmpty ? null : new ShelvedFilm(folder, null, content.Problems, []);
        var reading = await library.AddAsync(content.Sources, cancellationToken);
        var missing = reading.Film is { } read ? FilmAssets.Missing(folder, read) : [];
        var film = content.Problems.IsEmpty && missing.IsEmpty ? reading.Film : null;
        var card = film is null ? null : StageView.Card(film) with { Cuts = FilmCuts.All(film) };
        if (card is not null) await grains.Film(card.Film.Slug).Publish(card);
        return new ShelvedFilm(folder, card, [.. content.Problems, .. missing, .. reading.Problems], film is null ? [] : [.. film.Assets]);
    }
}

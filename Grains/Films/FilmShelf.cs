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
public sealed record ShelvedFilm(string Folder, FilmCard? Card, ImmutableArray<FilmProblem> Problems);

/// <summary>Puts the films of a folder into the library and publishes them.</summary>
/// <param name="library">The library.</param>
/// <param name="grains">The grains.</param>
public sealed class FilmShelf(FilmLibrary library, IGrainFactory grains)
{
    /// <summary>Every folder below <paramref name="root"/>, in ordinal order; a film with errors is reported, not published; a folder without any YAML is no film.</summary>
    public async Task<ImmutableArray<ShelvedFilm>> PublishAsync(string root, CancellationToken cancellationToken = default)
    {
        var shelved = ImmutableArray.CreateBuilder<ShelvedFilm>();
        if (!Directory.Exists(root)) return [];
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var content = await FilmFolder.ReadAsync(folder, cancellationToken);
            if (content.Sources.IsEmpty && content.Problems.IsEmpty) continue;
            var reading = await library.AddAsync(content.Sources, cancellationToken);
            var card = content.Problems.IsEmpty && reading.Film is { } film ? StageView.Card(film) : null;
            if (card is not null) await grains.Film(card.Film.Slug).Publish(card);
            shelved.Add(new ShelvedFilm(folder, card, [.. content.Problems, .. reading.Problems]));
        }

        return shelved.ToImmutable();
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Grains.Films;

/// <summary>What is kept of a film.</summary>
public sealed record FilmState
{
    /// <summary>The current version's card.</summary>
    public FilmCard? Card { get; init; }

    /// <summary>Every hash ever published, oldest first.</summary>
    public ImmutableArray<string> Versions { get; init; } = [];
}

/// <inheritdoc cref="IFilmGrain"/>
public sealed class FilmGrain([PersistentState("film")] IPersistentState<FilmState> film) : Grain, IFilmGrain
{
    /// <inheritdoc/>
    public async Task Publish(FilmCard card)
    {
        // A card kept by an older version of the program says less of the same film.
        if (film.State.Card is { } known && known.Film == card.Film && Same(known.Cuts, card.Cuts)) return;
        film.State = new FilmState
        {
            Card = card,
            Versions = [.. film.State.Versions.Where(hash => !string.Equals(hash, card.Film.Hash, StringComparison.Ordinal)), card.Film.Hash],
        };
        await film.WriteStateAsync();
    }

    /// <inheritdoc/>
    public Task<FilmCard?> Card() => Task.FromResult(film.State.Card);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> Versions() => Task.FromResult(film.State.Versions);

    private static bool Same(ImmutableArray<FilmCut> one, ImmutableArray<FilmCut> other) =>
        one.IsDefaultOrEmpty ? other.IsDefaultOrEmpty : !other.IsDefaultOrEmpty && one.SequenceEqual(other);
}

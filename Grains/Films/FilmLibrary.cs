using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Films;

/// <summary>
/// Films by reference, compiled once a process. Sources are kept by content hash, so that a session finds the film it
/// pinned even after the files on disk have changed.
/// </summary>
/// <param name="table">Where sources are kept.</param>
public sealed class FilmLibrary(IFilmTable table)
{
    /// <summary>By hash. Bounded by the versions ever published to one hall; a film is some hundred kilobytes.</summary>
    private readonly ConcurrentDictionary<string, Film> films = new(StringComparer.Ordinal);

    /// <summary>Compiles sources and keeps them if they are a film.</summary>
    public async Task<FilmReading> AddAsync(ImmutableArray<FilmSource> sources, CancellationToken cancellationToken = default)
    {
        var reading = FilmReader.Read(sources);
        if (reading.Film is not { } film) return reading;
        await table.PutAsync(film.Ref.Slug, film.Ref.Hash, JsonSerializer.SerializeToUtf8Bytes(sources), cancellationToken);
        films[film.Ref.Hash] = film;
        return reading;
    }

    /// <summary>The film, or <see langword="null"/> if no such version was ever added.</summary>
    public async ValueTask<Film?> FindAsync(FilmRef reference, CancellationToken cancellationToken = default)
    {
        if (films.TryGetValue(reference.Hash, out var known)) return known;
        if (await table.GetAsync(reference.Hash, cancellationToken) is not { } kept) return null;
        var sources = JsonSerializer.Deserialize<ImmutableArray<FilmSource>>(kept.Span);
        return FilmReader.Read(sources).Film is { } film ? films.GetOrAdd(reference.Hash, film) : null;
    }
}

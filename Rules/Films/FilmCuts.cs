using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Films;

/// <summary>A film as far as an age rating allows it: the same film without the storylets that are rated higher.</summary>
public static class FilmCuts
{
    /// <summary>By film and rating, and gone with the film; a film has at most one for each rating.</summary>
    private static readonly ConditionalWeakTable<Film, ConcurrentDictionary<string, Film>> Made = [];

    /// <summary>
    /// The film within <paramref name="rating"/>: the film itself where it is all within it, or where <paramref name="rating"/>
    /// is <see langword="null"/>. Its rating is the highest that is left in it, its longest running time what is left is enough
    /// for. The same cut each time.
    /// </summary>
    public static Film Within(Film film, string? rating)
    {
        ArgumentNullException.ThrowIfNull(film);
        if (rating is null || Ratings.Allows(rating, film.Rating)) return film;
        return Made.GetValue(film, static _ => new(StringComparer.Ordinal)).GetOrAdd(rating, static (most, whole) => Cut(whole, most), film);
    }

    /// <summary>The film that the terms allow.</summary>
    public static Film Within(Film film, SessionTerms? terms) => Within(film, terms?.Rating);

    /// <summary>The rating of a storylet: its own, or where it has none the film's mildest.</summary>
    public static string RatingOf(Film film, Storylet storylet) => storylet.Rating ?? film.Mildest ?? film.Rating;

    /// <summary>
    /// The cut that holds within <paramref name="rating"/>, or <see langword="null"/> where the film cannot be told at all that
    /// mildly.
    /// </summary>
    public static FilmCut? Of(Film film, string rating) => All(film).LastOrDefault(cut => Ratings.Allows(rating, cut.Rating));

    /// <summary>Every cut that can be told, the mildest first; the last is the whole film.</summary>
    public static ImmutableArray<FilmCut> All(Film film) => film.Cuts.IsDefaultOrEmpty ? [new FilmCut(film.Rating, film.Minutes.Longest)] : film.Cuts;

    private static Film Cut(Film film, string most)
    {
        var kept = film.Storylets.Where(storylet => Ratings.Allows(most, RatingOf(film, storylet))).ToImmutableArray();
        var cut = Of(film, most);
        return film with
        {
            Rating = cut?.Rating ?? most,
            Storylets = kept,
            Minutes = film.Minutes with { Longest = cut?.LongestMinutes ?? film.Minutes.Longest },
            Cuts = [.. All(film).Where(one => Ratings.Allows(most, one.Rating))],
        };
    }
}

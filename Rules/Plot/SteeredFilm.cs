using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Plot;

/// <summary>A film without the storylets that its director does not want told tonight.</summary>
public static class SteeredFilm
{
    /// <summary>So many of a film's versions are kept; a director who changes their mind more often has the first made again.</summary>
    private const int MostKept = 64;

    private static readonly ConditionalWeakTable<Film, ConcurrentDictionary<string, Film>> Made = [];

    /// <summary>
    /// The film as it may be told. An ending that needs nothing always stays, the wanted one if there is one, so that the
    /// show can end; the opening stays too.
    /// </summary>
    public static Film Of(Film film, Steering? steering)
    {
        if (steering is null || (steering.Forbidden.IsEmpty && steering.Refused.IsEmpty)) return film;
        var made = Made.GetValue(film, static _ => new(StringComparer.Ordinal));
        if (made.Count >= MostKept) made.Clear();
        return made.GetOrAdd($"{string.Join('\n', steering.Forbidden)}\n\n{string.Join('\n', steering.Refused)}", _ => Cut(film, steering));
    }

    /// <summary>Whether a storylet may be told as far as the director is concerned.</summary>
    public static bool Wants(Steering steering, Storylet storylet) =>
        !steering.Refused.Contains(storylet.Id) && !ForbiddenWords.In(storylet, steering.Forbidden);

    /// <summary>Whether the film can begin and end without what the director does not want.</summary>
    /// <param name="film">The film.</param>
    /// <param name="steering">What the director wants.</param>
    /// <param name="begun">Whether the opening is over, so that only the ending counts.</param>
    public static bool CanTell(Film film, Steering steering, bool begun) =>
        film.Storylets.Any(one => one.IsEnding && one.Needs.IsEmpty && Wants(steering, one))
        && (begun || film.Storylets.Any(one => one.Opening && Wants(steering, one)));

    private static Film Cut(Film film, Steering steering)
    {
        var wanted = film.Storylets.Where(one => one.Opening || Wants(steering, one)).ToImmutableArray();
        return film with
        {
            Storylets = wanted.Any(one => one.IsEnding && one.Needs.IsEmpty)
                ? wanted
                : [.. wanted, .. film.Storylets.Where(one => one.IsEnding && one.Needs.IsEmpty)],
        };
    }
}

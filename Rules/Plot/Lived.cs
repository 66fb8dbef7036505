using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// What the hall has lived through, read off a plan: the storylets told, who was in them and where, and which facts are
/// true because an option that it chose made them so.
/// </summary>
internal sealed class Lived
{
    /// <summary>Longer ago than this is all the same, beats.</summary>
    internal const int Long = 8;

    private readonly Dictionary<int, int> chosen = [];
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    internal Lived(FilmIndex film, IEnumerable<string> facts, IEnumerable<string> promises, IReadOnlyList<string> told)
    {
        Film = film;
        Facts = film.Facts(facts);
        Promises = film.Promises(promises);
        ToldBits = new Bits(film.Entries.Length);
        var set = film.Facts([]);
        for (var i = 0; i < told.Count; i++)
        {
            if (film.Storylet(told[i]) is not { } number) continue;
            var entry = film.Entries[number];
            ToldBits.Add(number);
            Told.Add(entry);
            var ago = told.Count - 1 - i;
            foreach (var id in entry.Storylet.Cast) seen[id] = ago;
            foreach (var fact in entry.Sets) set.Add(fact);
            foreach (var fact in entry.Chosen)
            {
                if (Facts.Has(fact) && !set.Has(fact)) chosen[fact] = ago;
            }

            foreach (var promise in entry.Opens) Opened[promise] = ago;
        }
    }

    internal FilmIndex Film { get; }

    internal Bits Facts { get; }

    internal Bits Promises { get; }

    internal Bits ToldBits { get; }

    internal List<FilmIndex.Entry> Told { get; } = [];

    /// <summary>How many beats ago each promise was opened.</summary>
    internal Dictionary<int, int> Opened { get; } = [];

    internal FilmIndex.Entry? Last => Told.Count > 0 ? Told[^1] : null;

    /// <summary>How many beats ago the hall chose that a fact be true, or <see langword="null"/> if it did not.</summary>
    internal int? ChosenAgo(int fact) => chosen.TryGetValue(fact, out var ago) ? ago : null;

    /// <summary>How many beats ago a character was last there, at most <see cref="Long"/>.</summary>
    internal int Absent(string character) => seen.TryGetValue(character, out var ago) ? Math.Min(ago, Long) : Math.Min(Told.Count, Long);

    /// <summary>Whether the canon allows a storylet at all.</summary>
    internal bool Allows(FilmIndex.Entry entry) =>
        !ToldBits.Has(entry.Number) && !Facts.HasAny(entry.Shut) && Facts.HasAll(entry.Needs) && Promises.HasAll(entry.Pays);
}

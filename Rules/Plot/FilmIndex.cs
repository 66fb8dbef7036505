using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// A film as the planner asks it: ids as numbers, sets of facts as bits, reading times counted once. Made once a film and
/// set of languages, and gone with the film: at most two languages are on a wall, so a film has a handful of them.
/// </summary>
internal sealed class FilmIndex
{
    private static readonly ConditionalWeakTable<Film, ConcurrentDictionary<string, FilmIndex>> Made = [];

    private readonly Dictionary<string, int> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> promises = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> storylets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> acts = new(StringComparer.Ordinal);

    private FilmIndex(Film film, IReadOnlyCollection<string> languages)
    {
        Film = film;
        foreach (var act in film.Acts) acts.TryAdd(act.Id, acts.Count);
        foreach (var storylet in film.Storylets) storylets.TryAdd(storylet.Id, storylets.Count);
        Entries = [.. film.Storylets.Select((storylet, i) => new Entry(this, storylet, i, languages))];
        TellingSeconds = Mean(ending: false);
        EndingSeconds = Mean(ending: true);
        Places = film.Places.Length;
    }

    internal Film Film { get; }

    internal ImmutableArray<Entry> Entries { get; }

    /// <summary>Mean reading time of a storylet that is no ending, seconds.</summary>
    internal double TellingSeconds { get; }

    /// <summary>Mean reading time of an ending, seconds.</summary>
    internal double EndingSeconds { get; }

    internal int Places { get; }

    internal static FilmIndex Of(Film film, IReadOnlyCollection<string> languages) =>
        Made.GetValue(film, static _ => new(StringComparer.Ordinal))
            .GetOrAdd(languages.Count == 1 ? languages.First() : string.Join('+', languages), _ => new FilmIndex(film, languages));

    internal int PromiseCount => promises.Count;

    internal int Fact(string id) => Number(facts, id);

    internal int Promise(string id) => Number(promises, id);

    internal int? Storylet(string id) => storylets.TryGetValue(id, out var i) ? i : null;

    internal int Act(string id) => acts.GetValueOrDefault(id);

    internal Bits Facts(IEnumerable<string> ids) => Set(facts, ids);

    internal Bits Promises(IEnumerable<string> ids) => Set(promises, ids);

    /// <summary>Facts and promises that no storylet names have no number, and nothing asks for them.</summary>
    private static Bits Set(Dictionary<string, int> numbers, IEnumerable<string> ids)
    {
        var bits = new Bits(numbers.Count);
        foreach (var id in ids)
        {
            if (numbers.TryGetValue(id, out var i)) bits.Add(i);
        }

        return bits;
    }

    private static int Number(Dictionary<string, int> numbers, string id)
    {
        if (!numbers.TryGetValue(id, out var i)) numbers.Add(id, i = numbers.Count);
        return i;
    }

    private double Mean(bool ending) => Entries.Where(one => one.Storylet.IsEnding == ending).Select(one => one.MeanSeconds).DefaultIfEmpty(20).Average();

    /// <summary>A storylet.</summary>
    internal sealed class Entry
    {
        private readonly double always;
        private readonly ImmutableArray<(int Fact, bool Holds, double Seconds)> hinges;

        internal Entry(FilmIndex film, Storylet storylet, int number, IReadOnlyCollection<string> languages)
        {
            (Storylet, Number) = (storylet, number);
            Acts = [.. storylet.Acts.Select(film.Act)];
            Needs = [.. storylet.Needs.Select(film.Fact)];
            Shut = [.. storylet.Bars.Concat(storylet.Sets).Select(film.Fact).Distinct()];
            Sets = [.. storylet.Sets.Select(film.Fact)];
            Pays = [.. storylet.Pays.Select(film.Promise)];
            Opens = [.. storylet.Opens.Select(film.Promise)];
            Chosen = [.. storylet.Options.SelectMany(option => option.Sets).Select(film.Fact).Distinct()];
            always = storylet.Lines.Where(line => line.When is null).Sum(line => Pace.Seconds(line.Words, languages));
            hinges = [.. storylet.Lines.Where(line => line.When is not null).Select(line => (film.Fact(line.When!.Fact), line.When.Holds, Pace.Seconds(line.Words, languages)))];
            HingeFacts = [.. hinges.Select(hinge => hinge.Fact).Distinct()];
            MeanSeconds = always + (hinges.Sum(hinge => hinge.Seconds) / 2);
        }

        internal Storylet Storylet { get; }

        internal int Number { get; }

        internal ImmutableArray<int> Acts { get; }

        internal ImmutableArray<int> Needs { get; }

        /// <summary>Facts with which it cannot be told: those it bars, and those it would set twice.</summary>
        internal ImmutableArray<int> Shut { get; }

        internal ImmutableArray<int> Sets { get; }

        internal ImmutableArray<int> Pays { get; }

        internal ImmutableArray<int> Opens { get; }

        /// <summary>Facts that its options set.</summary>
        internal ImmutableArray<int> Chosen { get; }

        internal ImmutableArray<int> HingeFacts { get; }

        internal double MeanSeconds { get; }

        /// <summary>Reading time of the lines that would be told, seconds.</summary>
        internal double Seconds(Bits facts)
        {
            var seconds = always;
            foreach (var (fact, holds, more) in hinges)
            {
                if (facts.Has(fact) == holds) seconds += more;
            }

            return seconds;
        }
    }
}

/// <summary>A set of small numbers; a number beyond its size is not in it.</summary>
internal readonly struct Bits(int size)
{
    private readonly ulong[] words = new ulong[(size / 64) + 1];

    internal void Add(int i) => words[i >> 6] |= 1UL << (i & 63);

    internal bool Has(int i) => words is not null && i >> 6 < words.Length && (words[i >> 6] & (1UL << (i & 63))) != 0;

    internal bool HasAll(ImmutableArray<int> all)
    {
        foreach (var i in all)
        {
            if (!Has(i)) return false;
        }

        return true;
    }

    internal bool HasAny(ImmutableArray<int> any)
    {
        foreach (var i in any)
        {
            if (Has(i)) return true;
        }

        return false;
    }
}

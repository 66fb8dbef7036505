using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Finds options after which everything goes on alike: the next storylet and the ending, over many shows.</summary>
internal static class Ways
{
    private const int Shows = 200;

    /// <summary>Fewer shows that took an option say nothing about it.</summary>
    private const int Telling = 15;

    /// <summary>Share in common of what followed (of the next storylets, and of the endings) from which two options are one.</summary>
    private const double TooAlike = 0.9;

    public static IEnumerable<Advice> Advise(Film film)
    {
        var went = new Dictionary<(string Storylet, int Option), List<(string Next, string Ending)>>();
        for (var seed = 0; seed < Shows; seed++)
        {
            var minutes = film.Minutes.Shortest + (seed % (film.Minutes.Longest - film.Minutes.Shortest + 1));
            var show = Rehearsals.Tell(film, new RehearsalTerms(minutes * 60, Languages: film.Languages), Audiences.Random, 90_000 + seed);
            for (var i = 0; i + 1 < show.Steps.Length; i++)
            {
                if (show.Steps[i].Beat.Storylet is not { } id || show.Steps[i + 1].Beat.Storylet is not { } next) continue;
                var key = (id, show.Steps[i].Winner);
                if (!went.TryGetValue(key, out var ways)) went[key] = ways = [];
                ways.Add((next, show.Ending));
            }
        }

        foreach (var storylet in film.Storylets.Where(storylet => storylet.Options.Length > 1))
        {
            for (var i = 1; i < storylet.Options.Length; i++)
            {
                if (!went.TryGetValue((storylet.Id, 0), out var first) || !went.TryGetValue((storylet.Id, i), out var other) || Math.Min(first.Count, other.Count) < Telling) continue;
                if (Common(first, other, way => way.Next) < TooAlike || Common(first, other, way => way.Ending) < TooAlike) continue;
                yield return new Advice(
                    AdviceKind.SameWay, false, storylet.Id,
                    Both($"in {storylet.Id}, options 1 and {i + 1} lead to the same", $"{storylet.Id} 的第 1 项和第 {i + 1} 项，后面走的是同一条路"),
                    Both("Let a later storylet need what one of them sets.", "请让后面某个片段需要其中一项设定的事实。"));
            }
        }
    }

    /// <summary>Overlap of two distributions, 0–1.</summary>
    private static double Common(List<(string Next, string Ending)> one, List<(string Next, string Ending)> other, Func<(string Next, string Ending), string> of)
    {
        var (first, second) = (one.CountBy(of).ToDictionary(), other.CountBy(of).ToDictionary());
        return first.Sum(pair => Math.Min(pair.Value / (double)one.Count, second.GetValueOrDefault(pair.Key) / (double)other.Count));
    }
}

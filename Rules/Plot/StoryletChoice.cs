using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>Which authored storylet serves a plan best.</summary>
public static class StoryletChoice
{
    /// <summary>Whether the canon allows a storylet at all.</summary>
    public static bool Allows(IReadOnlyCollection<string> facts, IReadOnlyCollection<string> promises, IReadOnlyCollection<string> told, Storylet storylet) =>
        !told.Contains(storylet.Id)
        && storylet.Needs.All(facts.Contains)
        && !storylet.Bars.Any(facts.Contains)
        && !storylet.Sets.Any(facts.Contains)
        && storylet.Pays.All(promises.Contains);

    /// <summary>
    /// The best storylet for the plan. There always is one: the film reader refuses a film without an ending that needs
    /// nothing, and an ending is told only once.
    /// </summary>
    public static Storylet Choose(Film film, Plan plan)
    {
        var best = Best(film, plan, candidate => candidate.IsEnding == plan.Ends)
            ?? Best(film, plan, candidate => candidate.IsEnding);
        return best ?? film.Storylets.First(candidate => candidate.IsEnding && candidate.Needs.IsEmpty);
    }

    /// <summary>Whether the canon allows any beat before the ending.</summary>
    public static bool HasMore(Film film, Story story) =>
        film.Storylets.Any(candidate => !candidate.IsEnding && !candidate.Opening && Allows(story.Facts, story.Promises, story.Told, candidate));

    private static Storylet? Best(Film film, Plan plan, Func<Storylet, bool> fits) =>
        film.Storylets
            .Where(candidate => candidate.Opening == (plan.Beat == 0) && fits(candidate))
            .Where(candidate => Allows(plan.Facts, plan.Promises, plan.Told, candidate))
            .Select((candidate, i) => (candidate, Score: Score(film, plan, candidate) + (0.3 * Seeds.Fraction(Seeds.For(plan.Seed, i)))))
            .OrderByDescending(scored => scored.Score)
            .ThenBy(scored => scored.candidate.Id, StringComparer.Ordinal)
            .Select(scored => scored.candidate)
            .FirstOrDefault();

    private static double Score(Film film, Plan plan, Storylet storylet)
    {
        var here = ActIndex(film, plan.Act);
        var acts = storylet.Acts.Min(act => Math.Abs(ActIndex(film, act) - here));
        var function = storylet.Function == plan.Function ? 1.5 : 0;
        var consequence = Math.Min(2, storylet.Needs.Length) * 0.9;
        return function + consequence + (0.8 * storylet.Pays.Length)
            - (3 * acts) - (2 * Math.Abs(storylet.Tension - plan.Tension));
    }

    private static int ActIndex(Film film, string act) => Math.Max(0, film.Acts.ToList().FindIndex(one => string.Equals(one.Id, act, StringComparison.Ordinal)));
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// Which authored storylet serves a plan best. The weights and why they are what they are:
/// <c>docs/design/11-drama-manager.md</c>.
/// </summary>
public static class StoryletChoice
{
    /// <summary>A storylet of another act is told only when its own has none left.</summary>
    private const double ActAway = 3;

    private const double RightFunction = 1.2;
    private const double TensionAway = 2;

    /// <summary>A fact that the hall chose last; older choices count down to half of it.</summary>
    private const double Callback = 2.4;
    private const double MostCallback = 4;
    private const double OtherNeed = 0.6;
    private const double Hinge = 0.15;
    private const double MostHinge = 0.45;

    /// <summary>Paying a promise, when there is still all the time in the world; it grows threefold.</summary>
    private const double Payment = 0.8;

    /// <summary>Time is running out for a promise: nothing but the climax is dearer.</summary>
    private const double PaymentDue = 30;
    private const double ClimaxOnly = 60;

    /// <summary>With no more than so many beats left, no new promise.</summary>
    private const int TooLateToPromise = 3;
    private const double LatePromise = 2.5;

    private const double Unheard = 0.7;
    private const double SamePlace = 0.5;
    private const double SameCast = 0.3;
    private const double SecondsAway = 1.4;

    /// <summary>After the climax nothing absorbs what it missed.</summary>
    private const double LastSecondsAway = 2.1;

    /// <summary>Which ending it is matters more than its length, which the wall's pace stretches furthest.</summary>
    private const double EndingSecondsAway = 0.4;
    private const double Chance = 0.9;
    private const double EndingChance = 0.15;

    /// <summary>Whether the canon allows a storylet at all.</summary>
    public static bool Allows(IReadOnlyCollection<string> facts, IReadOnlyCollection<string> promises, IReadOnlyCollection<string> told, Storylet storylet) =>
        !told.Contains(storylet.Id)
        && storylet.Needs.All(facts.Contains)
        && !storylet.Bars.Any(facts.Contains)
        && !storylet.Sets.Any(facts.Contains)
        && storylet.Pays.All(promises.Contains);

    /// <summary>
    /// The best storylet for the plan: the one it names if the canon allows that, or the best of the others. There always
    /// is one: the film reader refuses a film without an ending that needs nothing, and an ending is told only once.
    /// </summary>
    public static Storylet Choose(Film film, Plan plan)
    {
        film = SteeredFilm.Of(film, plan.Steering);
        if (plan.Storylet is { } named && film.Storylets.FirstOrDefault(one => string.Equals(one.Id, named, StringComparison.Ordinal)) is { } planned
            && planned.IsEnding == plan.Ends && Allows(plan.Facts, plan.Promises, plan.Told, planned)) return planned;
        var index = FilmIndex.Of(film, film.Languages);
        return Choose(new Lived(index, plan.Facts, plan.Promises, plan.Told), plan).Storylet;
    }

    /// <summary>What else could serve a plan, the best first.</summary>
    /// <param name="film">The film.</param>
    /// <param name="languages">Languages on the wall.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="besides">The storylet that is left out.</param>
    public static IReadOnlyList<Storylet> Others(Film film, IReadOnlyCollection<string> languages, Plan plan, string? besides)
    {
        var lived = new Lived(FilmIndex.Of(film, languages), plan.Facts, plan.Promises, plan.Told);
        return [.. Ranked(lived, plan, plan.Ends).Where(one => !string.Equals(one.Entry.Storylet.Id, besides, StringComparison.Ordinal)).OrderByDescending(one => one.Score).Select(one => one.Entry.Storylet)];
    }

    /// <summary>Whether the canon allows any beat before the ending.</summary>
    public static bool HasMore(Film film, Story story) =>
        film.Storylets.Any(candidate => !candidate.IsEnding && !candidate.Opening && Allows(story.Facts, story.Promises, story.Told, candidate));

    /// <inheritdoc cref="HasMore(Film, Story)"/>
    internal static bool HasMore(Lived lived)
    {
        foreach (var entry in lived.Film.Entries)
        {
            if (!entry.Storylet.IsEnding && !entry.Storylet.Opening && lived.Allows(entry)) return true;
        }

        return false;
    }

    internal static FilmIndex.Entry Choose(Lived lived, Plan plan) =>
        Best(lived, plan, plan.Ends)
            ?? Best(lived, plan, ends: true)
            ?? lived.Film.Entries.First(entry => entry.Storylet.IsEnding && entry.Storylet.Needs.IsEmpty);

    private static FilmIndex.Entry? Best(Lived lived, Plan plan, bool ends)
    {
        FilmIndex.Entry? best = null;
        var highest = double.NegativeInfinity;
        foreach (var (entry, score) in Ranked(lived, plan, ends))
        {
            if (score <= highest) continue;
            (best, highest) = (entry, score);
        }

        return best;
    }

    /// <summary>Every storylet that the canon allows here, and how well it serves; in the film's order.</summary>
    private static IEnumerable<(FilmIndex.Entry Entry, double Score)> Ranked(Lived lived, Plan plan, bool ends)
    {
        var due = Due(lived, plan);
        foreach (var entry in lived.Film.Entries)
        {
            if (entry.Storylet.Opening != (plan.Beat == 0) || entry.Storylet.IsEnding != ends || !lived.Allows(entry)) continue;
            var score = (ends ? EndingScore(lived, entry) : Score(lived, plan, entry, due))
                + (Fit(entry.Seconds(lived.Facts), plan.Seconds) * (ends ? EndingSecondsAway : plan.BeatsLeft == 1 ? LastSecondsAway : SecondsAway))
                + ((ends ? EndingChance : Chance) * Seeds.Fraction(Seeds.For(plan.Seed, entry.Number)));
            yield return (entry, score);
        }
    }

    /// <summary>Promises for which the beats left are needed, since no ending in reach would pay them; none while there is time.</summary>
    private static Bits Due(Lived lived, Plan plan)
    {
        if (plan.Ends || plan.Promises.IsEmpty) return default;
        var due = new Bits(Math.Max(1, lived.Film.PromiseCount));
        var count = 0;
        foreach (var promise in lived.Opened.Keys)
        {
            if (!lived.Promises.Has(promise) || EndingPays(lived, promise)) continue;
            due.Add(promise);
            count++;
        }

        return plan.BeatsLeft <= count + 1 ? due : default;
    }

    private static bool EndingPays(Lived lived, int promise)
    {
        foreach (var entry in lived.Film.Entries)
        {
            if (entry.Storylet.IsEnding && entry.Pays.Contains(promise) && lived.Allows(entry)) return true;
        }

        return false;
    }

    private static double Score(Lived lived, Plan plan, FilmIndex.Entry entry, Bits due)
    {
        var storylet = entry.Storylet;
        return Function(storylet.Function, plan.Function)
            - (ActAway * Away(entry, lived.Film.Act(plan.Act)))
            - (TensionAway * Math.Abs(storylet.Tension - plan.Tension))
            + Callbacks(lived, entry)
            + Promises(lived, plan, entry, due)
            + Cast(lived, storylet)
            + Place(lived, storylet);
    }

    /// <summary>The climax is kept for the beat before the ending, and there nothing else will do.</summary>
    private static double Function(BeatFunction told, BeatFunction planned) =>
        told == planned ? (planned == BeatFunction.Climax ? ClimaxOnly : RightFunction)
        : told == BeatFunction.Climax ? -ClimaxOnly
        : planned == BeatFunction.Climax && told == BeatFunction.Crisis ? 1
        : 0;

    private static int Away(FilmIndex.Entry entry, int act)
    {
        var away = int.MaxValue;
        foreach (var one in entry.Acts) away = Math.Min(away, Math.Abs(one - act));
        return away;
    }

    private static double Callbacks(Lived lived, FilmIndex.Entry entry)
    {
        var called = 0.0;
        foreach (var fact in entry.Needs) called += lived.ChosenAgo(fact) is { } ago ? Callback * Recency(ago) : OtherNeed;
        var hinges = 0.0;
        foreach (var fact in entry.HingeFacts)
        {
            if (lived.ChosenAgo(fact) is not null) hinges += Hinge;
        }

        return Math.Min(MostCallback, called) + Math.Min(MostHinge, hinges);
    }

    /// <summary>1 for what was just chosen, down to a half.</summary>
    private static double Recency(int ago) => 0.5 + (0.5 / (1 + ago));

    private static double Promises(Lived lived, Plan plan, FilmIndex.Entry entry, Bits due)
    {
        var score = 0.0;
        foreach (var promise in entry.Pays)
        {
            var age = Math.Min(Lived.Long, lived.Opened.GetValueOrDefault(promise, Lived.Long));
            var urgency = 1 - (Math.Min(plan.BeatsLeft, 10) / 10.0);
            if (due.Has(promise)) score += PaymentDue;
            score += Payment * (1 + (2 * urgency)) * (0.5 + (0.5 * age / Lived.Long));
        }

        if (plan.BeatsLeft <= TooLateToPromise) score -= LatePromise * entry.Opens.Length;
        return score;
    }

    private static double Cast(Lived lived, Storylet storylet)
    {
        if (lived.Last is not { } last || storylet.Cast.IsEmpty) return 0;
        var longest = 0;
        var same = storylet.Cast.Length == last.Storylet.Cast.Length;
        foreach (var id in storylet.Cast)
        {
            longest = Math.Max(longest, lived.Absent(id));
            same = same && last.Storylet.Cast.Contains(id);
        }

        return (Unheard * longest / Lived.Long) - (same ? SameCast : 0);
    }

    private static double Place(Lived lived, Storylet storylet)
    {
        var stays = 0;
        while (stays < 3 && stays < lived.Told.Count && string.Equals(lived.Told[^(stays + 1)].Storylet.Place, storylet.Place, StringComparison.Ordinal)) stays++;
        return lived.Film.Places > 1 ? -SamePlace * stays : 0;
    }

    /// <summary>The ending that says most about this telling: what it needs, above all what the hall chose last; what it pays.</summary>
    private static double EndingScore(Lived lived, FilmIndex.Entry entry)
    {
        var score = 0.0;
        foreach (var fact in entry.Needs) score += 1 + (lived.ChosenAgo(fact) is { } ago ? 2 * Recency(ago) : 0);
        foreach (var fact in entry.HingeFacts)
        {
            if (lived.ChosenAgo(fact) is not null) score += Hinge;
        }

        return score + (1.5 * entry.Pays.Length);
    }

    /// <summary>What the wall's pace can make up for costs next to nothing.</summary>
    private static double Fit(double seconds, double wanted)
    {
        var ratio = seconds / Math.Max(1, wanted);
        var off = ratio > 1 ? ratio - 1 : (1 / ratio) - 1;
        return -Math.Min(2, (0.3 * off) + Math.Max(0, off - 0.3));
    }
}

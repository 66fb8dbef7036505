using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Tests.Rules.Plot;

/// <summary>What holds of every show, told on paper through the session's own clock and rules.</summary>
public sealed class PlannerTests
{
    [Fact]
    public void Every_show_has_one_ending_and_it_comes_last() => Hold(show => show.Steps.Count(step => step.Beat.Ends) == 1 && show.Steps[^1].Beat.Ends);

    [Fact]
    public void It_lands_within_one_beat_of_its_time_whatever_goes_wrong() => Hold(show =>
        show.Late <= show.LongestStep + show.LostAtTheEnd && show.Late >= -show.LongestStep);

    [Fact]
    public void No_storylet_is_told_twice() => Hold(show => show.Storylets.Distinct(StringComparer.Ordinal).Count() == show.Steps.Length);

    [Fact]
    public void No_beat_that_airs_has_a_finding() => Properties.Hold(Properties.Seeds, seed =>
    {
        var (film, terms) = Evening(seed);
        return Rehearsals.Tell(film, terms, Audiences.Random, seed).Steps.All(step => BeatChecks.Of(film, step.Plan, step.Beat, terms.Languages).IsEmpty);
    });

    [Fact]
    public void The_climax_is_the_beat_before_the_ending_and_no_other() => Properties.Hold(Properties.Seeds, ClimaxComesBeforeTheEnding);

    /// <summary>All that is left to tell is half as long again as what was planned for it.</summary>
    [Fact]
    public void A_story_of_long_beats_keeps_its_climax() => ClimaxComesBeforeTheEnding(-3257855953345929214).ShouldBeTrue();

    [Fact]
    public void What_could_be_paid_before_the_ending_was_paid_or_something_else_was() => Properties.Hold(Properties.Seeds, seed =>
    {
        var (film, terms) = Evening(seed);
        var show = Rehearsals.Tell(film, terms, Audiences.Random, seed);
        return show.Steps.Where(step => step.Plan is { BeatsLeft: 2 }).All(step => !step.Beat.Pays.IsEmpty || !CouldPay(film, step.Plan))
            && show.Unpaid.All(promise => !IsBetterPaid(film, show.Steps[^1], promise));
    });

    [Fact]
    public void Nobody_votes_and_the_film_goes_on_by_itself() => Properties.Hold(Properties.Seeds, GoesOnByItself, count: 200);

    /// <summary>Six minutes, of which pauses and a lost wall take half: one more beat, and the ending in time.</summary>
    [Fact]
    public void An_evening_that_loses_half_its_time_ends_in_time() => GoesOnByItself(7030266825253582716).ShouldBeTrue();

    [Fact]
    public void The_same_seed_tells_the_same_show() => Properties.Hold(Properties.Seeds, seed =>
    {
        var (film, terms) = Evening(seed);
        var (one, other) = (Rehearsals.Tell(film, terms, Audiences.Random, seed), Rehearsals.Tell(film, terms, Audiences.Random, seed));
        return one.Storylets.SequenceEqual(other.Storylets, StringComparer.Ordinal) && one.EndedAt == other.EndedAt;
    }, count: 100);

    [Fact]
    public void Every_reason_fits_its_card_in_both_languages() => Hold(show => show.Steps.All(step =>
        step.Reason is { } reason && reason.Has("en") && reason.Has("zh")
        && reason.In("en").Length is > 10 and < 80 && reason.In("zh").Length is > 5 and < 34));

    [Fact]
    public void Reasons_do_not_repeat_themselves_all_evening() => Hold(show =>
        show.Steps.Select(step => step.Reason.In("en")).Distinct(StringComparer.Ordinal).Count() * 2 > show.Steps.Length);

    /// <summary>A choice works: what follows from it is told more often when it was made.</summary>
    [Fact]
    public void A_storylet_that_needs_the_last_choice_comes_before_one_that_needs_nothing()
    {
        var shows = Enumerable.Range(0, 200).Select(seed => Rehearsals.Tell(PaperFilms.Of(seed), new RehearsalTerms(720), Audiences.Random, seed)).ToList();
        var (bound, free) = (Told(shows, "bound-"), Told(shows, "free-"));
        bound.ShouldBeGreaterThan(free);
    }

    [Fact]
    public void A_calm_hall_gets_more_and_a_breathless_one_less()
    {
        var film = PaperFilms.Of(3);
        var told = film.Storylets.First(one => one.Id.StartsWith("free-1", StringComparison.Ordinal));
        var story = Orleans.Story.Rules.Plot.Story.Untold with { Told = ["opening", told.Id] };
        double Tension(double felt) => Planner.Make(new PlanInputs(film, story, 2, 0, 240, 480, 24, ["en"], felt, 9)).Tension;
        Tension(0.05).ShouldBeGreaterThan(Tension(0.4));
        Tension(0.4).ShouldBeGreaterThan(Tension(0.9));
    }

    /// <summary>Told to its ending; in three beats only where mishaps took most of what the other beats would have needed.</summary>
    private static bool GoesOnByItself(long seed)
    {
        var (film, terms) = Evening(seed);
        var show = Rehearsals.Tell(film, terms, Audiences.Silent, seed);
        var lost = show.Steps.Sum(step => step.Lost);
        return show.Steps[^1].Beat.Ends && show.Steps.Length >= (lost > 0.4 * terms.RunningSeconds ? 3 : 4);
    }

    private static bool ClimaxComesBeforeTheEnding(long seed)
    {
        var (film, terms) = Evening(seed);
        var plans = Rehearsals.Tell(film, terms with { Trouble = Trouble.None }, Audiences.Random, seed).Steps.Select(step => step.Plan.Function).ToList();
        return plans.IndexOf(BeatFunction.Climax) == plans.Count - 2;
    }

    private static int Told(List<ToldShow> shows, string prefix) =>
        shows.Sum(show => show.Storylets.Count(id => id.StartsWith(prefix, StringComparison.Ordinal)));

    private static void Hold(Func<ToldShow, bool> property) => Properties.Hold(Properties.Seeds, seed =>
    {
        var (film, terms) = Evening(seed);
        return property(Rehearsals.Tell(film, terms, Audiences.Random, seed));
    });

    /// <summary>A film, running time, windows and wall languages by chance; much goes wrong in two evenings of three.</summary>
    private static (Film Film, RehearsalTerms Terms) Evening(long seed)
    {
        var draw = (ulong)seed >> 7;
        return (PaperFilms.Of(seed), new RehearsalTerms((6 + (int)(draw % 11)) * 60, 10 + (int)(draw % 25), 2 + (int)(draw % 4), draw % 2 == 0 ? ["en", "zh"] : ["zh"])
        {
            Trouble = draw % 3 == 0 ? Trouble.None : Trouble.Much,
        });
    }

    private static bool CouldPay(Film film, Plan plan) => film.Storylets.Any(one =>
        one is { IsEnding: false, Opening: false } && one.Function != BeatFunction.Climax && !one.Pays.IsEmpty
        && StoryletChoice.Allows(plan.Facts, plan.Promises, plan.Told, one)
        && one.Pays.Any(promise => !film.Storylets.Any(ending => ending.IsEnding && ending.Pays.Contains(promise) && StoryletChoice.Allows(plan.Facts, plan.Promises, plan.Told, ending))));

    /// <summary>Whether another ending was open that needs as much of this telling, pays all that was paid and this as well.</summary>
    private static bool IsBetterPaid(Film film, ToldStep last, string promise)
    {
        var told = film.Storylets.Single(one => one.Id == last.Beat.Storylet);
        return film.Storylets.Any(one => one.IsEnding && one != told && one.Pays.Contains(promise) && told.Pays.All(one.Pays.Contains)
            && told.Needs.All(one.Needs.Contains) && StoryletChoice.Allows(last.Plan.Facts, last.Plan.Promises, last.Plan.Told, one));
    }
}

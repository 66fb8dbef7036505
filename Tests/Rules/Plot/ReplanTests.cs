using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Plot;

/// <summary>What becomes of plans that time has overtaken.</summary>
public sealed class ReplanTests
{
    [Fact]
    public void A_long_extension_has_the_coming_beats_planned_again_and_what_was_written_for_them_dropped()
    {
        var show = InRound(1);
        var before = show.State.Plans;
        show.State.Prepared.Count.ShouldBe(before.Count);
        show.Operate(OperatorAction.Extend, 120);
        var again = SessionClock.Next(show.State, PaperFilm.Film, show.NowMs).ShouldBeOfType<Happen>().Events.Cast<PlanMade>().ToList();
        again.Select(made => made.Plan.Option).ShouldBe(before.Keys);
        again.ShouldAllBe(made => made.Plan.BeatsLeft < before[made.Plan.Option].BeatsLeft);
        show.Do(new SessionDecision([.. again], null));
        show.State.Prepared.ShouldBeEmpty();
        SessionClock.Next(show.State, PaperFilm.Film, show.NowMs).ShouldBeOfType<Wait>();
    }

    [Fact]
    public void A_short_one_is_absorbed()
    {
        var show = InRound(1);
        show.Operate(OperatorAction.Extend, 4);
        SessionClock.Next(show.State, PaperFilm.Film, show.NowMs).ShouldBeOfType<Wait>();
    }

    [Fact]
    public void A_pause_that_shifts_the_end_leaves_the_plans_as_they_are()
    {
        var show = InRound(1);
        show.Operate(OperatorAction.Pause, shift: true);
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(OperatorAction.Resume, "operator", "", 0, false), show.NowMs + 300_000));
        SessionClock.Next(show.State, PaperFilm.Film, show.NowMs + 300_000).ShouldBeOfType<Wait>();
    }

    [Fact]
    public void So_does_a_wall_that_was_lost_for_long()
    {
        var show = InRound(1);
        while (show.State.Round is not null || show.State.Aired.Length < 2) show.Advance();
        var late = show.NowMs + 90_000;
        SessionClock.Next(show.State, PaperFilm.Film, late, wallLost: true).ShouldBeOfType<Happen>().Events.ShouldAllBe(happened => happened is PlanMade);
    }

    [Fact]
    public void An_ending_is_no_answer_to_a_plan_that_goes_on()
    {
        var show = InRound(1);
        var plan = show.State.Plans[0];
        show.Do(new SessionDecision([new PlanMade(plan)], null));
        var ending = StoryletTelling.Tell(PaperFilm.Film, plan with { Function = BeatFunction.Resolution, Storylet = null });
        ending.Ends.ShouldBeTrue();
        SessionRules.Prepare(show.State, ending).Events.ShouldBeEmpty();
        SessionRules.Prepare(show.State, StoryletTelling.Tell(PaperFilm.Film, plan)).Events.Length.ShouldBe(1);
    }

    /// <summary>A show in the round of a beat, with every coming beat written.</summary>
    private static PaperShow InRound(int beat)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 5);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Ordinal < beat || show.State.Round is null) show.Advance();
        return show;
    }
}

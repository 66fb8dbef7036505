using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>What an operator does to a running show, at whatever moment.</summary>
public sealed class SteeringTests
{
    [Fact]
    public void After_the_one_big_button_come_the_climax_and_the_ending_and_no_more() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Running(seed);
        var (scheduled, told, climax) = (show.State.EndsAtMs, show.State.Told.Length, IsClimax(show.State));
        if (show.State.Current is { Ends: true })
        {
            show.Operate(OperatorAction.EndWell).Refusal!.Code.ShouldBe("ending");
            return true;
        }

        show.Operate(OperatorAction.EndWell).Refusal.ShouldBeNull();
        show.State.EndsAtMs.ShouldBeLessThanOrEqualTo(scheduled);
        show.Operate(OperatorAction.EndWell).Events.ShouldBeEmpty();
        Finish(show);
        // The one on the wall, if there was one; the climax, unless that was it; the ending.
        (show.State.Told.Length - told).ShouldBeLessThanOrEqualTo(climax ? 1 : 2);
        show.State.Current!.Ends.ShouldBeTrue();
        if (!climax && show.State.Told.Length > told + 1)
            show.Events.OfType<PlanMade>().Last(made => made.Plan.Beat == show.State.Told[^1].Ordinal && made.Plan.Option == show.State.Told[^1].Option).Plan.Function.ShouldBe(BeatFunction.Climax);
        return true;
    });

    /// <summary>Whoever lands a story is in a hurry: time that skipping and closing give back must not buy another beat.</summary>
    [Fact]
    public void Skipped_and_closed_at_once_it_still_lands_in_two_beats() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Running(seed);
        if (show.State.Current is { Ends: true }) return true;
        var (told, climax) = (show.State.Told.Length, IsClimax(show.State));
        show.Operate(OperatorAction.EndWell).Refusal.ShouldBeNull();
        var before = show.Events.Count;
        for (var step = 0; step < 600 && show.State.Phase != SessionPhase.Ended; step++)
        {
            if (show.State is { Round: null, Aired.IsEmpty: false, Current.Ends: false }) show.Operate(OperatorAction.Skip);
            if (show.State.Round is { Round: >= 0 }) show.Operate(OperatorAction.Close);
            show.Advance();
        }

        show.State.Phase.ShouldBe(SessionPhase.Ended);
        show.State.Current!.Ends.ShouldBeTrue();
        foreach (var line in show.Events.Skip(before).OfType<LineAired>().Where(line => line.Beat == show.State.Ordinal))
            line.ForMs.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(1000 * Pace.Seconds(show.State.Current.Lines[line.N].Words, show.State.Terms!.WallLanguages)));
        return show.State.Told.Length - told <= (climax ? 1 : 2);
    });

    [Fact]
    public void Taken_back_the_show_goes_its_whole_length() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Running(seed);
        if (show.State.Current is { Ends: true }) return true;
        var scheduled = show.State.EndsAtMs;
        show.Operate(OperatorAction.EndWell);
        show.Operate(OperatorAction.CarryOn).Refusal.ShouldBeNull();
        show.Operate(OperatorAction.CarryOn).Events.ShouldBeEmpty();
        show.State.EndsAtMs.ShouldBe(scheduled);
        Finish(show);
        return Math.Abs(show.NowMs - scheduled) < 12_000;
    });

    [Fact]
    public void A_pause_that_shifts_the_end_shifts_the_one_that_was_given_up_too()
    {
        var show = Running(5);
        var scheduled = show.State.EndsAtMs;
        show.Operate(OperatorAction.EndWell);
        var lands = show.State.EndsAtMs;
        show.Operate(OperatorAction.Pause, shift: true);
        show.Do(SessionRules.Operate(show.State, PaperFilm.Film, new OperatorCommand(OperatorAction.Resume, "operator", "", 0, false), show.NowMs + 60_000));
        show.State.EndsAtMs.ShouldBe(lands + 60_000);
        show.Operate(OperatorAction.CarryOn);
        show.State.EndsAtMs.ShouldBe(scheduled + 60_000);
    }

    [Fact]
    public void A_round_closed_now_seals_after_its_grace_with_what_has_arrived()
    {
        var show = Until(1, state => state.Round is { Round: 0 });
        var deadline = show.State.Round!.DeadlineMs;
        show.Operate(OperatorAction.Close).Refusal.ShouldBeNull();
        show.State.Round!.DeadlineMs.ShouldBe(show.NowMs);
        show.State.Round.DeadlineMs.ShouldBeLessThan(deadline);
        show.Operate(OperatorAction.Close).Events.ShouldBeEmpty();
        SessionClock.Next(show.State, PaperFilm.Film, show.NowMs).ShouldBe(new Wait(show.NowMs + SessionClock.SealMs));
        Finish(show);
        show.Operate(OperatorAction.Close).Refusal!.Code.ShouldBe("wrong-phase");
    }

    [Fact]
    public void What_is_skipped_is_not_told_and_the_vote_opens_now() => Properties.Hold(Properties.Seeds, seed =>
    {
        var show = Until(seed, state => state is { Round: null, Current: { Ends: false } beat } && state.Aired.Length > 0 && state.Aired.Length < beat.Lines.Length);
        var (lines, at) = (show.State.Aired.Length, show.NowMs);
        show.Operate(OperatorAction.Skip).Refusal.ShouldBeNull();
        show.State.Current!.Lines.Length.ShouldBe(lines);
        for (var step = 0; step < 3 && show.State.Round is null; step++) show.Advance();
        show.State.Round!.OpenedMs.ShouldBe(at);
        Finish(show);
        show.State.Told.ShouldContain(beat => beat.Lines.Length == lines);
        show.State.Current!.Ends.ShouldBeTrue();
        return true;
    });

    [Fact]
    public void An_ending_is_told_whole()
    {
        var show = Until(2, state => state is { Current.Ends: true } && state.Aired.Length > 0);
        foreach (var action in new[] { OperatorAction.Skip, OperatorAction.EndWell }) show.Operate(action).Refusal!.Code.ShouldBe("ending");
    }

    [Fact]
    public void Walls_are_dark_until_they_are_lit_and_notices_stand_until_they_are_taken_back()
    {
        var show = Until(3, state => state.Aired.Length > 0);
        show.Operate(OperatorAction.Blank).Events.Length.ShouldBe(1);
        show.Operate(OperatorAction.Blank).Events.ShouldBeEmpty();
        show.Operate(OperatorAction.Tell, words: "The bar stays open.").Events.Length.ShouldBe(1);
        show.Operate(OperatorAction.Tell, words: "The bar stays open.").Events.ShouldBeEmpty();
        var stage = Stage(show);
        (stage.Dark, stage.Notice).ShouldBe((true, "The bar stays open."));
        show.Operate(OperatorAction.Unblank);
        show.Operate(OperatorAction.Untell);
        stage = Stage(show);
        (stage.Dark, stage.Notice).ShouldBe((false, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("x", 121)]
    public void A_notice_is_refused(string? words, int times = 1)
    {
        var show = Until(4, state => state.Aired.Length > 0);
        show.Operate(OperatorAction.Tell, words: words is null ? null : string.Concat(Enumerable.Repeat(words, times))).Refusal!.Code.ShouldBe("bad-command");
    }

    [Theory]
    [InlineData(OperatorAction.EndWell)]
    [InlineData(OperatorAction.Close)]
    [InlineData(OperatorAction.Skip)]
    [InlineData(OperatorAction.Blank)]
    [InlineData(OperatorAction.Tell)]
    public void Before_the_doors_open_nothing_of_it_is_possible(OperatorAction action)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), 1);
        show.Operate(action, words: "x").Refusal!.Code.ShouldBe("wrong-phase");
    }

    private static bool IsClimax(SessionState state) => state is { Current: not null, CurrentPlan.Function: BeatFunction.Climax };

    /// <summary>A show stopped at a moment drawn from the seed, after its start and before its end.</summary>
    private static PaperShow Running(long seed)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 9), seed);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        var steps = Seeds.Below(Seeds.For(seed, 5), 220);
        for (var step = 0; step < steps; step++)
        {
            if (show.State.Current is { Ends: true }) break;
            show.Advance();
        }

        return show;
    }

    private static PaperShow Until(long seed, Func<SessionState, bool> wanted)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film), seed);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        for (var step = 0; step < 500 && !wanted(show.State); step++) show.Advance();
        wanted(show.State).ShouldBeTrue();
        return show;
    }

    private static void Finish(PaperShow show)
    {
        for (var step = 0; show.State.Phase != SessionPhase.Ended; step++)
        {
            step.ShouldBeLessThan(2000);
            show.Advance();
        }
    }

    private static Stage Stage(PaperShow show) =>
        StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, 1, show.NowMs, 0, 0);
}

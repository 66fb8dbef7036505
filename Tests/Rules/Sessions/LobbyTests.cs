using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Sessions;

/// <summary>The lobby's light vote: a round like any other, from which nothing follows.</summary>
public sealed class LobbyTests
{
    [Fact]
    public void It_is_open_while_the_doors_are_and_closes_with_the_start()
    {
        var show = Lobby();
        var open = StageOf(show).Round.ShouldNotBeNull();
        (open.Round, open.State, open.Options.Length).ShouldBe((WarmUpRound.Number, RoundState.Open, 2));
        open.Question.In("zh").ShouldBe("靠边还是居中？");

        show.Operate(OperatorAction.Start);
        StageOf(show).Round!.State.ShouldBe(RoundState.Sealed);
        show.Advance();
        SessionClock.Next(show.State, PaperFilm.Warm, show.NowMs).ShouldBe(new Wait(show.NowMs + SessionClock.SealMs));
    }

    [Fact]
    public void Its_card_is_the_first_picture_of_the_show_and_nothing_follows_from_it()
    {
        var show = Lobby();
        show.Operate(OperatorAction.Start);
        var sealing = show.State.Round!.DeadlineMs + SessionClock.SealMs;
        show.Do(SessionRules.Decide(show.State, [new BallotBook(WarmUpRound.Number, 1, [new BookLine("1", 1, 7)])], sealing));
        var stage = StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Warm, 1, sealing, 0, 0);
        stage.Round!.Decision!.Winner.ShouldBe(1);
        stage.Round.Decision.CardEndsMs.ShouldBe(sealing + 3000);
        (show.State.Ordinal, show.State.Decided.Length, show.State.Story.Facts.Count).ShouldBe((0, 0, 0));
        StageView.Rounds(show.State, PaperFilm.Warm).ShouldBeEmpty();
    }

    [Fact]
    public void The_beat_after_the_opening_is_planned_for_when_the_opening_is_told()
    {
        var show = Lobby();
        show.Operate(OperatorAction.Start);
        var sealing = SessionClock.SealsAt(show.State.Round!);
        for (var step = 0; step < 20 && show.State.Aired.IsEmpty; step++) show.Advance();
        show.State.Aired.ShouldNotBeEmpty();
        var plans = show.Events.OfType<PlanMade>().Select(made => made.Plan).Where(plan => plan.Beat == 1).ToList();
        plans.Select(plan => plan.Option).ShouldBeUnique();
        plans.ShouldAllBe(plan => plan.LeftSeconds < (show.State.EndsAtMs - sealing) / 1000.0 - show.State.CurrentPlan!.Seconds);
    }

    [Fact]
    public void Where_nobody_answered_the_show_begins_at_once()
    {
        var show = Lobby();
        show.Operate(OperatorAction.Start);
        var sealing = show.State.Round!.DeadlineMs + SessionClock.SealMs;
        show.Do(SessionRules.Decide(show.State, [], sealing));
        show.Advance();
        SessionClock.Next(show.State, PaperFilm.Warm, sealing).ShouldBeOfType<Happen>().Events[0].ShouldBeOfType<LineAired>();
    }

    [Fact]
    public void A_whole_show_after_it_ends_on_time_and_is_recorded_without_it()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var show = new PaperShow(PaperFilm.Warm, PaperShow.Terms(PaperFilm.Warm), seed).Play();
            var recording = Recordings.Of(SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Warm, show.Events).ShouldNotBeNull();
            recording.Beats[0].Lines[0].AtMs.ShouldBeInRange(0, 4000);
            recording.Beats.Select(beat => beat.Ordinal).ShouldBe(Enumerable.Range(0, recording.Beats.Length));
            recording.Beats.SkipLast(1).ShouldAllBe(beat => beat.Vote != null && beat.Vote.Choice.Round == beat.Ordinal);
            recording.LengthMs.ShouldBeInRange(recording.ScheduledMs - 60_000, recording.ScheduledMs + 60_000);
        }
    }

    [Fact]
    public void The_credits_tell_the_road_not_taken_and_each_side_its_words()
    {
        var show = new PaperShow(PaperFilm.Warm, PaperShow.Terms(PaperFilm.Warm), 3).Play();
        var end = StageOf(show);
        end.Choices.ShouldNotBeEmpty();
        end.Choices.ShouldAllBe(choice => choice.Roads.Length == choice.Options.Length && choice.Roads.All(road => road != null));
        end.Epilogues.Select(words => (words.Character, words.Words.In("en"))).ShouldBe([("ann", "You heard Ann.")]);
    }

    private static PaperShow Lobby()
    {
        var show = new PaperShow(PaperFilm.Warm, PaperShow.Terms(PaperFilm.Warm), 1);
        show.Operate(OperatorAction.Open);
        for (var step = 0; step < 4; step++) show.Advance();
        return show;
    }

    private static Stage StageOf(PaperShow show) => StageView.Of(show.State, SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Warm, 1, show.NowMs, 0, 0);
}

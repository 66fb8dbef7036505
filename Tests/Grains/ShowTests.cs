using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Silo;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class ShowTests
{
    [Fact]
    public async Task A_show_runs_from_the_lobby_to_the_credits_on_time_and_counts_every_vote()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        var cast = await PlayAsync(hall, session);
        var ended = (await hall.Grains.Session(session).Look())!.Stage;
        ended.Choices.Length.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var choice in ended.Choices) choice.Counts.ShouldBe(cast[choice.Round]);
        Math.Abs(hall.Clock.NowMs - ended.EndsAtMs!.Value).ShouldBeLessThan(12_000);
    }

    [Theory]
    [InlineData(Trouble.Throws)]
    [InlineData(Trouble.Lies)]
    [InlineData(Trouble.NeverAnswers)]
    [InlineData(Trouble.IsNotThere)]
    public async Task With_any_trouble_at_the_writer_the_show_ends_on_time_all_the_same(Trouble trouble)
    {
        await using var hall = await TestHall.OpenAsync(writer: new TroubledWriter(trouble), roles: trouble == Trouble.IsNotThere ? StoryRoles.Story : StoryRoles.All);
        var session = (await hall.ScheduleAsync()).Session;
        await PlayAsync(hall, session);
        var ended = (await hall.Grains.Session(session).Look())!.Stage;
        ended.Beat!.Writer.ShouldBe("storylet");
        Math.Abs(hall.Clock.NowMs - ended.EndsAtMs!.Value).ShouldBeLessThan(12_000);
    }

    [Fact]
    public async Task A_pause_holds_the_round_and_gives_its_time_back()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.OperateAsync(session, OperatorAction.Pause, shift: true);
        var before = (await hall.Grains.Session(session).Look())!.Stage;
        hall.Clock.Advance(TimeSpan.FromMinutes(2));
        (await hall.Grains.Session(session).Look())!.Stage.Phase.ShouldBe(SessionPhase.Paused);
        await hall.OperateAsync(session, OperatorAction.Resume);
        var after = (await hall.Grains.Session(session).Look())!.Stage;
        after.Round!.DeadlineMs.ShouldBe(open.DeadlineMs + 120_000);
        after.EndsAtMs.ShouldBe(before.EndsAtMs + 120_000);
    }

    [Fact]
    public async Task After_a_long_extension_the_coming_beats_are_planned_and_written_again()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.UntilWrittenAsync(session, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.UntilWrittenAsync(session, 1 + round.Options.Length);
        await hall.OperateAsync(session, OperatorAction.Extend, seconds: 120);
        // The opening's, one an option, and one an option again.
        await hall.UntilWrittenAsync(session, 1 + (2 * round.Options.Length));
        var airs = await hall.UntilAsync(session, stage => stage.Beat is { Ordinal: 1 }, "the beat after it");
        var rows = new List<string>();
        await foreach (var row in hall.Journal.ReadAsync(session.Stream)) rows.Add(row.Type);
        var decided = rows.IndexOf(nameof(RoundDecided));
        rows.Take(decided).Count(type => type == nameof(PlanMade)).ShouldBe(1 + (2 * round.Options.Length));
        rows.Take(decided).Count(type => type == nameof(BeatPrepared)).ShouldBe(1 + (2 * round.Options.Length));
        airs.Beat!.LineCount.ShouldBeGreaterThan(0);
        (await hall.Grains.Session(session).Look())!.Health.Fallbacks.ShouldBe(0);
    }

    [Fact]
    public async Task The_one_big_button_lands_the_story_in_two_beats_also_after_a_crash()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Film, minutes: 9))).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(round, 1, 0, 1, 1));
        await hall.OperateAsync(session, OperatorAction.EndWell);
        (await hall.Grains.Session(session).Look())!.Stage.Landing.ShouldBeTrue();
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(hall);
        var ended = await after.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        ended.Choices.Length.ShouldBeLessThanOrEqualTo(2);
        ended.Choices[0].Counts.ShouldBe([1, 2, 0]);
        ended.Beat!.Ends.ShouldBeTrue();
    }

    [Fact]
    public async Task Commands_that_do_not_fit_are_refused_and_change_nothing()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        var grain = hall.Grains.Session(session);
        (await grain.Operate(new OperatorCommand(OperatorAction.Pause, "operator", "", 0, false))).Refusal!.Code.ShouldBe("wrong-phase");
        (await grain.Operate(new OperatorCommand(OperatorAction.Extend, "operator", "", 500, false))).Refusal!.Code.ShouldBe("bad-command");
        (await grain.Operate(new OperatorCommand(OperatorAction.Start, "operator", new string('x', 201), 0, false))).Refusal!.Code.ShouldBe("bad-command");
        (await grain.Look())!.Stage.Phase.ShouldBe(SessionPhase.Lobby);
        var nowhere = hall.Grains.Session(SessionId.New(hall.Clock.GetUtcNow()));
        (await nowhere.Operate(new OperatorCommand(OperatorAction.Start, "operator", "", 0, false))).Refusal!.Code.ShouldBe("no-session");
        (await nowhere.Look()).ShouldBeNull();
    }

    /// <summary>Starts and plays to the end; three seats vote in every round. Returns the counts that were acknowledged.</summary>
    private static async Task<Dictionary<int, int[]>> PlayAsync(TestHall hall, SessionId session)
    {
        await hall.OperateAsync(session, OperatorAction.Start);
        var cast = new Dictionary<int, int[]>();
        while (true)
        {
            var stage = await hall.UntilAsync(
                session,
                now => now.Phase == SessionPhase.Ended || (now.Round is { State: RoundState.Open } round && !cast.ContainsKey(round.Round)),
                "the next round or the end");
            if (stage.Phase == SessionPhase.Ended) return cast;
            var receipts = await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(stage.Round!, 1, 0, 1, 1));
            receipts.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
            cast[stage.Round!.Round] = [1, 2, 0];
        }
    }

    public enum Trouble
    {
        Throws,
        Lies,
        NeverAnswers,
        IsNotThere,
    }

    private sealed class TroubledWriter(Trouble trouble) : IBeatWriter
    {
        public string Name => "troubled";

        public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
        {
            if (trouble == Trouble.Throws) throw new InvalidOperationException("The model is down.");
            if (trouble == Trouble.NeverAnswers) await Task.Delay(Timeout.Infinite, cancellationToken);
            var honest = await new StoryletWriter().WriteAsync(film, session, order, cancellationToken);
            return honest with { Writer = Name, Lines = [new Line("nobody", honest.Lines[0].Words)], Place = "nowhere" };
        }
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A hall whose wall goes dark, and the vote before the lights do.</summary>
public sealed class WallTests
{
    [Fact]
    public async Task A_lost_wall_holds_the_show_at_its_next_line_and_the_operator_may_go_on()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        var show = hall.Grains.Session(session);
        using var nobody = new Deaf();
        var observer = hall.Grains.CreateObjectReference<IGatewayObserver>(nobody);
        var gateway = Guid.NewGuid();
        await show.Watch(gateway, observer, 2, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 1 }, "the first line");
        await show.Watch(gateway, observer, 2, 0);

        var held = await hall.UntilAsync(session, stage => stage.WallLost, "the show to hold", 10);
        var lines = held.Beat!.Lines.Length;
        (await show.Look())!.Health.WallLostMs.ShouldBeGreaterThan(0);
        for (var s = 0; s < 30; s++)
        {
            hall.Clock.Advance(TimeSpan.FromSeconds(1));
            await show.Watch(gateway, observer, 2, 0);
        }

        (await show.Look())!.Stage.Beat!.Lines.Length.ShouldBe(lines, "nobody could see it");

        await hall.OperateAsync(session, OperatorAction.GoOn);
        await hall.UntilAsync(session, stage => stage.Beat!.Lines.Length > lines, "the next line", 10);
        (await show.Look())!.Health.WithoutWall.ShouldBeTrue();
        GC.KeepAlive(nobody);
    }

    [Fact]
    public async Task A_wall_that_comes_back_takes_the_show_along()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        var show = hall.Grains.Session(session);
        using var nobody = new Deaf();
        var observer = hall.Grains.CreateObjectReference<IGatewayObserver>(nobody);
        var gateway = Guid.NewGuid();
        await show.Watch(gateway, observer, 2, 1);
        await hall.OperateAsync(session, OperatorAction.Start);
        await show.Watch(gateway, observer, 2, 0);
        var lines = (await hall.UntilAsync(session, stage => stage.WallLost, "the show to hold", 20)).Beat?.Lines.Length ?? 0;

        await show.Watch(gateway, observer, 2, 1);
        (await hall.UntilAsync(session, stage => stage.Beat?.Lines.Length > lines, "the next line", 5)).WallLost.ShouldBeFalse();
        (await show.Look())!.Health.DeadAirMs.ShouldBe(0);
        GC.KeepAlive(nobody);
    }

    [Fact]
    public async Task The_lobby_votes_for_practice_and_the_show_begins_with_its_card()
    {
        await using var hall = await TestHall.OpenAsync();
        (await hall.Films.AddAsync(PaperFilm.WarmSources)).Film.ShouldNotBeNull();
        var session = (await hall.ScheduleAsync(PaperShow.Terms(PaperFilm.Warm, minutes: 3))).Session;
        var open = (await hall.UntilOpenAsync(session, WarmUpRound.Number)).Round!;
        var audience = hall.Grains.Audience(new AudienceKey(session, 0));
        await audience.Cast(TestHall.Ballots(open, 1, 1, 1, 0));
        await hall.UntilTallyAsync(session, tally => tally.Counts is [1, 2]);

        await hall.OperateAsync(session, OperatorAction.Start);
        var card = await hall.UntilAsync(session, stage => stage.Round?.Decision is not null, "the warm-up's card", 5);
        (card.Round!.Round, card.Round.Decision!.Winner).ShouldBe((WarmUpRound.Number, 1));
        var first = (await hall.UntilOpenAsync(session, 0)).Round!;
        (await audience.Cast(TestHall.Ballots(first, 2, 0)))[0].Status.ShouldBe(ReceiptStatus.Counted);
        await hall.OperateAsync(session, OperatorAction.End);
        (await hall.Grains.Session(session).Rounds()).ShouldBeEmpty();
    }

    private sealed class Deaf : IGatewayObserver, IDisposable
    {
        public Task StageChanged(Stage stage) => Task.CompletedTask;

        public Task TallyChanged(SessionId session, Tally tally) => Task.CompletedTask;

        public Task SeatClosed(SessionId session, Sitting sitting) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

/// <summary>A session as it is seen from further away, while it runs and afterwards.</summary>
public sealed class HouseTests
{
    [Fact]
    public async Task Dead_air_is_on_record_once_its_beat_is_told_outlives_the_process_and_stands_in_the_insights()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 1 }, "the first line");
        await hall.ShowAsync(session, 0, 0);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 2 }, "the second line");
        hall.Clock.Advance(TimeSpan.FromSeconds(1));
        await hall.ShowAsync(session, 0, 1);
        var late = (await hall.Grains.Session(session).Look())!.Health.DeadAirMs;
        late.ShouldBeGreaterThan(0);
        (await Rows(hall, session)).ShouldBeEmpty("the beat is not told yet");
        var round = (await hall.UntilOpenAsync(session, 0)).Round!;
        (await Rows(hall, session)).ShouldBe([nameof(WallLate)]);
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(round, 7, 0, 1));
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(round, 8, 1));
        await hall.KillAsync();

        await using var after = await TestHall.OpenAsync(after: hall);
        (await after.Grains.Session(session).Look())!.Health.DeadAirMs.ShouldBe(late);
        (await after.Grains.Session(session).Insights()).ShouldBeNull("it has not ended");
        await after.UntilAsync(session, stage => stage.Round is { Decision: not null }, "the verdict");
        await after.OperateAsync(session, OperatorAction.End);
        var inside = (await after.Grains.Session(session).Insights()).ShouldNotBeNull();
        (inside.DeadAirMs, inside.Beats[0].DeadAirMs).ShouldBe((late, late));
        inside.Rounds.Single().ShouldSatisfyAllConditions(
            one => one.Voters.ShouldBe(2), one => one.Changed.ShouldBe(1), one => (one.Winner, one.Margin).ShouldBe((1, 2)));
        inside.Interventions.Select(one => one.Kind).ShouldBe(["Open", "Start", "End"]);
        inside.Interventions[0].By.ShouldBe("operator");
    }

    [Fact]
    public async Task A_glance_says_how_the_show_does_and_moves_nothing()
    {
        await using var hall = await TestHall.OpenAsync();
        (await hall.Grains.Session(SessionId.New(DateTimeOffset.UnixEpoch)).Glance()).ShouldBeNull();
        var session = (await hall.ScheduleAsync()).Session;
        var show = hall.Grains.Session(session);
        (await show.Glance())!.ShouldSatisfyAllConditions(
            lobby => lobby.Phase.ShouldBe(SessionPhase.Lobby), lobby => lobby.EndsAtMs.ShouldBe(0), lobby => lobby.Beat.ShouldBeNull());
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = await hall.UntilOpenAsync(session, 0);
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open.Round!, 1, 0, 1));
        await hall.UntilTallyAsync(session, tally => tally.Voters == 2);
        var seq = (await show.Look())!.Stage.Seq;
        for (var looks = 0; looks < 5; looks++)
        {
            (await show.Glance())!.ShouldSatisfyAllConditions(
                glance => glance.Round.ShouldBe(new GlanceRound(0, open.Round!.DeadlineMs, 2)),
                glance => glance.Beat.ShouldBe(0),
                glance => glance.ForecastMs.ShouldBe(glance.EndsAtMs, "the plan keeps its time"));
        }

        (await show.Look())!.Stage.Seq.ShouldBe(seq + 1, "only the look itself counted");
        await hall.OperateAsync(session, OperatorAction.Pause, shift: true);
        hall.Clock.Advance(TimeSpan.FromMinutes(6));
        (await show.Glance())!.ShouldSatisfyAllConditions(
            paused => paused.PausedMs.ShouldBe(hall.Clock.NowMs - 360_000),
            paused => paused.ForecastMs.ShouldBeInRange(paused.EndsAtMs + 360_000, paused.EndsAtMs + 375_000, "the pause moves the end"));
    }

    private static async Task<List<string>> Rows(TestHall hall, SessionId session)
    {
        List<string> late = [];
        await foreach (var row in hall.Journal.ReadAsync(session.Stream))
        {
            if (row.Type == nameof(WallLate)) late.Add(row.Type);
        }

        return late;
    }
}

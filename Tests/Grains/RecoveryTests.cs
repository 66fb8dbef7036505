using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class RecoveryTests
{
    [Fact]
    public async Task After_a_kill_in_mid_round_the_same_round_is_open_and_every_acknowledged_ballot_counts()
    {
        await using var before = await TestHall.OpenAsync();
        var session = (await before.ScheduleAsync()).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        var open = (await before.UntilOpenAsync(session, 0)).Round!;
        var receipts = await before.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 1, 2, 2, 0));
        receipts.ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
        await before.KillAsync();
        before.Clock.Advance(TimeSpan.FromSeconds(30));

        await using var after = await TestHall.OpenAsync(before);
        var again = (await after.Grains.Session(session).Look())!.Stage.Round!;
        again.Round.ShouldBe(0);
        again.State.ShouldBe(RoundState.Open);
        again.DeadlineMs.ShouldBe(after.Clock.NowMs + 10_000, "the window is 10 s, which is also the most that recovery gives");
        var standing = await after.Grains.Audience(new AudienceKey(session, 0)).Standing(0, 1);
        standing.ShouldBe(receipts[0]);
        await after.UntilTallyAsync(session, tally => tally.Voters == 3);
        await after.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(again, 2, 1));
        var decided = await after.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");
        decided.Round!.Decision!.Counts.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task Past_the_deadline_without_a_verdict_the_shards_are_asked_again()
    {
        FaultyJournal? faulty = null;
        await using var before = await TestHall.OpenAsync(journal: inner => faulty = new FaultyJournal(inner));
        var session = (await before.ScheduleAsync()).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        var open = (await before.UntilOpenAsync(session, 0)).Round!;
        await before.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 1, 1));
        // The shard seals, but the session cannot write the verdict: the process dies between the two.
        faulty!.IsBusy = stream => stream.StartsWith("session/", StringComparison.Ordinal);
        await before.UntilAsync(session, stage => stage.Round is { State: RoundState.Sealed }, "the seal");
        before.Clock.Advance(TimeSpan.FromSeconds(1));
        (await before.Grains.Session(session).Look())!.Stage.Round!.State.ShouldBe(RoundState.Sealed);
        await before.KillAsync();

        await using var after = await TestHall.OpenAsync(before);
        var late = await after.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 2, 0));
        late[0].Status.ShouldBe(ReceiptStatus.Closed, "the shard had sealed");
        var decided = await after.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict", seconds: 1);
        decided.Round!.Decision!.Counts.ShouldBe([0, 1, 0]);
        decided.Round.DeadlineMs.ShouldBe(open.DeadlineMs, "a round that was being sealed is not opened again");
    }

    [Fact]
    public async Task A_show_that_was_told_half_goes_on_where_it_was()
    {
        await using var before = await TestHall.OpenAsync();
        var session = (await before.ScheduleAsync()).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        await before.UntilOpenAsync(session, 1);
        var told = await before.UntilAsync(session, stage => stage.Beat is { Ordinal: 2, Lines.Length: 2 }, "the second line of beat 2");
        await before.KillAsync();
        before.Clock.Advance(TimeSpan.FromSeconds(8));

        await using var after = await TestHall.OpenAsync(before);
        var again = (await after.Grains.Session(session).Look())!.Stage;
        again.Beat!.Ordinal.ShouldBe(2);
        again.Beat.Lines.Take(2).Select(line => line.Words.Words).ShouldBe(told.Beat!.Lines.Select(line => line.Words.Words));
        again.Seq.ShouldBeGreaterThan(told.Seq);
        var ended = await after.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        Math.Abs(after.Clock.NowMs - ended.EndsAtMs!.Value).ShouldBeLessThan(12_000);
    }

    [Fact]
    public async Task With_no_phone_left_to_call_it_the_reminder_wakes_the_show()
    {
        await using var before = await TestHall.OpenAsync();
        var session = (await before.ScheduleAsync()).Session;
        await before.OperateAsync(session, OperatorAction.Start);
        await before.UntilOpenAsync(session, 0);
        var grain = before.Grains.Session(session).GetGrainId();
        var reminder = (await before.Reminders.ReadRows(grain)).Reminders.ShouldHaveSingleItem();
        reminder.Period.ShouldBe(TimeSpan.FromMinutes(1));
        await before.KillAsync();

        before.Clock.Advance(TimeSpan.FromMinutes(1));
        FaultyJournal? journal = null;
        await using var after = await TestHall.OpenAsync(before, journal: inner => journal = new FaultyJournal(inner));
        var written = journal!.NextAppend(session.Stream);
        // The engine delivers the tick in real time and the conformance suite holds it to that; here it is what the tick does.
        await after.Grains.Session(session).AsReference<IRemindable>().ReceiveReminder(reminder.ReminderName, default);
        await written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await after.UntilAsync(session, stage => stage.Phase == SessionPhase.Ended, "the end");
        (await after.Reminders.ReadRows(grain)).Reminders.ShouldBeEmpty("a show that is over needs no wake-up");
    }

    [Fact]
    public async Task A_wall_that_opens_late_brings_no_dead_air_with_it()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 3 }, "the third line");
        hall.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var line = 0; line < 3; line++) await hall.ShowAsync(session, 0, line);
        (await hall.Grains.Session(session).Look())!.Health.DeadAirMs.ShouldBe(0);
    }

    [Fact]
    public async Task Dead_air_is_what_the_wall_waited_and_nothing_else()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 1 }, "the first line");
        await hall.ShowAsync(session, 0, 0);
        (await hall.Grains.Session(session).Look())!.Health.DeadAirMs.ShouldBe(0);
        await hall.OperateAsync(session, OperatorAction.Pause);
        hall.Clock.Advance(TimeSpan.FromSeconds(20));
        await hall.OperateAsync(session, OperatorAction.Resume);
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 2 }, "the second line");
        await hall.ShowAsync(session, 0, 1);
        (await hall.Grains.Session(session).Look())!.Health.DeadAirMs.ShouldBe(0, "a pause is no dead air");
        await hall.UntilAsync(session, stage => stage.Beat is { Lines.Length: 3 }, "the third line");
        hall.Clock.Advance(TimeSpan.FromSeconds(1));
        await hall.ShowAsync(session, 0, 2);
        await hall.ShowAsync(session, 0, 2);
        (await hall.Grains.Session(session).Look())!.Health.DeadAirMs.ShouldBeInRange(750, 900, "the wall was a second late, once");
    }
}

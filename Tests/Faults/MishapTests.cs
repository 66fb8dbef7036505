using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.House;
using Orleans.Story.Tests.Faults.Support;
using Orleans.Story.Tests.Hostile.Support;
using static Orleans.Story.Tests.Faults.Support.HurriedHall;

namespace Orleans.Story.Tests.Faults;

/// <summary>The product itself, with real mishaps: each rings, its mend works, and afterwards the record tells of it.</summary>
public sealed class MishapTests
{
    [Fact]
    public async Task A_lost_wall_a_long_pause_and_a_locked_disk_ring_are_mended_and_are_on_record()
    {
        await using var hall = await OpenAsync();
        // Nobody there and no wall: both ring, and both are mended by whoever comes.
        await hall.StartAsync();
        await hall.Until("a show without phones and wall", now => Rings(now, AlarmKind.NoPhones) && Rings(now, AlarmKind.NoWall));
        await using var phone = await hall.Phone();
        var wall = await hall.Wall();
        await hall.Until("a phone and a wall", now =>
            now.Sessions.Single().Session is { Present: > 0, Health.Walls: > 0 } && !Rings(now, AlarmKind.NoPhones) && !Rings(now, AlarmKind.NoWall));

        // The projector's machine goes, and comes back.
        await wall.DisposeAsync();
        var lost = await hall.Until("the lost wall", now => Rings(now, AlarmKind.WallLost));
        lost.Sessions[0].Session.Holds.ShouldBeTrue();
        lost.Sessions[0].Alarms[0].SinceMs.ShouldBeLessThanOrEqualTo(lost.NowMs - 5000);
        await using var again = await hall.Wall();
        await hall.UntilSilent(AlarmKind.WallLost);

        await hall.Operate(OperatorAction.Pause, "somebody fainted");
        await hall.UntilRings(AlarmKind.PausedLong);
        await hall.Operate(OperatorAction.Resume);
        await hall.UntilSilent(AlarmKind.PausedLong);

        // Another program holds the database: the hall rings, once, and is well again by itself.
        var journal = hall.Services.GetRequiredService<ILocalJournal>();
        Task told;
        await using (await hall.HoldDatabase())
        {
            told = hall.TryOperate(OperatorAction.Tell, words: "One moment.");
            await Wait.For("the journal to fail", () => journal.Now.State == JournalState.Failing);
            (await hall.Look()).Alarms.Single(alarm => alarm.Kind == AlarmKind.JournalFailing).Mend.In("zh").ShouldNotBeNullOrWhiteSpace();
        }

        await Wait.For("the journal to be well", () => journal.Now.State == JournalState.Well);
        // It may have been told that its fate is unknown: that is an answer too.
        await told.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        (await hall.Look()).Alarms.ShouldNotContain(alarm => alarm.Kind == AlarmKind.JournalFailing);
        // A session that did not know what it had written reads again first.
        await Wait.For("the show to take a command again", async () => (await hall.TryOperate(OperatorAction.End, "enough")).IsDone);
        var after = (await hall.AsAna(hall.Show.Insights)).ShouldNotBeNull();
        after.Cut.ShouldBeTrue();
        after.PausedMs.ShouldBeGreaterThanOrEqualTo(Alarms.LongPauseMs);
        after.Interventions.Single(one => one.Kind == "Pause").ShouldSatisfyAllConditions(
            pause => pause.By.ShouldBe("ana"), pause => pause.Reason.ShouldBe("somebody fainted"));
        (await hall.Look()).Sessions.ShouldBeEmpty("it is over");
    }
}

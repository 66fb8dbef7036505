using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.House;
using Orleans.Story.Tests.Faults.Killing;
using Orleans.Story.Tests.Faults.Support;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Faults;

/// <summary>The alarms that <see cref="MishapTests"/> leaves: each is provoked for real on the product itself, and its mend works.</summary>
public sealed class AlarmTests
{
    [Fact]
    public async Task Shut_doors_ring_at_the_time_it_was_to_begin_and_an_absorbed_pause_makes_a_show_overdue()
    {
        await using var hall = await HurriedHall.OpenAsync();
        await hall.ScheduleAsync(ahead: TimeSpan.FromMinutes(1));
        HurriedHall.Rings(await hall.Look(), AlarmKind.DoorsShut).ShouldBeFalse("it is not yet time");
        await hall.UntilRings(AlarmKind.DoorsShut, TimeSpan.FromSeconds(1));
        await hall.Operate(OperatorAction.Open);
        HurriedHall.Rings(await hall.Look(), AlarmKind.DoorsShut).ShouldBeFalse("the doors are open");

        await hall.Operate(OperatorAction.Start);
        var ends = (await hall.Until("the show", now => now.Sessions.Single().Session is { EndsAtMs: > 0, Beat: not null })).Sessions[0].Session.EndsAtMs;
        await hall.Operate(OperatorAction.Pause, "the alarm of the house");
        await hall.Until("a pause longer than what was left", now => now.NowMs > ends + Alarms.SlipMs, TimeSpan.FromSeconds(10));
        await hall.Operate(OperatorAction.Resume);
        (await hall.UntilRings(AlarmKind.Overdue)).SinceMs.ShouldBe(ends);
        await hall.Operate(OperatorAction.EndWell);
        (await hall.Until("the story to have landed", now => now.Sessions.IsEmpty, TimeSpan.FromSeconds(1))).Alarms.ShouldNotContain(alarm => alarm.Kind == AlarmKind.Overdue);
        (await hall.AsAna(hall.Show.Insights)).ShouldNotBeNull().Cut.ShouldBeFalse("it was told to its end");
    }

    [Fact]
    public async Task A_wall_that_stutters_is_dead_air_until_it_has_been_smooth_for_a_minute()
    {
        await using var hall = await HurriedHall.OpenAsync();
        await hall.StartAsync();
        var stutters = true;
        var (due, reported) = ((Line: (Beat: -1, Line: -1), AtMs: 0L), (Beat: -1, Line: -1));
        await using var wall = await hall.Wall(hub => hub.On<Stage>("stage", stage =>
        {
            if (stage.Beat is not { Lines: { IsEmpty: false } lines } beat || (beat.Ordinal, lines.Length - 1) == due.Line) return;
            due = ((beat.Ordinal, lines.Length - 1), hall.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            // A wall that is well paints a line when it comes.
            if (!stutters) _ = hub.SendAsync(nameof(WallHub.Shown), new ShownLine(beat.Ordinal, lines.Length - 1));
        }));
        // What it says again is no news, and keeps a hurried hall from hanging up on it.
        Task Report() => wall.InvokeAsync(nameof(WallHub.Shown), new ShownLine(Math.Max(0, reported.Beat), Math.Max(0, reported.Line)));
        await hall.UntilRings(AlarmKind.DeadAir, between: () =>
        {
            if (hall.Clock.GetUtcNow().ToUnixTimeMilliseconds() >= due.AtMs + 1_500) reported = due.Line;
            return Report();
        });
        stutters = false;
        var before = await hall.Look();
        var after = await hall.UntilSilent(AlarmKind.DeadAir, TimeSpan.FromMilliseconds(50), async () =>
        {
            // Small steps, so that the hall's clock does not run away from the wall; two looks a second, as patience with dead air is counted.
            for (var step = 0; step < 9; step++)
            {
                hall.Clock.Push(TimeSpan.FromMilliseconds(50));
                await Report();
                await hall.Show.Look();
            }
        });
        after.NowMs.ShouldBeGreaterThan(before.NowMs + 30_000, "it is told for about a minute");
        after.Sessions.Single().Session.Beat.ShouldNotBeNull("the show went on meanwhile");
    }

    [Fact]
    public async Task Without_a_writer_the_hall_says_so_until_one_leases_itself()
    {
        await using var hall = await HurriedHall.OpenAsync(alter: services =>
        {
            // The process that writes was not started.
            services.Remove(services.Single(service => service.ImplementationType?.Name == "WorkerStarter"));
        });
        HurriedHall.Rings(await hall.Look(), AlarmKind.NoWorker).ShouldBeFalse("it may be starting");
        await hall.UntilRings(AlarmKind.NoWorker);
        await hall.Cluster.Worker("the-writer-again").Start();
        (await hall.UntilSilent(AlarmKind.NoWorker)).Writers.ShouldBe(1);
        // It stays: longer than a lease lasts, it has renewed its own.
        var until = hall.Clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        await hall.Until("thirty seconds to pass", _ => hall.Clock.GetUtcNow() > until);
        await Wait.For("the lease to be renewed", async () => (await hall.Look()) is { Writers: 1 } now && !HurriedHall.Rings(now, AlarmKind.NoWorker));
    }

    [Fact]
    public async Task A_writer_that_is_never_ready_rings_until_it_answers_again()
    {
        var writer = new StuckWriter();
        await using var hall = await HurriedHall.OpenAsync(alter: services => services.Replace(ServiceDescriptor.Singleton<IBeatWriter>(writer)));
        await hall.StartAsync(windowSeconds: 5);
        await hall.UntilRings(AlarmKind.Fallbacks);
        writer.IsStuck = false;
        await hall.Until(
            "a beat that was written in time", now => now.Sessions.Single().Session.Writer == writer.Name && !HurriedHall.Rings(now, AlarmKind.Fallbacks), between: hall.Show.Look);
    }

    [Fact]
    public async Task A_database_that_is_held_makes_receipts_slow_then_the_journal_busy_and_the_session_silent()
    {
        await using var hall = await HurriedHall.OpenAsync();
        await hall.StartAsync(windowSeconds: 120);
        var round = (await hall.Until("a round", now => now.Sessions.Single().Session is { Beat: not null, Round: not null })).Sessions[0].Session.Round!.Round;
        // Not sooner: a phone's pings are on the clock of this machine, and a hurried hall would hang up on it.
        await using var phone = await hall.Phone();
        await Wait.For("the phone to know the round", async () => (await phone.InvokeAsync<PhoneNow>(nameof(AudienceHub.Now))).Stage.Round?.Round == round);
        var ballots = hall.Services.GetRequiredService<SessionFeeds>().Find(hall.Session)!.Ballots;
        var n = 0;
        async Task Vote(bool held)
        {
            var thief = held ? await hall.HoldDatabase() : null;
            var answer = phone.InvokeAsync<CastAnswer>(nameof(AudienceHub.Cast), new CastBallot(round, [n % 2], ++n));
            if (thief is not null)
            {
                await Wait.For("the ballot to wait", () => ballots.Waiting > 0 || answer.IsCompleted);
                hall.Clock.Push(TimeSpan.FromMilliseconds(600));
                await thief.DisposeAsync();
            }

            (await answer.Within("a receipt")).Receipt.ShouldNotBeNull().Status.ShouldBe(ReceiptStatus.Counted);
        }

        await hall.UntilRings(AlarmKind.SlowReceipts, between: () => Vote(held: true));
        await hall.UntilSilent(AlarmKind.SlowReceipts, between: () => Vote(held: false));

        Task<Outcome> told;
        await using (await hall.HoldDatabase())
        {
            told = hall.TryOperate(OperatorAction.Tell, words: "One moment.");
            await hall.UntilRings(AlarmKind.JournalBusy, hurry: true);
            var silent = await hall.UntilRings(AlarmKind.Silent, hurry: true);
            silent.Level.ShouldBe(AlarmLevel.Grave);
            silent.Mend.In("en").ShouldContain("do not restart", Case.Sensitive, "what is held is not mended by a restart");
        }

        (await told.Within("the command")).IsDone.ShouldBeTrue("it waited, and was done");
        var well = await hall.Until("session and journal to be well", now => now.Sessions.Single().Answers && now.Journal == JournalState.Well);
        well.Alarms.Concat(well.Sessions[0].Alarms).ShouldNotContain(alarm => alarm.Kind == AlarmKind.Silent || alarm.Kind == AlarmKind.JournalBusy);
    }

    [Theory]
    [InlineData(1088, 128, AlarmLevel.Warning)]
    [InlineData(1088, 1000, AlarmLevel.Grave)]
    public async Task A_disk_that_fills_rings_until_it_is_emptied(int megabytes, int taken, AlarmLevel level)
    {
        var place = HallPlace.Fresh(Path.Combine(AppContext.BaseDirectory, "Film"));
        try
        {
            using var disk = SmallDisk.MountOrSkip(place, megabytes);
            await using (var hall = await HurriedHall.OpenAsync(disk.Inside))
            {
                HurriedHall.Rings(await hall.Look(), AlarmKind.DiskLow).ShouldBeFalse();
                disk.Take(taken);
                (await hall.UntilRings(AlarmKind.DiskLow)).Level.ShouldBe(level);
                disk.Empty();
                HurriedHall.Rings(await hall.Look(), AlarmKind.DiskLow).ShouldBeFalse("there is room again");
            }
        }
        finally
        {
            Directory.Delete(place.Data, recursive: true);
        }
    }

    /// <summary>Writes storylets once it is let; until then it is asked and never answers.</summary>
    private sealed class StuckWriter : IBeatWriter
    {
        private readonly StoryletWriter _writer = new();

        public string Name => "stuck";

        public bool IsStuck { get; set; } = true;

        public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
        {
            if (IsStuck) await Task.Delay(Timeout.Infinite, cancellationToken);
            return (await _writer.WriteAsync(film, session, order, cancellationToken)) with { Writer = Name };
        }
    }
}

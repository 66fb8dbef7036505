using System.Collections.Concurrent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Tests.Grains.Support;

namespace Orleans.Story.Tests.Grains;

public sealed class WatchTests
{
    [Fact]
    public async Task A_gateway_is_told_of_every_change_in_one_rising_sequence()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        using var pushes = new Pushes();
        var observer = hall.Grains.CreateObjectReference<IGatewayObserver>(pushes);
        var gateway = Guid.NewGuid();
        var watching = (await hall.Grains.Session(session).Watch(gateway, observer, 3, 0)).ShouldNotBeNull();
        await hall.OperateAsync(session, OperatorAction.Start);
        var open = (await hall.UntilOpenAsync(session, 0)).Round!;
        await hall.Grains.Session(session).Watch(gateway, observer, 3, 0);
        await hall.Grains.Audience(new AudienceKey(session, 0)).Cast(TestHall.Ballots(open, 1, 0, 1, 1));
        await hall.UntilAsync(session, _ => hall.Clock.NowMs > open.DeadlineMs - 2000, "the deadline to come near");
        await hall.Grains.Session(session).Watch(gateway, observer, 3, 0);
        await hall.UntilAsync(session, stage => stage.Round is { State: RoundState.Decided }, "the verdict");

        (await pushes.Heard(stage => stage is { Phase: SessionPhase.Playing, Beat.Lines.Length: 1 })).Seq.ShouldBeGreaterThan(watching.Stage.Seq);
        var decided = await pushes.Heard(stage => stage.Round is { State: RoundState.Decided });
        decided.Round!.Decision!.Counts.ShouldBe([1, 2, 0]);
        decided.Present.ShouldBe(3);
        (await pushes.HeardTally(tally => tally.Voters == 3)).Counts.ShouldBe([1, 2, 0]);
        pushes.Stages.ToArray().Select(stage => stage.Seq).ShouldBeUnique();
        GC.KeepAlive(pushes);
    }

    [Fact]
    public async Task Below_ten_contributors_no_feeling_is_shown()
    {
        await using var hall = await TestHall.OpenAsync();
        var session = (await hall.ScheduleAsync()).Session;
        await hall.OperateAsync(session, OperatorAction.Start);
        foreach (var (round, contributors) in new[] { (0, 9), (1, 10) })
        {
            var shard = hall.Grains.Audience(new AudienceKey(session, 0));
            await hall.UntilAsync(session, stage => stage.Beat is { } beat && beat.Ordinal == round, $"beat {round}");
            await shard.Feel([.. Enumerable.Range(1, contributors).Select(seat => new FeelingTap(seat, Feeling.Suspense, 2))]);
            await hall.UntilOpenAsync(session, round);
            var tally = (await hall.Grains.Session(session).Look())!.Tally.ShouldNotBeNull();
            if (contributors < 10) tally.Feelings.ShouldBeNull();
            else tally.Feelings!.Sums[(int)Feeling.Suspense].ShouldBe(20);
        }
    }

    private sealed class Pushes : IGatewayObserver, IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private readonly SemaphoreSlim arrived = new(0);

        public void Dispose() => arrived.Dispose();

        public ConcurrentQueue<Stage> Stages { get; } = new();

        public ConcurrentQueue<Tally> Tallies { get; } = new();

        public Task StageChanged(Stage stage)
        {
            Stages.Enqueue(stage);
            arrived.Release();
            return Task.CompletedTask;
        }

        public ConcurrentQueue<Sitting> Closed { get; } = new();

        public Task SeatClosed(SessionId session, Sitting sitting)
        {
            Closed.Enqueue(sitting);
            arrived.Release();
            return Task.CompletedTask;
        }

        public Task TallyChanged(SessionId session, Tally tally)
        {
            Tallies.Enqueue(tally);
            arrived.Release();
            return Task.CompletedTask;
        }

        public Task<Stage> Heard(Func<Stage, bool> wanted) => First(Stages, wanted);

        public Task<Tally> HeardTally(Func<Tally, bool> wanted) => First(Tallies, wanted);

        private async Task<T> First<T>(ConcurrentQueue<T> heard, Func<T, bool> wanted)
            where T : class
        {
            while (true)
            {
                if (heard.FirstOrDefault(wanted) is { } found) return found;
                if (!await arrived.WaitAsync(Patience)) throw new InvalidOperationException($"Waited {Patience.TotalSeconds} s for a push.");
            }
        }
    }
}

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>The system's clock, which a test may push forward: what was due by then is due at once.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<Hurried> timers = [];
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return System.GetUtcNow() + ahead;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate) return System.GetElapsedTime(0).Ticks + ahead.Ticks;
    }

    public void Push(TimeSpan by)
    {
        Hurried[] all;
        lock (gate)
        {
            ahead += by;
            all = [.. timers];
        }

        foreach (var timer in all) timer.Hurry();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Hurried(this, callback, state);
        lock (gate) timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Hurried : ITimer
    {
        private readonly HurriedClock clock;
        private readonly Lock gate = new();
        private readonly ITimer inner;
        private readonly TimerCallback callback;
        private readonly object? state;
        private TimeSpan every = Timeout.InfiniteTimeSpan;
        private long? due;

        public Hurried(HurriedClock clock, TimerCallback callback, object? state)
        {
            (this.clock, this.callback, this.state) = (clock, callback, state);
            inner = System.CreateTimer(static timer => ((Hurried)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                every = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + dueTime.Ticks;
                return inner.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Hurry()
        {
            lock (gate)
            {
                if (due is { } at) inner.Change(TimeSpan.FromTicks(Math.Max(0, at - clock.GetTimestamp())), Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            lock (gate)
            {
                if (due is null) return;
                var again = every > TimeSpan.Zero;
                due = again ? clock.GetTimestamp() + every.Ticks : null;
                if (again) inner.Change(every, Timeout.InfiniteTimeSpan);
            }

            callback(state);
        }
    }
}

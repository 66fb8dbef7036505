namespace Orleans.Story.Tests.Conformance.Support;

/// <summary>A clock that stands until a test moves it. Timers that fall due fire in order of their time, on the thread that moves the clock.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];

    // A start in the past: Orleans's collector does not bear a clock that is ahead of the machine's.
    private DateTimeOffset _now = new(2026, 1, 1, 20, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = GetUtcNow() + span;
        while (Next(end) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>
    /// Waits until a timer is set for this moment from now. What ticks is set again by its own turn, after whatever it does
    /// that a test can see; a clock that is moved before that finds nothing due.
    /// </summary>
    public async Task Armed(TimeSpan fromNow)
    {
        var due = GetUtcNow() + fromNow;
        for (var i = 0; i < 1500; i++)
        {
            lock (_lock)
            {
                if (_armed.Any(timer => (timer.Due - due).Duration() < TimeSpan.FromMilliseconds(2)))
                {
                    return;
                }
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"Waited 30 s for a timer to be set for {due:O}.");
    }

    /// <summary>Waits for a timer to be set for this moment from now, and moves there.</summary>
    public async Task AdvanceTo(TimeSpan fromNow)
    {
        await Armed(fromNow);
        Advance(fromNow);
    }

    private ManualTimer? Next(DateTimeOffset end)
    {
        lock (_lock)
        {
            var due = _armed.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            _now = due is null ? end : due.Due > _now ? due.Due : _now;
            if (due is not null)
            {
                _armed.Remove(due);
                if (due.Period > TimeSpan.Zero)
                {
                    due.Due += due.Period;
                    _armed.Add(due);
                }
            }

            return due;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._armed.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock._now + dueTime;
                    clock._armed.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._armed.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

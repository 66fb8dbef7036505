namespace Orleans.Story.Embedded;

/// <summary>
/// One reminder on the clock. Ticks keep to the first one plus whole periods, whatever a delivery takes; ticks missed while
/// the process was down are not made up for.
/// </summary>
internal sealed class Ringing : IDisposable
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1); // timers of the framework end at 49
    private readonly ReminderEntry _entry;
    private readonly TimeProvider _clock;
    private readonly Func<ReminderEntry, Task> _tick;
    private readonly ITimer _timer;
    private DateTime _next;
    private volatile bool _disposed;

    public Ringing(ReminderEntry entry, TimeProvider clock, Func<ReminderEntry, Task> tick)
    {
        _entry = entry;
        _clock = clock;
        _tick = tick;
        _next = NextAt(clock.GetUtcNow().UtcDateTime);
        _timer = clock.CreateQuietTimer(static state => _ = ((Ringing)state!).OnDueAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wait();
    }

    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private void Wait()
    {
        var wait = _next - _clock.GetUtcNow().UtcDateTime;
        if (!_disposed)
        {
            _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longestWait ? s_longestWait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task OnDueAsync()
    {
        if (_clock.GetUtcNow().UtcDateTime >= _next)
        {
            await _tick(_entry);
            var following = NextAt(_clock.GetUtcNow().UtcDateTime);
            _next = following > _next ? following : _next + _entry.Period;
        }

        Wait();
    }

    private DateTime NextAt(DateTime now)
    {
        var start = DateTime.SpecifyKind(_entry.StartAt, DateTimeKind.Utc); // a table may have lost the kind
        var over = now <= start ? start - now : TimeSpan.FromTicks((now - start).Ticks % _entry.Period.Ticks);
        return now <= start ? start : over == TimeSpan.Zero ? now : now + _entry.Period - over;
    }
}

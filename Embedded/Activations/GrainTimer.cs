namespace Orleans.Story.Embedded;

/// <summary>A timer whose ticks are turns. The next tick is set when one has ended, so ticks never pile up.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private const long LongestMs = 0xfffffffe; // what a timer of the framework takes
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private readonly CancellationTokenSource _ended = new();
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _firing;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, TimeProvider clock)
    {
        _activation = activation;
        _callback = callback;
        _interleave = options.Interleave;
        _keepAlive = options.KeepAlive;
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _timer = clock.CreateQuietTimer(static state => ((GrainTimer)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(options.DueTime, options.Period);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            if (_firing || _ended.IsCancellationRequested)
            {
                return; // the end of the tick sets it
            }
        }

        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    private static void Check(TimeSpan time, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)time.TotalMilliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)time.TotalMilliseconds, LongestMs, name);
    }

    private void OnDue()
    {
        lock (_gate)
        {
            _firing = true;
        }

        _activation.Receive(new Tick(this) { Grain = _activation.GrainId });
    }

    private void Rearm()
    {
        TimeSpan next;
        lock (_gate)
        {
            _firing = false;
            next = _changed ? _dueTime : _period;
            if (_ended.IsCancellationRequested)
            {
                return;
            }
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    private sealed class Tick(GrainTimer timer) : Turn
    {
        public override bool Interleaves => timer._interleave;

        public override bool KeepsAlive => timer._keepAlive;

        public override bool IsOver => timer._ended.IsCancellationRequested;

        public override string ToString() => $"{Grain}.(timer tick)";

        public override async Task RunAsync(Activation activation)
        {
            Current = this;
            timer._changed = false;
            try
            {
                await timer._callback(timer._ended.Token);
            }
            catch (Exception exception)
            {
                activation.OnFault(exception, this);
            }
            finally
            {
                timer.Rearm();
            }
        }
    }
}

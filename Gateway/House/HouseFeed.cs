using System.Collections.Immutable;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.House;

/// <summary>
/// The house view, gathered once for everyone who looks: every two seconds while somebody does, and not at all otherwise.
/// </summary>
internal sealed class HouseFeed : IAsyncDisposable
{
    /// <summary>How often the house is looked at.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HouseGatherer _gatherer;
    private readonly OtherHalls _others;
    private readonly GatewayOptions _options;
    private readonly GatewayMeter _meter;
    private readonly TimeProvider _time;
    private readonly Outlet _outlet;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly SparingLog _log;
    private Task<HouseHall>? _pass;
    private long _gathered;
    private int _viewers;
    private long _seq;

    /// <summary>Nobody looks yet.</summary>
    public HouseFeed(HouseGatherer gatherer, OtherHalls others, GatewayOptions options, GatewayMeter meter, SparingLog log, TimeProvider time)
    {
        (_gatherer, _others, _options, _meter, _log, _time) = (gatherer, others, options, meter, log, time);
        _outlet = new Outlet(TimeSpan.Zero, meter, time);
        _timer = time.CreateTimer(static feed => _ = ((HouseFeed)feed!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>This hall, no older than <see cref="Every"/>, gathered now if nobody looked lately.</summary>
    public Task<HouseHall> Hall()
    {
        lock (_gate)
        {
            var fresh = _pass is { IsCompletedSuccessfully: true } && _time.GetElapsedTime(_gathered) < Every;
            if (_pass is null || (_pass.IsCompleted && !fresh))
            {
                _gathered = _time.GetTimestamp();
                // Off the caller's lock: a pass may complete on the spot.
                _pass = Task.Run(() => _gatherer.Gather(_stop.Token));
            }

            return _pass;
        }
    }

    /// <summary>The whole house.</summary>
    public async Task<HouseNow> Now()
    {
        var here = await Hall();
        return new HouseNow(here, _others.Now);
    }

    /// <summary>A connection looks at the house from now on, until the answer is called.</summary>
    public Action Follow(IPushTarget target)
    {
        var recipient = new Recipient(target, _options.SlowClient, _meter, _time);
        _outlet.Add(recipient);
        lock (_gate)
        {
            if (_viewers++ == 0) _timer.Change(Every, Every);
        }

        _others.Ask();
        return () =>
        {
            _outlet.Remove(recipient);
            lock (_gate)
            {
                if (--_viewers == 0) _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _timer.DisposeAsync();
        await _outlet.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Tick()
    {
        try
        {
            _outlet.Sweep();
            _others.Ask();
            _outlet.Offer(Push.Of(await Now(), Interlocked.Increment(ref _seq)));
        }
#pragma warning disable CA1031 // The next pass tries again; pages say how old what they show is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_stop.IsCancellationRequested) _log.Failed("The house view", e);
        }
    }
}

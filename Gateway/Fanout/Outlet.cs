using System.Threading.Channels;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>
/// The fan-out to one class of connections of a session: phones, or walls and consoles. Stages go out at once, tallies
/// and quiet stages at a bounded rate; while one push goes out, newer ones replace each other (latest wins).
/// </summary>
internal sealed class Outlet : IAsyncDisposable
{
    /// <summary>Connections served before others get the thread: under a millisecond of work.</summary>
    private const int Portion = 64;

    private readonly Lock _gate = new();
    private readonly HashSet<Recipient> _members = [];
    private readonly TimeSpan _every;
    private readonly GatewayMeter _meter;
    private readonly TimeProvider _time;

    /// <summary>A wake-up, not a queue: one is enough, further ones are dropped.</summary>
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ITimer _timer;
    private readonly Task _pump;
    private Recipient[]? _snapshot;
    private Push? _stage;
    private Push? _calm;
    private Push? _tally;
    private Push? _health;
    private long _paced;
    private bool _pacedOnce;

    /// <summary>Starts an outlet that sends at most one tally <paramref name="every"/> so often.</summary>
    public Outlet(TimeSpan every, GatewayMeter meter, TimeProvider time)
    {
        (_every, _meter, _time) = (every, meter, time);
        _timer = time.CreateTimer(static outlet => ((Outlet)outlet!)._wake.Writer.TryWrite(true), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pump = Task.Run(Pump);
    }

    /// <summary>Members whose last write is still pending.</summary>
    public int Slow => Members().Count(member => member.IsSlow);

    /// <summary>Adds a connection.</summary>
    public void Add(Recipient member)
    {
        lock (_gate)
        {
            _members.Add(member);
            _snapshot = null;
        }
    }

    /// <summary>Removes a connection.</summary>
    public void Remove(Recipient member)
    {
        lock (_gate)
        {
            _members.Remove(member);
            _snapshot = null;
        }
    }

    /// <summary>Sends a stage: at once, or in the pace of tallies when <paramref name="calm"/>.</summary>
    public void Offer(Push stage, bool calm)
    {
        lock (_gate)
        {
            if (calm && _stage is null) _calm = stage;
            else (_stage, _calm) = (stage, null);
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Sends a tally or health in the pace of this outlet.</summary>
    public void Offer(Push push)
    {
        lock (_gate)
        {
            if (push.Kind == PushKind.Health) _health = push;
            else _tally = push;
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Gives up connections whose writes hang.</summary>
    public void Sweep()
    {
        foreach (var member in Members()) member.Sweep();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _wake.Writer.TryComplete();
        await _timer.DisposeAsync();
        await _pump;
    }

    private async Task Pump()
    {
        while (await _wake.Reader.WaitToReadAsync())
        {
            while (_wake.Reader.TryRead(out _))
            {
            }

            foreach (var push in Due()) await Broadcast(push);
        }
    }

    /// <summary>What may go out now, in the order of the sequence; arms the timer for what must wait.</summary>
    private List<Push> Due()
    {
        var due = new List<Push>(3);
        lock (_gate)
        {
            if (_stage is not null) due.Add(_stage);
            _stage = null;
            if (_tally is null && _calm is null && _health is null) return due;

            var left = _pacedOnce ? _every - _time.GetElapsedTime(_paced) : TimeSpan.Zero;
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
                return due;
            }

            if (_calm is not null) due.Add(_calm);
            if (_tally is not null) due.Add(_tally);
            if (_health is not null) due.Add(_health);
            (_calm, _tally, _health) = (null, null, null);
            (_paced, _pacedOnce) = (_time.GetTimestamp(), true);
        }

        if (due.Count > 1) due.Sort(static (a, b) => a.Seq.CompareTo(b.Seq));
        return due;
    }

    /// <summary>In portions: a receipt never waits for a whole hall's tallies.</summary>
    private async ValueTask Broadcast(Push push)
    {
        var started = _time.GetTimestamp();
        var members = Members();
        for (var i = 0; i < members.Length; i++)
        {
            members[i].Offer(push);
            if (i % Portion == Portion - 1) await Task.Yield();
        }

        _meter.Pushed(push.Kind.ToString(), members.Length, _time.GetElapsedTime(started));
    }

    private Recipient[] Members()
    {
        lock (_gate) return _snapshot ??= [.. _members];
    }
}

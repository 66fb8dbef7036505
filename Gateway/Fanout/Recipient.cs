using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>Where a recipient's messages go.</summary>
internal interface IPushTarget
{
    /// <summary>Writes; completes once the transport took it.</summary>
    ValueTask Write(SerializedHubMessage message);

    /// <summary>Gives the connection up.</summary>
    void Abort();
}

/// <summary>
/// One connection at the end of the fan-out. It has at most one write under way; what comes meanwhile waits in one slot
/// a kind, and a newer push replaces the waiting one. A connection whose write hangs is given up.
/// </summary>
internal sealed class Recipient(IPushTarget target, TimeSpan patience, GatewayMeter meter, TimeProvider time)
{
    private static readonly int Kinds = Enum.GetValues<PushKind>().Length;

    /// <summary>How long a client that was asked to close may take, a slow network included.</summary>
    private static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(3);

    /// <summary>SignalR's own request to close and not to come back by itself.</summary>
    private static readonly SerializedHubMessage Close = new(new CloseMessage(error: null));
    private readonly Lock _gate = new();
    private readonly Push?[] _waiting = new Push?[Kinds];
    private bool _writing;
    private bool _gone;
    private long _since;

    /// <summary>Whether its last write is still pending.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_gate) return _writing && !_gone;
        }
    }

    /// <summary>Writes the push now, or as soon as the write under way is done. Never blocks.</summary>
    public void Offer(Push push)
    {
        lock (_gate)
        {
            if (_gone) return;
            if (_writing)
            {
                ref var slot = ref _waiting[(int)push.Kind];
                if (slot is not null) meter.Conflated();
                slot = push;
                return;
            }

            _writing = true;
            _since = time.GetTimestamp();
        }

        Send(push);
    }

    /// <summary>
    /// Writes a last message, asks the client to close, and ends the connection when it has not after a while: what ends it
    /// at once takes the message with it. Nothing else is pushed any more.
    /// </summary>
    public void Dismiss(Push goodbye)
    {
        lock (_gate)
        {
            if (_gone) return;
            _gone = true;
        }

        _ = Part(goodbye);
    }

    private async Task Part(Push goodbye)
    {
        try
        {
            await Said().WaitAsync(patience, time);
            await Task.Delay(ClosesWithin, time);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            // It is going either way.
        }

        async Task Said()
        {
            await target.Write(goodbye.Message);
            await target.Write(Close);
        }

        target.Abort();
    }

    /// <summary>Gives the connection up if its write has hung for longer than patience allows. Call it now and then.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            if (_gone || !_writing || time.GetElapsedTime(_since) < patience) return;
            _gone = true;
        }

        meter.Aborted();
        target.Abort();
    }

    private void Send(Push first)
    {
        for (var push = first; push is not null; push = Next())
        {
            var write = target.Write(push.Message);
            if (write.IsCompletedSuccessfully) continue;
            _ = Finish(write);
            return;
        }
    }

    private async Task Finish(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            lock (_gate) _gone = true;
            return;
        }

        if (Next() is { } push) Send(push);
    }

    /// <summary>The oldest of what waits, or <see langword="null"/> and the recipient is free.</summary>
    private Push? Next()
    {
        lock (_gate)
        {
            var oldest = -1;
            for (var kind = 0; kind < Kinds && !_gone; kind++)
            {
                if (_waiting[kind] is { } push && (oldest < 0 || push.Seq < _waiting[oldest]!.Seq)) oldest = kind;
            }

            if (oldest < 0)
            {
                _writing = false;
                return null;
            }

            var next = _waiting[oldest];
            _waiting[oldest] = null;
            _since = time.GetTimestamp();
            return next;
        }
    }
}

using System.Net.Sockets;

namespace Orleans.Story.Gateway.Lines;

/// <summary>
/// The way out to one phone. A frame goes straight into the socket's own buffer, in the caller's turn; only what does not
/// fit there waits. Bounded: when more waits than a stage or two, the phone does not read, and the connection is given up.
/// </summary>
/// <param name="socket">The connection's socket when nobody else writes to it and nothing lies between (no TLS), else <see langword="null"/>.</param>
/// <param name="stream">Where frames go without a socket.</param>
/// <param name="most">Bytes that may wait.</param>
/// <param name="abort">Gives the connection up; true when the phone does not read, false when the network failed.</param>
internal sealed class LineOut(Socket? socket, Stream stream, int most, Action<bool> abort)
{
    private readonly Lock _gate = new();
    private byte[] _waiting = [];
    private int _waits;
    private Task _draining = Task.CompletedTask;
    private bool _over;
    private bool _wrote;

    /// <summary>Whether something was written since this was last asked.</summary>
    public bool TakeWrote()
    {
        lock (_gate)
        {
            var wrote = _wrote;
            _wrote = false;
            return wrote;
        }
    }

    /// <summary>Writes a frame whole for whoever does not care when. Never blocks and never fails.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        var write = Write(frame);
        if (!write.IsCompletedSuccessfully) _ = write.AsTask();
    }

    /// <summary>Writes a frame whole; the task ends once the operating system took it. Never blocks and never fails.</summary>
    public ValueTask Write(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_over) return ValueTask.CompletedTask;
            _wrote = true;
            if (_draining.IsCompleted)
            {
                var sent = SendNow(frame);
                if (sent == frame.Length || _over) return ValueTask.CompletedTask;
                Keep(frame[sent..]);
                _draining = Drain();
            }
            else if (_waits + frame.Length > most)
            {
                End(isDeaf: true);
                return ValueTask.CompletedTask;
            }
            else
            {
                Keep(frame);
            }

            return new ValueTask(_draining);
        }
    }

    /// <summary>Writes nothing more.</summary>
    public void Stop()
    {
        lock (_gate) _over = true;
    }

    private int SendNow(ReadOnlySpan<byte> frame)
    {
        if (socket is null) return 0;
        try
        {
            var sent = socket.Send(frame, SocketFlags.None, out var error);
            if (error is SocketError.Success) return sent;
            if (error is SocketError.WouldBlock or SocketError.TryAgain) return 0;
        }
        catch (ObjectDisposedException)
        {
            // Gone already.
        }

        End(isDeaf: false);
        return 0;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_waiting.Length < _waits + bytes.Length) Array.Resize(ref _waiting, Math.Max(1024, 2 * (_waits + bytes.Length)));
        bytes.CopyTo(_waiting.AsSpan(_waits));
        _waits += bytes.Length;
    }

    private async Task Drain()
    {
        // Out of the caller's lock first.
        await Task.Yield();
        while (true)
        {
            byte[] bytes;
            lock (_gate)
            {
                if (_waits == 0 || _over)
                {
                    _waiting = [];
                    // Under the lock: whoever comes next sees either a drain that will take its frame, or none.
                    _draining = Task.CompletedTask;
                    return;
                }

                bytes = _waiting[.._waits];
                _waits = 0;
            }

            try
            {
                if (socket is null)
                {
                    await stream.WriteAsync(bytes);
                    await stream.FlushAsync();
                    continue;
                }

                for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent));
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                lock (_gate) End(isDeaf: false);
            }
        }
    }

    private void End(bool isDeaf)
    {
        if (_over) return;
        _over = true;
        // Whoever listens to the end may want this lock's frames answered; it runs elsewhere.
        ThreadPool.UnsafeQueueUserWorkItem(static end => end.abort(end.isDeaf), (abort, isDeaf), preferLocal: false);
    }
}

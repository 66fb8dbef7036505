using System.Net;
using System.Net.Sockets;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>
/// A loopback port that leads to the first of several places that answers, the next one first each time: the proxy before two
/// gateways, or the cable between a silo and its database or the other silos, which can be cut or swallow what is sent through it.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly EndPoint[] _targets;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly HashSet<Line> _lines = [];
    private CancellationTokenSource _connected = new();
    private int _next;
    private volatile bool _isCut;
    private TaskCompletionSource _open = Opened();
    private Func<IPEndPoint, bool> _isSwallowed = _ => false;

    public Relay(int port, params EndPoint[] targets)
    {
        _targets = targets;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends every connection and takes no other until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        Interlocked.Exchange(ref _connected, new CancellationTokenSource()).Cancel();
    }

    /// <summary>
    /// Takes everything and hands nothing on until <see cref="Mend"/>, and closes nothing: a firewall that drops packets, or a switch
    /// that died. What was sent meanwhile arrives late, as it does when TCP sends it again.
    /// </summary>
    /// <param name="whose">Says of a connection's near end whether it is meant; all are when left out.</param>
    public void Swallow(Func<IPEndPoint, bool>? whose = null)
    {
        lock (_gate)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isSwallowed = whose ?? (_ => true);
            foreach (var line in _lines) line.IsSwallowed = _isSwallowed(line.From);
        }
    }

    /// <summary>Lets connections, and what they carry, through again.</summary>
    public void Mend()
    {
        TaskCompletionSource closed;
        lock (_gate)
        {
            _isCut = false;
            _isSwallowed = _ => false;
            foreach (var line in _lines) line.IsSwallowed = false;
            (closed, _open) = (_open, Opened());
        }

        closed.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _over.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Carry(await _listener.AcceptSocketAsync(_over.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task Carry(Socket near)
    {
        var stop = _connected.Token;
        using var _ = near;
        if (_isCut) return;
        var line = new Line((IPEndPoint)near.RemoteEndPoint!);
        lock (_gate)
        {
            _lines.Add(line);
            line.IsSwallowed = _isSwallowed(line.From);
        }

        try
        {
            await Opens(line, stop);
            using var far = await Reach(stop);
            if (far is null) return;
            near.NoDelay = true;
            if (far.AddressFamily != AddressFamily.Unix) far.NoDelay = true;
            await Task.WhenAny(Pump(line, near, far, stop), Pump(line, far, near, stop));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever was connected sees it closed.
        }
        finally
        {
            lock (_gate) _lines.Remove(line);
        }
    }

    private async Task<Socket?> Reach(CancellationToken stop)
    {
        var first = Interlocked.Increment(ref _next);
        for (var i = 0; i < _targets.Length; i++)
        {
            var target = _targets[(first + i) % _targets.Length];
            var socket = target is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(target, stop);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    /// <summary>Waits while what goes through it is swallowed.</summary>
    private async Task Opens(Line line, CancellationToken stop)
    {
        while (true)
        {
            Task open;
            lock (_gate)
            {
                if (!line.IsSwallowed) return;
                open = _open.Task;
            }

            await open.WaitAsync(stop);
        }
    }

    private async Task Pump(Line line, Socket from, Socket to, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(), stop);
            await Opens(line, stop);
            if (read == 0) return;
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop);
        }
    }

    /// <summary>A connection that goes through it.</summary>
    /// <param name="from">Its near end.</param>
    private sealed class Line(IPEndPoint from)
    {
        public IPEndPoint From => from;

        public bool IsSwallowed { get; set; }
    }
}

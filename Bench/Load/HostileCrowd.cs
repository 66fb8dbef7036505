using System.Diagnostics;
using System.Net;
using System.Text;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// Fifty attackers with real seats: ten flood ballots, ten never read what they are sent, the rest connect, send something
/// that is no frame or nothing at all, and vanish, a hundred times a second together. Acts between "go" and "rest".
/// </summary>
internal sealed class HostileCrowd(LoadPlan plan, StoryWire wire) : IDisposable
{
    private const int Flooders = 10;
    private const int SlowReaders = 10;
    private const int Visitors = 30;
    private const int SmallBuffer = 2048;

    private static readonly byte[][] Malformed =
    [
        "{\"type\":1,\"target\":\"Cast\"\u001e"u8.ToArray(),
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Cast\",\"arguments\":[[[[[[[[[[]]]]]]]]]]}\u001e"u8.ToArray(),
        "not json at all\u001e"u8.ToArray(),
        Encoding.UTF8.GetBytes("{\"type\":1,\"target\":\"Now\",\"arguments\":[\"" + new string('a', 900) + "\"]}"),
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Cast\",\"arguments\":[{\"round\":-2147483648,\"choice\":[99999999999],\"n\":-1}]}\u001e"u8.ToArray(),
        [0, 255, 254, 0x1e],
    ];

    private readonly IPEndPoint _server = new(IPAddress.Loopback, plan.Port);
    private readonly SignalRWire _wire = wire;
    private readonly List<string> _tickets = [];
    private readonly List<Link> _slow = [];
    private readonly List<Link> _floods = [];
    private long _connections;
    private long _frames;

    /// <summary>Takes fifty seats, as anyone may.</summary>
    public async Task Arrive(CancellationToken stop)
    {
        for (var i = 0; i < Flooders + SlowReaders + Visitors; i++) _tickets.Add(await wire.Join(_server, stop));
    }

    /// <summary>Attacks until told to rest.</summary>
    public async Task<LoadNews> Attack(CancellationToken rest)
    {
        (_connections, _frames) = (0, 0);
        try
        {
            for (var i = 0; i < SlowReaders; i++) _slow.Add(await Open(Flooders + i, SmallBuffer, rest));
            await Task.WhenAll(Flood(rest), Reconnect(rest));
        }
        catch (OperationCanceledException)
        {
            // Told to rest.
        }

        Dispose();
        return new LoadNews { What = "hostile", Connections = _connections, Frames = _frames };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var link in _slow.Concat(_floods)) link.Dispose();
        _slow.Clear();
        _floods.Clear();
    }

    private async Task<Link> Open(int attacker, int receiveBuffer, CancellationToken stop)
    {
        var link = new Link(attacker + 1);
        await link.Connect(_server, _tickets[attacker], receiveBuffer, stop);
        link.SendText("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
        _connections++;
        return link;
    }

    private async Task Flood(CancellationToken rest)
    {
        var began = Stopwatch.StartNew();
        for (var sent = 0L; ;)
        {
            var due = (long)(began.Elapsed.TotalSeconds * plan.Flood);
            for (; sent < due; sent++)
            {
                var i = (int)(sent % Flooders);
                while (_floods.Count <= i) _floods.Add(await Flooder(_floods.Count, rest));
                if (_floods[i].IsClosed)
                {
                    _floods[i].Dispose();
                    _floods[i] = await Flooder(i, rest);
                }

                _wire.Cast(_floods[i], (int)(sent % 3), (int)(sent % 5), (int)(1 + (sent / Flooders)));
                _frames++;
            }

            await Task.Delay(5, rest);
        }
    }

    private async Task<Link> Flooder(int i, CancellationToken rest)
    {
        var link = await Open(i, 0, rest);
        _ = link.Receive(static (_, _) => { });
        return link;
    }

    private async Task Reconnect(CancellationToken rest)
    {
        var began = Stopwatch.StartNew();
        for (var made = 0L; ;)
        {
            var due = (long)(began.Elapsed.TotalSeconds * plan.Reconnects);
            for (; made < due; made++)
            {
                try
                {
                    using var link = await Open(Flooders + SlowReaders + (int)(made % Visitors), 0, rest);
                    if (made % 2 == 0) link.SendText(Malformed[(int)(made / 2 % Malformed.Length)]);
                    else link.SendRaw([0x81, 0xFE]);
                    _frames++;
                }
                catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
                {
                    // Turned away, which is what should happen.
                }
            }

            await Task.Delay(5, rest);
        }
    }
}

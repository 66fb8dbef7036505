using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A WebSocket that has shaken hands with the audience hub and otherwise keeps no rules.</summary>
internal sealed class RawPhone(ClientWebSocket socket) : IDisposable
{
    private readonly StringBuilder _heard = new();

    public static async Task<RawPhone> Connect(Hall hall, int seat = 1, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        configure?.Invoke(socket.Options);
        var ticket = hall.Tickets.Issue(new ViewerTicket(hall.Session, seat, ViewerId.New())).Ticket;
        await socket.ConnectAsync(new UriBuilder(hall.Address) { Scheme = "ws", Path = "/hubs/audience", Query = "access_token=" + ticket }.Uri, CancellationToken.None);
        var phone = new RawPhone(socket);
        await phone.Say("{\"protocol\":\"json\",\"version\":1}\u001e");
        var answer = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(answer.AsMemory(), CancellationToken.None);
        phone._heard.Append(Encoding.UTF8.GetString(answer, 0, read.Count));
        phone._heard.ToString().ShouldStartWith("{}");
        return phone;
    }

    public Task Say(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Reads until the server closes or drops the connection; the answer is everything it said.</summary>
    public async Task<string> UntilClosed()
    {
        using var patience = new CancellationTokenSource(Hall.Patience);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), patience.Token) is { MessageType: not WebSocketMessageType.Close } read)
            {
                _heard.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }
        }
        catch (WebSocketException)
        {
            // Dropped without a word, which is closed too.
        }

        return _heard.ToString();
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>Adds up one counter of one hall's gateway.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _total;

    public Counted(Hall hall, string instrument)
    {
        var factory = hall.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, factory)) listener.EnableMeasurementEvents(published);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _total, value));
        _ = hall.Services.GetRequiredService<GatewayMeter>();
        _listener.Start();
    }

    public long Total => Interlocked.Read(ref _total);

    public void Dispose() => _listener.Dispose();
}

/// <summary>A clock that stands still while timers run as ever.</summary>
internal sealed class FrozenClock : TimeProvider
{
    public const long Ms = 1_768_680_000_000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Ms);
}

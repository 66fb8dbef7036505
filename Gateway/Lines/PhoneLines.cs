using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Gateway.Lines;

/// <summary>
/// All phones on the line. One clock for all keeps them alive and gives up who is silent; a process that stops hangs up
/// once everyone has a receipt. Why phones have a line of their own beside SignalR: docs/design/10-phone-lines.md.
/// </summary>
internal sealed class PhoneLines : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastReceipts = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<PhoneLine, bool> _lines = new();
    private readonly SessionFeeds _feeds;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Nobody yet.</summary>
    public PhoneLines(
        SessionFeeds feeds, Allowances allowances, IHubProtocol protocol, GatewayOptions options, TimeProvider time, IHostApplicationLifetime lifetime,
        ILogger<PhoneLine> log)
    {
        (_feeds, _time) = (feeds, time);
        (Allowances, Protocol, Options, Log) = (allowances, protocol, options, log);
        Ping = WebSocketFrame.Make(WebSocketFrame.Text, protocol.GetMessageBytes(PingMessage.Instance).Span);
        _timer = time.CreateTimer(static lines => ((PhoneLines)lines!).Sweep(), this, Tick, Tick);
        lifetime.ApplicationStopping.Register(() => _ = HangUp());
    }

    /// <summary>The methods of the hub behind the line.</summary>
    public LineMethods Methods { get; } = new(typeof(AudienceHub));

    /// <summary>Every seat's pace.</summary>
    public Allowances Allowances { get; }

    /// <summary>What is spoken; the same as on every other hub.</summary>
    public IHubProtocol Protocol { get; }

    /// <summary>How long a phone may be silent.</summary>
    public GatewayOptions Options { get; }

    /// <summary>For trouble.</summary>
    public ILogger Log { get; }

    /// <summary>A ping as a frame.</summary>
    public byte[] Ping { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _time;

    /// <summary>A line is open from now on.</summary>
    public void Add(PhoneLine line) => _lines.TryAdd(line, true);

    /// <summary>A line has ended.</summary>
    public void Remove(PhoneLine line) => _lines.TryRemove(line, out _);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Sweep()
    {
        foreach (var (line, _) in _lines) line.Sweep();
    }

    private async Task HangUp()
    {
        await Task.WhenAny(_feeds.Drain(), Task.Delay(LastReceipts, _time));
        foreach (var (line, _) in _lines) line.HangUp();
    }
}

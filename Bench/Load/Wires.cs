using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Orleans.Story.Bench.Load;

/// <summary>What became of a ballot.</summary>
internal enum Fate
{
    /// <summary>Counted (a peer's: it said so).</summary>
    Counted,

    /// <summary>To send again.</summary>
    Busy,

    /// <summary>Another one stands.</summary>
    Stale,

    /// <summary>The round is over.</summary>
    Closed,

    /// <summary>Not even looked at.</summary>
    Refused,
}

/// <summary>An answer to a ballot.</summary>
/// <param name="Id">The number the ballot was sent under.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="N">The number that stands; a coalesced ballot's is its successor's.</param>
/// <param name="Choice">The option that stands, or -1 where the answer does not say.</param>
internal readonly record struct Ack(int Id, Fate Fate, int N, int Choice);

/// <summary>Hears what the wire understood.</summary>
internal interface IWireEvents
{
    /// <summary>A ballot was answered.</summary>
    void Acked(Link link, in Ack ack);

    /// <summary>A tally came; -1 where the wire carries no round.</summary>
    void Tallied(Link link, int round, int voters);

    /// <summary>A stage came, as JSON; only the first phone is told.</summary>
    void Staged(Link link, ReadOnlySpan<byte> json);
}

/// <summary>How a server is spoken to. Reads only what a measurement needs.</summary>
internal interface IWire
{
    /// <summary>Connects a phone and brings it to where it may vote.</summary>
    Task<Link> Connect(int index, IPEndPoint server, CancellationToken stop);

    /// <summary>Sends a ballot.</summary>
    void Cast(Link link, int round, int option, int n);

    /// <summary>Sends whatever keeps the connection from lapsing, if the client must.</summary>
    void KeepAlive(Link link);

    /// <summary>Reads one message.</summary>
    void Read(Link link, ReadOnlySpan<byte> message, IWireEvents events);
}

/// <summary>SignalR's JSON: our hubs and the bare one.</summary>
internal abstract class SignalRWire : IWire
{
    private const byte End = 0x1e;
    private static readonly byte[] Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();
    private static readonly byte[] PingRecord = "{\"type\":6}\u001e"u8.ToArray();

    /// <inheritdoc/>
    public virtual async Task<Link> Connect(int index, IPEndPoint server, CancellationToken stop)
    {
        var link = new Link(index);
        await link.Connect(server, await Path(index, server, stop), 0, stop);
        link.SendText(Handshake);
        return link;
    }

    /// <inheritdoc/>
    public void Cast(Link link, int round, int option, int n)
    {
        Span<byte> text = stackalloc byte[160];
        var at = Append(text, 0, "{\"type\":1,\"invocationId\":\""u8);
        at = Append(text, at, n);
        at = Append(text, at, "\",\"target\":\"Cast\",\"arguments\":[{\"round\":"u8);
        at = Append(text, at, round);
        at = Append(text, at, ",\"choice\":["u8);
        at = Append(text, at, option);
        at = Append(text, at, "],\"n\":"u8);
        at = Append(text, at, n);
        at = Append(text, at, "}]}\u001e"u8);
        link.SendText(text[..at]);
    }

    /// <inheritdoc/>
    public void KeepAlive(Link link) => link.SendText(PingRecord);

    /// <inheritdoc/>
    public void Read(Link link, ReadOnlySpan<byte> message, IWireEvents events)
    {
        while (!message.IsEmpty)
        {
            var end = message.IndexOf(End);
            var record = end < 0 ? message : message[..end];
            message = end < 0 ? [] : message[(end + 1)..];
            if (record.StartsWith("{\"type\":3,\"invocationId\":\""u8)) Answer(link, record[26..], events);
            else if (record.StartsWith("{\"type\":1,\"target\":\"tally\""u8)) events.Tallied(link, Scan.Number(record, "\"round\":"u8), Scan.Number(record, "\"voters\":"u8));
            else if (link.Index == 0 && record.StartsWith("{\"type\":1,\"target\":\"stage\",\"arguments\":["u8)) events.Staged(link, record[40..^2]);
        }
    }

    /// <summary>Where this phone connects.</summary>
    protected abstract ValueTask<string> Path(int index, IPEndPoint server, CancellationToken stop);

    private static void Answer(Link link, ReadOnlySpan<byte> record, IWireEvents events)
    {
        if (!Utf8Parser.TryParse(record, out int id, out _)) return;
        var status = record.IndexOf("\"status\":\""u8);
        if (status < 0)
        {
            events.Acked(link, new Ack(id, Fate.Refused, 0, -1));
            return;
        }

        var fate = record[status + 10] switch
        {
            (byte)'C' when record[status + 11] == (byte)'o' => Fate.Counted,
            (byte)'C' => Fate.Closed,
            (byte)'B' => Fate.Busy,
            (byte)'S' => Fate.Stale,
            _ => Fate.Refused,
        };
        events.Acked(link, new Ack(id, fate, Scan.Number(record, "\"n\":"u8), Scan.Number(record, "\"choice\":\""u8)));
    }

    private static int Append(Span<byte> to, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to[at..]);
        return at + text.Length;
    }

    private static int Append(Span<byte> to, int at, int number)
    {
        Utf8Formatter.TryFormat(number, to[at..], out var written);
        return at + written;
    }
}

/// <summary>Ours: a seat from the real API, the real hub, and what a page asks when it connects.</summary>
internal sealed class StoryWire(HttpClient http, string joinCode) : SignalRWire
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> _paths = new();

    private static readonly byte[] Now = "{\"type\":1,\"invocationId\":\"now\",\"target\":\"Now\",\"arguments\":[]}\u001e"u8.ToArray();

    /// <summary>Joins as a new device; answers the path of the hub with its ticket.</summary>
    public async ValueTask<string> Join(IPEndPoint server, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri($"http://{server}/api/join"), new { code = joinCode, language = "en" }, stop);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"No seat: {json}");
        return "/hubs/audience?access_token=" + Uri.EscapeDataString(json.GetProperty("ticket").GetString()!);
    }

    /// <inheritdoc/>
    public override async Task<Link> Connect(int index, IPEndPoint server, CancellationToken stop)
    {
        var link = await base.Connect(index, server, stop);
        link.SendText(Now);
        for (var i = 0; i < 5; i++)
        {
            link.SendText(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{{\"type\":1,\"invocationId\":\"clock{i}\",\"target\":\"Clock\",\"arguments\":[{i}]}}\u001e")));
        }

        return link;
    }

    /// <inheritdoc/>
    protected override async ValueTask<string> Path(int index, IPEndPoint server, CancellationToken stop) =>
        // Who was here before has a ticket.
        _paths.TryGetValue(index, out var path) ? path : _paths[index] = await Join(server, stop);
}

/// <summary>The bare hub: the seat is what the phone says it is.</summary>
internal sealed class BareHubWire : SignalRWire
{
    /// <inheritdoc/>
    protected override ValueTask<string> Path(int index, IPEndPoint server, CancellationToken stop) =>
        new(string.Create(CultureInfo.InvariantCulture, $"/hub?seat={index + 1}"));
}

/// <summary>Engine.IO 4 and Socket.IO 5 over WebSocket, as text.</summary>
internal sealed class SocketIoWire : IWire
{
    /// <inheritdoc/>
    public async Task<Link> Connect(int index, IPEndPoint server, CancellationToken stop)
    {
        var link = new Link(index);
        await link.Connect(server, string.Create(CultureInfo.InvariantCulture, $"/socket.io/?EIO=4&transport=websocket&seat={index + 1}"), 0, stop);
        link.SendText("40"u8);
        return link;
    }

    /// <inheritdoc/>
    public void Cast(Link link, int round, int option, int n) => link.SendText(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"42{n}[\"cast\",{{\"round\":{round},\"choice\":[{option}],\"n\":{n}}}]")));

    /// <inheritdoc/>
    public void KeepAlive(Link link)
    {
        // The server asks.
    }

    /// <inheritdoc/>
    public void Read(Link link, ReadOnlySpan<byte> message, IWireEvents events)
    {
        if (message.StartsWith("43"u8))
        {
            if (Utf8Parser.TryParse(message[2..], out int n, out _)) events.Acked(link, new Ack(n, Fate.Counted, n, -1));
        }
        else if (message.StartsWith("42[\"tally\""u8))
        {
            events.Tallied(link, -1, Scan.Number(message, "\"voters\":"u8));
        }
        else if (message is [(byte)'2'])
        {
            link.SendText("3"u8);
        }
    }
}

/// <summary>Colyseus 0.18: a seat by matchmaking, MessagePack in binary frames.</summary>
internal sealed class ColyseusWire(HttpClient http) : IWire
{
    private const byte JoinRoom = 10;
    private const byte RoomData = 13;
    private static readonly byte[] CastFrame =
        [RoomData, 0xa4, .. "cast"u8, 0x83, 0xa5, .. "round"u8, 0, 0xa6, .. "choice"u8, 0x91, 0, 0xa1, (byte)'n', 0xce, 0, 0, 0, 0];

    private static readonly byte[] AckHead = [RoomData, 0xa3, .. "ack"u8];
    private static readonly byte[] TallyHead = [RoomData, 0xa5, .. "tally"u8];

    /// <inheritdoc/>
    public async Task<Link> Connect(int index, IPEndPoint server, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri($"http://{server}/matchmake/joinOrCreate/hall"), new { seat = index + 1 }, stop);
        var seat = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"No seat: {seat}");
        var link = new Link(index);
        await link.Connect(
            server, $"/{seat.GetProperty("processId").GetString()}/{seat.GetProperty("roomId").GetString()}?sessionId={seat.GetProperty("sessionId").GetString()}", 0, stop);
        return link;
    }

    /// <inheritdoc/>
    public void Cast(Link link, int round, int option, int n)
    {
        Span<byte> frame = stackalloc byte[CastFrame.Length];
        CastFrame.CopyTo(frame);
        frame[^17] = (byte)round;
        frame[^8] = (byte)option;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame[^4..], n);
        link.SendBinary(frame);
    }

    /// <inheritdoc/>
    public void KeepAlive(Link link)
    {
        // The server asks, with WebSocket pings.
    }

    /// <inheritdoc/>
    public void Read(Link link, ReadOnlySpan<byte> message, IWireEvents events)
    {
        if (message.StartsWith(AckHead))
        {
            var n = Scan.MessagePackNumber(message, "n"u8);
            events.Acked(link, new Ack(n, Fate.Counted, n, -1));
        }
        else if (message.StartsWith(TallyHead))
        {
            events.Tallied(link, -1, Scan.MessagePackNumber(message, "voters"u8));
        }
        else if (message is [JoinRoom, ..])
        {
            link.SendBinary([JoinRoom]);
        }
    }
}

/// <summary>Finds one number without reading the rest.</summary>
internal static class Scan
{
    /// <summary>The number after a key in JSON, or -1.</summary>
    public static int Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var at = json.IndexOf(key);
        return at >= 0 && Utf8Parser.TryParse(json[(at + key.Length)..], out int value, out _) ? value : -1;
    }

    /// <summary>The unsigned number after a short string key in MessagePack, or -1.</summary>
    public static int MessagePackNumber(ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        Span<byte> wanted = stackalloc byte[key.Length + 1];
        wanted[0] = (byte)(0xa0 | key.Length);
        key.CopyTo(wanted[1..]);
        var at = message.IndexOf(wanted);
        if (at < 0) return -1;
        var value = message[(at + wanted.Length)..];
        return value[0] switch
        {
            < 0x80 => value[0],
            0xcc => value[1],
            0xcd => System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(value[1..]),
            0xce => (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value[1..]),
            _ => -1,
        };
    }
}

using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>A WebSocket at one of the hubs that keeps no rules, and everything the server said to it.</summary>
internal sealed class Guest : IDisposable
{
    public const char End = '\u001e';
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
    private readonly ClientWebSocket socket;
    private readonly StringBuilder heard = new();
    private readonly CancellationTokenSource hangUp = new();
    private Task listening = Task.CompletedTask;

    private Guest(ClientWebSocket socket) => this.socket = socket;

    /// <summary>Everything that came, as it came.</summary>
    public string Heard
    {
        get
        {
            lock (heard) return heard.ToString();
        }
    }

    public bool IsClosed => listening.IsCompleted;

    public static async Task<Guest> Connect(Uri server, string hub, string? ticket, string? cookie = null)
    {
        var opened = new ClientWebSocket();
        if (cookie is not null) opened.Options.SetRequestHeader("Cookie", cookie);
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/hubs/" + hub };
        if (ticket is not null) address.Query = "access_token=" + ticket;
        await opened.ConnectAsync(address.Uri, CancellationToken.None).WaitAsync(Wait.Patience);
        return new Guest(opened);
    }

    /// <summary>Takes a seat by right and connects.</summary>
    public static async Task<(Guest Guest, JoinAnswer Seat)> Join(PlayingHall hall)
    {
        var seat = await Seat(hall);
        return (await Connect(hall.Address, "audience", seat.Ticket), seat);
    }

    /// <summary>Takes a seat by right.</summary>
    public static async Task<JoinAnswer> Seat(PlayingHall hall)
    {
        using var answer = await hall.Http.PostAsJsonAsync("/api/join", new JoinRequest(hall.Session.JoinCode, null, "en"), Json.Options);
        answer.EnsureSuccessStatusCode();
        hall.Witness.Admit();
        return (await answer.Content.ReadFromJsonAsync<JoinAnswer>(Json.Options))!;
    }

    public async Task Shake()
    {
        Listen();
        await Say(Handshake);
        await Wait.For("the handshake", () => IsClosed || Heard.Contains(End));
        Heard.ShouldStartWith("{}" + End);
    }

    /// <summary>Begins to read; without it this guest is one that never does.</summary>
    public void Listen() => listening = Task.Run(Receive);

    public Task Say(string frame, bool last = true) => Send(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, last);

    public async Task Send(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool last = true)
    {
        try
        {
            await socket.SendAsync(bytes, type, last, hangUp.Token).AsTask().WaitAsync(Wait.Patience);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            // Closed while it was being sent to, which the case sees for itself.
        }
    }

    /// <summary>The answers to calls, in the order they came.</summary>
    public IReadOnlyList<JsonElement> Completions() =>
        [.. Heard.Split(End, StringSplitOptions.RemoveEmptyEntries)
            .Where(record => record.StartsWith("{\"type\":3", StringComparison.Ordinal))
            .Select(record => JsonSerializer.Deserialize<JsonElement>(record))];

    /// <summary>Calls something innocent and waits for the answer, or the end.</summary>
    public async Task Barrier(string id)
    {
        await Say($"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"Clock\",\"arguments\":[1]}}{End}");
        await Wait.For("the answer to a clock", () => IsClosed || Completions().Any(one => Id(one) == id));
    }

    public static string? Id(JsonElement completion) => completion.TryGetProperty("invocationId", out var id) ? id.GetString() : null;

    public Task Closed(string what) => Wait.For(what, () => IsClosed);

    public void Dispose()
    {
        hangUp.Cancel();
        socket.Abort();
        socket.Dispose();
        hangUp.Dispose();
    }

    private async Task Receive()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(), hangUp.Token);
                if (result.MessageType == WebSocketMessageType.Close) return;
                lock (heard) heard.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Dropped without a word, which is closed too.
        }
    }
}

using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Orleans.Story.Bench.Halls;

/// <summary>The operator's console, open during the show as it would be: it gets every push and gives commands.</summary>
internal sealed class Operator : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly string _session;
    private readonly CancellationTokenSource _over = new();
    private TaskCompletionSource<JsonElement> _answer = new();
    private Task _reading = Task.CompletedTask;
    private int _asked;

    private Operator(string session) => _session = session;

    /// <summary>Connects and watches the session.</summary>
    public static async Task<Operator> Open(Uri hub, CookieContainer cookies, string session, CancellationToken stop)
    {
        var console = new Operator(session);
        console._socket.Options.Cookies = cookies;
        console._socket.Options.Proxy = null;
        await console._socket.ConnectAsync(hub, stop);
        await console.Send("{\"protocol\":\"json\",\"version\":1}", stop);
        console._reading = console.Read();
        await console.Ask("Watch", new { session }, stop);
        return console;
    }

    /// <summary>Gives a command.</summary>
    /// <exception cref="IOException">It was refused.</exception>
    public async Task Command(string action, CancellationToken stop)
    {
        var answer = await Ask("Operate", new { session = _session, action, reason = "bench", seconds = 0, shift = false }, stop);
        if (answer.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.Object) throw new IOException($"{action}: {refusal}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        _socket.Dispose();
        _over.Dispose();
    }

    private async Task<JsonElement> Ask(string method, object argument, CancellationToken stop)
    {
        _answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = $"{++_asked}", target = method, arguments = new[] { argument } }), stop);
        return await _answer.Task.WaitAsync(TimeSpan.FromSeconds(10), stop);
    }

    private Task Send(string record, CancellationToken stop) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(record + "\u001e"), WebSocketMessageType.Text, true, stop);

    private async Task Read()
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (!_over.IsCancellationRequested)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(filled), _over.Token);
                if (got.MessageType == WebSocketMessageType.Close) return;
                filled += got.Count;
                int end;
                while ((end = buffer.AsSpan(0, filled).IndexOf((byte)0x1e)) >= 0)
                {
                    Take(buffer.AsSpan(0, end));
                    buffer.AsSpan(end + 1, filled - end - 1).CopyTo(buffer);
                    filled -= end + 1;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Closed.
        }
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        if (!record.StartsWith("{\"type\":3"u8)) return;
        var reader = new Utf8JsonReader(record);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.TryGetProperty("error", out var error)) _answer.TrySetException(new IOException(error.GetString()));
        else _answer.TrySetResult(document.RootElement.GetProperty("result").Clone());
    }
}

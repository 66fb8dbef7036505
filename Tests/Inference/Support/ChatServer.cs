using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Story.Tests.Inference.Support;

/// <summary>
/// A model server on loopback that speaks the OpenAI chat protocol over real HTTP, server-sent events included. What it
/// says, and how it misbehaves, is the test's.
/// </summary>
public sealed class ChatServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly WebApplication app;
    private bool gone;

    private ChatServer(WebApplication app, Uri url) => (this.app, Url) = (app, url);

    /// <summary>Base address up to and including <c>/v1</c>.</summary>
    public Uri Url { get; }

    /// <summary>Every request, in order.</summary>
    public ConcurrentQueue<ChatRequest> Requests { get; } = new();

    /// <summary>Answers a request; replace it to misbehave.</summary>
    public Func<ChatRequest, HttpContext, Task> Answer { get; set; } = (request, http) => SayAsync(http, Parrot.Answer(request));

    public static async Task<ChatServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        ChatServer? server = null;
        built.MapPost("/v1/chat/completions", (HttpContext http) => server!.HandleAsync(http));
        await built.StartAsync();
        return server = new ChatServer(built, new Uri(built.Urls.First() + "/v1"));
    }

    /// <summary>Streams an answer in pieces of a few letters, with a usage at the end, as servers do.</summary>
    public static async Task SayAsync(HttpContext http, string words, string? finish = "stop", bool ends = true, JsonObject? usage = null)
    {
        await BeginAsync(http);
        for (var at = 0; at < words.Length; at += 24) await ChunkAsync(http, words.Substring(at, Math.Min(24, words.Length - at)));
        await FinishAsync(http, finish, ends, usage);
    }

    /// <summary>Ends an answer: why it ends, what it took, and that nothing comes after.</summary>
    public static async Task FinishAsync(HttpContext http, string? finish = "stop", bool ends = true, JsonObject? usage = null)
    {
        if (finish is not null) await EventAsync(http, new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = finish }) });
        usage ??= new JsonObject { ["prompt_tokens"] = 1200, ["completion_tokens"] = 300, ["total_tokens"] = 1500 };
        await EventAsync(http, new JsonObject { ["choices"] = new JsonArray(), ["usage"] = usage });
        if (ends) await RawAsync(http, "data: [DONE]\n\n");
    }

    public static Task BeginAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        return http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static Task ChunkAsync(HttpContext http, string words) => EventAsync(
        http,
        new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["role"] = "assistant", ["content"] = words }, ["finish_reason"] = null }) });

    public static async Task RawAsync(HttpContext http, string text)
    {
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    public static Task RefuseAsync(HttpContext http, int status, string? retryAfter = null)
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsync("""{"error":{"message":"no","type":"server_error"}}""", http.RequestAborted);
    }

    /// <summary>Gone at once, its sockets dropped, whoever is being answered; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref gone, true)) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static Task EventAsync(HttpContext http, JsonObject chunk)
    {
        chunk["id"] = "chat-1";
        chunk["object"] = "chat.completion.chunk";
        chunk["created"] = 1_768_680_000;
        chunk["model"] = "parrot";
        return RawAsync(http, $"data: {chunk.ToJsonString(Readable)}\n\n");
    }

    private async Task HandleAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        var request = new ChatRequest(body, http.Request.Headers.Authorization.ToString());
        Requests.Enqueue(request);
        await Answer(request, http);
    }
}

/// <summary>What was asked.</summary>
public sealed record ChatRequest(JsonObject Body, string Authorization)
{
    public IReadOnlyList<(string Role, string Words)> Messages { get; } =
        [.. Body["messages"]!.AsArray().Select(message => ((string)message!["role"]!, Text(message["content"])))];

    public string Last => Messages[^1].Words;

    public bool HasSchema => Body["response_format"]?["type"]?.GetValue<string>() == "json_schema";

    private static string Text(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        JsonValue value => (string)value!,
        _ => "",
    };
}

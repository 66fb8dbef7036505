using Orleans.Story.Tests.Inference.Support;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>A model server that can be kept in mid-sentence, so that whoever asks it is killed there.</summary>
internal sealed class SlowModel : IAsyncDisposable
{
    private readonly ChatServer _server;
    private volatile bool _holds;
    private int _held;

    private SlowModel(ChatServer server) => _server = server;

    public Uri Url => _server.Url;

    /// <summary>Whether it begins sentences and does not end them.</summary>
    public bool Holds
    {
        set => _holds = value;
    }

    /// <summary>Sentences that were begun and not ended.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Requests so far.</summary>
    public int Asked => _server.Requests.Count;

    /// <summary>Requests of a silo that was killed, those before it included.</summary>
    public int AskedByTheKilled { get; set; }

    public static async Task<SlowModel> StartAsync()
    {
        var model = new SlowModel(await ChatServer.StartAsync());
        model._server.Answer = async (request, http) =>
        {
            if (!model._holds)
            {
                await ChatServer.SayAsync(http, Parrot.Answer(request));
                return;
            }

            await ChatServer.BeginAsync(http);
            await ChatServer.ChunkAsync(http, "NARRATION｜The lamp ");
            Interlocked.Increment(ref model._held);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        return model;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

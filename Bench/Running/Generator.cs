using System.Text.Json;
using Orleans.Story.Bench.Load;

namespace Orleans.Story.Bench.Running;

/// <summary>A load generator as the bench sees it.</summary>
internal sealed class Generator : IAsyncDisposable
{
    private readonly Child _child;

    private Generator(Child child) => _child = child;

    /// <summary>Starts one on the load's core and gives it its plan.</summary>
    public static async Task<Generator> Start(LoadPlan plan)
    {
        var child = new Child("the load generator", Cores.Start(Cores.Load, Programs.DotNet, [Programs.Bench, "load"], new Dictionary<string, string>
        {
            // One thread receives for all phones: no hand-over to a pool.
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
            ["DOTNET_gcServer"] = "0",
        }));
        await child.Tell(JsonSerializer.Serialize(plan, LoadProgram.Json));
        return new Generator(child);
    }

    /// <summary>The next news.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public async Task<LoadNews> News(TimeSpan patience, CancellationToken stop)
    {
        var news = JsonSerializer.Deserialize<LoadNews>(await _child.Line(patience, stop), LoadProgram.Json)!;
        return news.What == "failed" ? throw new IOException($"The load generator failed: {news.Trouble}") : news;
    }

    /// <summary>Tells a hostile crowd to go or to rest.</summary>
    public Task Tell(string what) => _child.Tell(what);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _child.DisposeAsync();
}

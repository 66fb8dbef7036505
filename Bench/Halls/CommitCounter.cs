namespace Orleans.Story.Bench.Halls;

/// <summary>Reads a cluster's committed transactions twice a second, so that a stretch of time can be asked about afterwards.</summary>
internal sealed class CommitCounter : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(0.5);
    private readonly List<(long AtMs, long Commits)> _seen = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _reading;

    /// <summary>Begins.</summary>
    public CommitCounter(ClusterProcesses cluster) => _reading = Read(cluster);

    /// <summary>Transactions a second between two moments (Unix milliseconds), between the readings nearest to them.</summary>
    public double ASecond(long fromMs, long untilMs)
    {
        lock (_seen)
        {
            var (first, last) = (_seen.MinBy(seen => Math.Abs(seen.AtMs - fromMs)), _seen.MinBy(seen => Math.Abs(seen.AtMs - untilMs)));
            return last.AtMs > first.AtMs ? 1000.0 * (last.Commits - first.Commits) / (last.AtMs - first.AtMs) : double.NaN;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException)
        {
            // Told to.
        }

        _over.Dispose();
    }

    private async Task Read(ClusterProcesses cluster)
    {
        while (true)
        {
            var commits = await cluster.Commits(_over.Token);
            lock (_seen) _seen.Add((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), commits));
            await Task.Delay(Every, _over.Token);
        }
    }
}

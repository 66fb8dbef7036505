using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>
/// Holds the start of a cluster's gateway until a silo that holds sessions answers: the one that it reached first may be there for
/// inference alone, and know no session.
/// </summary>
internal sealed class StorySilosThere(IClusterClient cluster, TimeProvider time, ILogger<StorySilosThere> log) : IHostedService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Tries between two lines in the log.</summary>
    private const int Silent = 15;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; !await Answers(tries % Silent == 1, cancellationToken); tries++) await Task.Delay(Again, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> Answers(bool say, CancellationToken stop)
    {
        try
        {
            await cluster.Hall().Find("").WaitAsync(stop);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, there is no hall to open yet.
        catch (Exception e) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (say) log.LogWarning("No silo with the role 'story' answers yet: {Problem}", e.Message);
            return false;
        }
    }
}

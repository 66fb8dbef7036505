using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;

namespace Orleans.Story.Silo;

/// <summary>
/// Activates this process's one inference worker here, once its silo runs; from then on the worker leases itself to the
/// pool. Its id is new at each start, so that a restarted process never answers for its predecessor's jobs. A worker whose
/// activation is lost while the process lives on is started again within <see cref="Again"/>: without that the hall would go on
/// without its model for the rest of the evening.
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what went wrong.</param>
internal sealed class WorkerStarter(IGrainFactory grains, TimeProvider time, ILogger<WorkerStarter> log) : BackgroundService
{
    /// <summary>How often it is started again, which costs a call: less than a lease lasts.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    /// <summary>One line in half a minute while it cannot.</summary>
    private const int SaysEvery = 10;

    private static readonly string Worker = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{Guid.NewGuid():N}");

    private int _tries;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // In a cluster the silo that holds the pool may come later, or be gone just now.
        await Try(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Try(stoppingToken);
        }
    }

    private async Task Try(CancellationToken stop)
    {
        try
        {
            await grains.Worker(Worker).Start();
        }
        catch (Exception unreachable) when (!stop.IsCancellationRequested)
        {
            // Asked again soon; and a hall tells its show without. Where silos start together the ones that hold the pool may be last.
            if (_tries++ % SaysEvery == 0) log.LogWarning("The inference worker waits for a silo that holds the pool: {Why}", unreachable.Message);
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Hosting;
using Orleans.Story.Contracts;

namespace Orleans.Story.Silo;

/// <summary>
/// Activates this process's one inference worker here, once its silo runs; from then on the worker leases itself to the
/// pool. Its id is new at each start, so that a restarted process never answers for its predecessor's jobs.
/// </summary>
/// <param name="grains">The grains.</param>
internal sealed class WorkerStarter(IGrainFactory grains) : IHostedService
{
    private static readonly string Worker = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public Task StartAsync(CancellationToken cancellationToken) => grains.Worker(Worker).Start();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

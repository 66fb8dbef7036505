using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Inference.Scheduling;

namespace Orleans.Story.Grains.Inference;

/// <inheritdoc cref="IInferencePoolGrain"/>
public sealed class InferencePoolGrain(TimeProvider time) : Grain, IInferencePoolGrain
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    private const int RetryAfterMs = 500;

    /// <summary>Leases by worker. Soft state: workers renew every 3 s, so a new activation knows them all soon.</summary>
    private readonly Dictionary<string, (WorkerLease Lease, DateTimeOffset Until)> leases = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task Lease(WorkerLease lease)
    {
        leases[lease.Worker] = (lease, time.GetUtcNow() + LeaseTime);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<WorkerPlace> Place(SessionId session, WritePriority priority)
    {
        var open = Live().Where(lease => (priority == WritePriority.Live ? lease.Room : lease.SpeculativeRoom) > 0);
        if (Rendezvous.Pick(session.ToString(), open.Select(lease => lease.Worker)) is not { } worker)
            return Task.FromResult(new WorkerPlace(null, RetryAfterMs));
        var (taken, until) = leases[worker];
        leases[worker] = (taken with { Room = taken.Room - 1, SpeculativeRoom = taken.SpeculativeRoom - 1 }, until);
        return Task.FromResult(new WorkerPlace(worker, 0));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerLease>> Workers() => Task.FromResult<ImmutableArray<WorkerLease>>([.. Live()]);

    private IEnumerable<WorkerLease> Live()
    {
        var now = time.GetUtcNow();
        foreach (var lapsed in leases.Where(lease => lease.Value.Until <= now).Select(lease => lease.Key).ToList()) leases.Remove(lapsed);
        return leases.Values.Select(lease => lease.Lease);
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Inference.Scheduling;

namespace Orleans.Story.Grains.Inference;

/// <inheritdoc cref="IInferencePoolGrain"/>
public sealed class InferencePoolGrain(TimeProvider time) : Grain, IInferencePoolGrain
{
    private readonly PoolBook book = new(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public Task Lease(WorkerLease lease)
    {
        book.Lease(lease, NowMs);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<WorkerPlace> Place(PlaceRequest request) => Task.FromResult(book.Place(request, NowMs));

    /// <inheritdoc/>
    public Task Release(Guid job)
    {
        book.Release(job);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Spent(string worker, SessionId session, long tokens)
    {
        book.Spent(worker, session, tokens, NowMs);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Recorded(SessionId session, long tokens)
    {
        book.Recorded(session, tokens, NowMs);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<WorkerLease>> Workers() => Task.FromResult(book.Live(NowMs));

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}

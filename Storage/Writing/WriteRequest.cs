using System.Diagnostics;

namespace Orleans.Story.Storage.Writing;

/// <summary>One caller's write, waiting for or inside a transaction.</summary>
internal abstract class WriteRequest
{
    /// <summary>What it counts for against the batch limit.</summary>
    public virtual int Events => 1;

    /// <summary>When it was queued, on the clock of the writer's <see cref="TimeProvider"/>.</summary>
    public long QueuedAt { get; set; }

    /// <summary>The trace it belongs to; default when nobody records one.</summary>
    public ActivityContext Origin { get; } = StoreTracing.Origin;

    /// <summary>What it holds in memory while it waits.</summary>
    public long Bytes { get; init; }

    /// <summary>
    /// It removes events, by which a transaction is recognised, and therefore shares one with nobody.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>It removes personal data: once it is committed, the backend is asked to drop older copies too.</summary>
    public bool Erases { get; init; }

    /// <summary>Nobody waits any more; checked once, when the writer takes the request.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Publishes the answer that the transaction found. Only after COMMIT.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>A write that answers with a <typeparamref name="T"/>.</summary>
internal abstract class WriteRequest<T>(CancellationToken cancellationToken) : WriteRequest
{
    // Continuations must not run on the writer's thread: one slow caller would hold up everyone's commits.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>The answer, or the end of the caller's patience.</summary>
    public Task<T> Answer => cancellationToken.CanBeCanceled ? _answer.Task.WaitAsync(cancellationToken) : _answer.Task;

    /// <summary>What the transaction found; a second try overwrites it.</summary>
    protected T Outcome { private get; set; } = default!;

    public override void Complete() => _answer.TrySetResult(Outcome);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>A write to a table: a few statements and an answer.</summary>
/// <param name="apply">Runs inside the transaction; may run again in another when the first one is known not to have committed.</param>
/// <param name="cancellationToken">Ends the caller's wait.</param>
internal sealed class TableWrite<T>(Func<WriteSession, T> apply, CancellationToken cancellationToken) : WriteRequest<T>(cancellationToken), ITableWrite
{
    public void Apply(WriteSession session) => Outcome = apply(session);
}

/// <summary>The part of a table write that the batch sees.</summary>
internal interface ITableWrite
{
    void Apply(WriteSession session);
}

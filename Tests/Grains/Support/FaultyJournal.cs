using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>The real journal, with a switch for what goes wrong next.</summary>
public sealed class FaultyJournal(IJournal inner) : IJournal
{
    /// <summary>Answers "busy" to appends of matching streams.</summary>
    public Func<string, bool> IsBusy { get; set; } = _ => false;

    /// <summary>Writes, then claims not to know whether it did.</summary>
    public Func<string, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Fails before anything is written: a full disk, somebody else's lock.</summary>
    public Func<string, bool> WritesNothing { get; set; } = _ => false;

    /// <summary>Fails without having written, and claims not to know.</summary>
    public Func<string, bool> LosesCommit { get; set; } = _ => false;

    /// <summary>Whether others may write to it.</summary>
    public bool IsShared { get; set; }

    /// <summary>Reads fail: the database is away.</summary>
    public bool ReadsNothing { get; set; }

    /// <summary>Reads of a shard's stream from its start.</summary>
    public int Loads { get; private set; }

    private TaskCompletionSource? awaited;
    private string? awaitedStream;

    /// <summary>Completes with the next append to the stream.</summary>
    public Task NextAppend(string stream)
    {
        (awaitedStream, awaited) = (stream, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return awaited.Task;
    }

    public async ValueTask<AppendResult> AppendAsync(string stream, long expectedVersion, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        if (WritesNothing(stream)) throw new JournalUnavailableException(JournalFailure.NotWritten, "The disk is full.");
        if (LosesCommit(stream)) throw new JournalUnavailableException(JournalFailure.Unknown, "The commit was lost.");
        if (IsBusy(stream)) return new AppendResult(AppendStatus.Busy, expectedVersion);
        var result = await inner.AppendAsync(stream, expectedVersion, entries, cancellationToken);
        if (string.Equals(stream, awaitedStream, StringComparison.Ordinal)) awaited!.TrySetResult();
        return LosesAnswer(stream) ? throw new JournalUnavailableException(JournalFailure.Unknown, "The answer was lost.") : result;
    }

    public IAsyncEnumerable<JournalRow> ReadAsync(string stream, long afterVersion = 0, CancellationToken cancellationToken = default)
    {
        if (afterVersion == 0 && stream.StartsWith("audience/", StringComparison.Ordinal)) Loads++;
        if (ReadsNothing) throw new TimeoutException("The database does not answer.");
        return inner.ReadAsync(stream, afterVersion, cancellationToken);
    }

    public ValueTask<IReadOnlyList<JournalStream>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);
}

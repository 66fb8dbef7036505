using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Tests.Grains.Support;

/// <summary>The real journal, with a switch for what goes wrong next.</summary>
public sealed class FaultyJournal(IJournal inner) : IJournal
{
    /// <summary>Answers "busy" to appends of matching streams.</summary>
    public Func<string, bool> IsBusy { get; set; } = _ => false;

    /// <summary>Writes, then claims not to know whether it did.</summary>
    public Func<string, bool> LosesAnswer { get; set; } = _ => false;

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
        if (IsBusy(stream)) return new AppendResult(AppendStatus.Busy, expectedVersion);
        var result = await inner.AppendAsync(stream, expectedVersion, entries, cancellationToken);
        if (string.Equals(stream, awaitedStream, StringComparison.Ordinal)) awaited!.TrySetResult();
        return LosesAnswer(stream) ? throw new JournalUnavailableException(JournalFailure.Unknown, "The answer was lost.") : result;
    }

    public IAsyncEnumerable<JournalRow> ReadAsync(string stream, long afterVersion = 0, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, afterVersion, cancellationToken);

    public ValueTask<IReadOnlyList<JournalStream>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(prefix, cancellationToken);
}

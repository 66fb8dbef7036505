namespace Orleans.Story.Storage.Journal;

/// <summary>
/// The truth: append-only streams of events. Versions of a stream are 1, 2, 3 … without gaps; no order holds across streams.
/// </summary>
/// <remarks>docs/design/02-journal.md says what the writer behind it guarantees.</remarks>
public interface IJournal
{
    /// <summary>
    /// Whether other processes may write to it. Where they may, who holds a stream in memory may have been replaced without knowing: its
    /// writes are refused by their version, and what it reads for others it must read here.
    /// </summary>
    bool IsShared => false;

    /// <summary>
    /// Appends all entries or none. <see cref="AppendStatus.Appended"/> comes after COMMIT and never before.
    /// </summary>
    /// <param name="stream">Name, 1–200 characters, no control characters.</param>
    /// <param name="expectedVersion">Version of the last event the caller knows; 0 for a new stream.</param>
    /// <param name="entries">1–512 events; their bodies are copied before the call returns.</param>
    /// <param name="cancellationToken">
    /// Ends the wait, not necessarily the write: a request the writer has taken up may still commit.
    /// </param>
    /// <exception cref="JournalUnavailableException">It failed, or its fate could not be learnt.</exception>
    /// <exception cref="ArgumentException">A name, a count or a body is beyond its limit; nothing was queued.</exception>
    ValueTask<AppendResult> AppendAsync(string stream, long expectedVersion, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a stream in order, in pages; events committed meanwhile may be seen. An unknown stream is empty.
    /// </summary>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="afterVersion">The first row has the version after this one; 0 reads from the start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<JournalRow> ReadAsync(string stream, long afterVersion = 0, CancellationToken cancellationToken = default);

    /// <summary>Lists streams by prefix, in ordinal order of their UTF-8 names; for recordings, exports and backups.</summary>
    /// <param name="prefix">What the names begin with ("session/"); empty lists every stream.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<JournalStream>> ListAsync(string prefix, CancellationToken cancellationToken = default);
}

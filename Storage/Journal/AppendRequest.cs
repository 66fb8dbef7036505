using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Journal;

/// <summary>One append, waiting for or inside a transaction.</summary>
internal sealed class AppendRequest(string stream, long expectedVersion, JournalEntry[] entries, Guid batchId, CancellationToken cancellationToken)
    : WriteRequest<AppendResult>(cancellationToken)
{
    public string Stream => stream;

    public override int Events => entries.Length;

    /// <summary>
    /// Compares with what the transaction has seen so far, earlier requests of the same batch included, and adds the rows
    /// when the version is the expected one.
    /// </summary>
    public void Decide(Dictionary<string, long> versions, long nowUtcMs, List<JournalRow> rows)
    {
        var version = versions[stream];
        if (version != expectedVersion)
        {
            Outcome = new AppendResult(AppendStatus.Conflict, version);
            return;
        }

        foreach (var entry in entries)
            rows.Add(new JournalRow(stream, ++version, entry.Type, entry.Format, nowUtcMs, batchId, entry.Body));
        versions[stream] = version;
        Outcome = new AppendResult(AppendStatus.Appended, version);
    }
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Journal;

/// <summary>The journal on either database.</summary>
internal sealed class SqlJournal(StoreWriter writer, StoreReader reader, bool isShared, TimeProvider time) : IJournal
{
    public const int MaxStreamLength = 200;
    public const int MaxTypeLength = 100;
    public const int MaxEntries = 512;
    public const int MaxBodyBytes = 1 << 20;

    // A page ends at either; together they bound what one reader holds, and how long it holds a connection.
    private const int PageRows = 256;
    private const long PageBytes = 4L << 20;

    // Greater than the UTF-8 form of any character, so that a range on the index finds a prefix.
    private const string PastEveryCharacter = "\U0010FFFF";

    public bool IsShared => isShared;

    public ValueTask<AppendResult> AppendAsync(string stream, long expectedVersion, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        StoreText.Name(stream, MaxStreamLength, "stream name");
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is 0 or > MaxEntries)
            throw new ArgumentException($"An append has 1 to {MaxEntries} entries; this one has {entries.Count}.", nameof(entries));

        // Copied: the caller's buffer may be pooled, and a cancelled caller reuses it while the request still waits.
        var copies = new JournalEntry[entries.Count];
        var bytes = 0L;
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = Copy(entries[i]);
            bytes += copies[i].Body.Length;
        }

        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<AppendResult>(cancellationToken);
        var request = new AppendRequest(stream, expectedVersion, copies, Guid.CreateVersion7(time.GetUtcNow()), cancellationToken) { Bytes = bytes };
        return writer.TryEnqueue(request) ? new(request.Answer) : new(new AppendResult(AppendStatus.Busy, expectedVersion));
    }

    public async IAsyncEnumerable<JournalRow> ReadAsync(string stream, long afterVersion = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        while (true)
        {
            var bytes = 0L;
            var page = await reader.QueryAsync(
                $"""
                select version, type, v, at_utc_ms, batch_id, body from journal
                where stream = @stream and version > @after order by version limit {PageRows}
                """,
                row => Map(stream, row),
                row => (bytes += row.Body.Length) < PageBytes,
                cancellationToken,
                ("stream", stream),
                ("after", afterVersion));
            foreach (var row in page)
                yield return row;
            if (page.Count < PageRows && bytes < PageBytes)
                yield break;
            afterVersion = page[^1].Version;
        }
    }

    public async ValueTask<IReadOnlyList<JournalStream>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return await reader.QueryAsync(
            "select stream, max(version) from journal where stream >= @first and stream < @past group by stream order by stream",
            row => new JournalStream(row.GetString(0), row.GetInt64(1)),
            cancellationToken,
            ("first", prefix),
            ("past", prefix + PastEveryCharacter));
    }

    private static JournalEntry Copy(JournalEntry entry)
    {
        StoreText.Name(entry.Type, MaxTypeLength, "event type");
        if (entry.Format < 1)
            throw new ArgumentException($"A format is 1 or more; that of {entry.Type} is {entry.Format}.", nameof(entry));
        if (entry.Body.Length > MaxBodyBytes)
            throw new ArgumentException($"A body has at most {MaxBodyBytes} bytes; that of {entry.Type} has {entry.Body.Length}.", nameof(entry));
        return entry with { Body = entry.Body.ToArray() };
    }

    private static JournalRow Map(string stream, DbDataReader row) => new(
        stream, row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetGuid(4), row.GetFieldValue<byte[]>(5));
}

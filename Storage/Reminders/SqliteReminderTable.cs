using System.Data.Common;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Reminders;

/// <summary>Reminders in <c>hall.db</c>, through the same writer as the journal.</summary>
public sealed class SqliteReminderTable : IReminderTable
{
    private const string Columns = "select grain, name, start_at, period, etag from reminders";

    private readonly StoreWriter _writer;
    private readonly StoreReader _reader;

    internal SqliteReminderTable(StoryStore store)
    {
        _writer = store.Writer;
        _reader = store.Reader;
    }

    /// <summary>The reminders of a grain.</summary>
    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new(await Query($"{Columns} where grain = @grain", ("grain", grainId.ToString())));

    /// <summary>
    /// The reminders of the grains whose uniform hash is in (<paramref name="begin"/>, <paramref name="end"/>]; the range wraps when
    /// begin is not below end, and is then the whole ring when they are equal.
    /// </summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => new(await Query(
        begin < end ? $"{Columns} where hash > @begin and hash <= @end" : $"{Columns} where hash > @begin or hash <= @end",
        ("begin", (long)begin),
        ("end", (long)end)));

    /// <summary>One reminder, or null.</summary>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var rows = await Query($"{Columns} where grain = @grain and name = @name", ("grain", grainId.ToString()), ("name", reminderName));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Adds or replaces a reminder and returns its new etag.</summary>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var etag = Guid.NewGuid().ToString("N");
        var (grain, hash, name) = (entry.GrainId.ToString(), (long)entry.GrainId.GetUniformHashCode(), entry.ReminderName);
        var (start, period) = (entry.StartAt.Ticks, entry.Period.Ticks);
        await _writer.WriteAsync(
            write => write.Execute(
                """
                insert into reminders (grain, name, hash, start_at, period, etag) values (@grain, @name, @hash, @start, @period, @etag)
                on conflict (grain, name) do update set start_at = excluded.start_at, period = excluded.period, etag = excluded.etag
                """,
                ("grain", grain),
                ("name", name),
                ("hash", hash),
                ("start", start),
                ("period", period),
                ("etag", etag)),
            CancellationToken.None);
        return etag;
    }

    /// <summary>Removes a reminder; false when it is gone or has another etag.</summary>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var grain = grainId.ToString();
        return await _writer.WriteAsync(
            write => write.Execute(
                "delete from reminders where grain = @grain and name = @name and etag = @etag", ("grain", grain), ("name", reminderName), ("etag", eTag)) == 1,
            CancellationToken.None);
    }

    /// <summary>Removes every reminder; for tests.</summary>
    public Task TestOnlyClearTable() => _writer.WriteAsync(write => write.Execute("delete from reminders"), CancellationToken.None);

    private ValueTask<List<ReminderEntry>> Query(string text, params (string, object)[] arguments) =>
        _reader.QueryAsync(text, Map, CancellationToken.None, arguments);

    private static ReminderEntry Map(DbDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(0)),
        ReminderName = row.GetString(1),
        StartAt = new DateTime(row.GetInt64(2), DateTimeKind.Utc),
        Period = new TimeSpan(row.GetInt64(3)),
        ETag = row.GetString(4),
    };
}

using System.Collections.Concurrent;

namespace Orleans.Story.Tests.Conformance.Support;

/// <summary>A reminder table that outlives a silo.</summary>
public sealed class TableOfReminders : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> _rows = new();
    private int _version;

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(entry => entry.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Read(entry =>
    {
        var hash = entry.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
        => (await Read(entry => entry.GrainId == grainId && string.Equals(entry.ReminderName, reminderName, StringComparison.Ordinal))).Reminders.SingleOrDefault();

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = Interlocked.Increment(ref _version).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _rows[(entry.GrainId, entry.ReminderName)] = Copy(entry, etag);
        return Task.FromResult<string?>(etag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
        => Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) && string.Equals(row.ETag, eTag, StringComparison.Ordinal) && _rows.TryRemove((grainId, reminderName), out _));

    public Task TestOnlyClearTable()
    {
        _rows.Clear();
        return Task.CompletedTask;
    }

    private Task<ReminderTableData> Read(Func<ReminderEntry, bool> where)
        => Task.FromResult(new ReminderTableData(_rows.Values.Where(where).Select(entry => Copy(entry, entry.ETag))));

    private static ReminderEntry Copy(ReminderEntry entry, string? etag)
        => new() { GrainId = entry.GrainId, ReminderName = entry.ReminderName, StartAt = entry.StartAt, Period = entry.Period, ETag = etag };
}

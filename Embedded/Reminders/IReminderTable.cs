namespace Orleans;

/// <summary>Where reminders live: rows by grain and name, ranged by <see cref="GrainId.GetUniformHashCode"/>.</summary>
public interface IReminderTable
{
    /// <summary>Runs once, before anything else.</summary>
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The reminders of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>The reminders whose hash is above <paramref name="begin"/> and at most <paramref name="end"/>; if begin is not below end, the range wraps, so (0, 0) is all.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder, or <see langword="null"/>.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Adds or replaces a reminder; the answer is its new ETag, or <see langword="null"/> if another writer was faster.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes a reminder if its ETag is still this one; <see langword="false"/> if not.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes every row.</summary>
    Task TestOnlyClearTable();

    /// <summary>Runs once, after everything else.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>Rows of a reminder table.</summary>
[GenerateSerializer]
public sealed class ReminderTableData
{
    /// <summary>These rows.</summary>
    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    /// <summary>This row.</summary>
    public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

    /// <summary>No row.</summary>
    public ReminderTableData() => Reminders = [];

    /// <summary>The rows.</summary>
    [Id(0)]
    public IList<ReminderEntry> Reminders { get; private set; }
}

/// <summary>A row of a reminder table.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>Whom to remind.</summary>
    [Id(0)]
    public GrainId GrainId { get; set; }

    /// <summary>Of what.</summary>
    [Id(1)]
    public string ReminderName { get; set; } = null!;

    /// <summary>The first tick, UTC; every later one is a whole number of periods after it.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    /// <summary>Between ticks; above zero.</summary>
    [Id(3)]
    public TimeSpan Period { get; set; }

    /// <summary>The row's version.</summary>
    [Id(4)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
}

namespace Orleans.Story.Storage;

/// <summary>Where the store lives and what bounds it. Every limit says why it is what it is and what happens beyond it.</summary>
public sealed class StorageOptions
{
    /// <summary>Folder of <c>hall.db</c>, created when missing; one process at a time, the next one is refused by name.</summary>
    public string DataFolder { get; set; } = "./data";

    /// <summary>Npgsql connection string; when set, journal and tables live there and <see cref="DataFolder"/> is not touched.</summary>
    public string? PostgresConnection { get; set; }

    /// <summary>
    /// Writes that may wait, default 4096: a hall's busiest second. Beyond it an append answers busy at once, other writes throw.
    /// </summary>
    public int QueueCapacity { get; set; } = 4096;

    /// <summary>
    /// Bytes that may wait, default 64 MiB, so that a queue of large bodies cannot take the memory. Beyond it: as <see cref="QueueCapacity"/>.
    /// </summary>
    public long QueueBytes { get; set; } = 64L << 20;

    /// <summary>Events one transaction takes, default 512: past it the cost of fsync is already shared. The rest waits for the next.</summary>
    public int BatchEvents { get; set; } = 512;

    /// <summary>Bytes one transaction takes, default 8 MiB, which keeps the write-ahead log short. The rest waits for the next.</summary>
    public long BatchBytes { get; set; } = 8L << 20;

    /// <summary>
    /// How long a transaction goes on gathering while requests keep arriving, default 2 ms. It takes what waits and never lingers for more.
    /// </summary>
    public TimeSpan BatchTime { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Seconds a statement may take, default 10, as long as a grain call; a cluster takes 4. A late COMMIT is an unknown one.
    /// </summary>
    public int StatementSeconds { get; set; } = 10;

    /// <summary>
    /// Tries to reach the database again after a failure, default 6 (1.6 s of growing pauses). After the last, the writes in hand fail
    /// and the following batches try once each, so that an outage is heard of at once.
    /// </summary>
    public int ReconnectAttempts { get; set; } = 6;

    /// <summary>
    /// While the journal fails and nobody writes: how often the writer tries a write of its own, default 1 s. Each try is bounded by
    /// <see cref="StatementSeconds"/>.
    /// </summary>
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an opening may look through SQLite's file for damage, default 2 s: a hall is back within 5. A file too large for
    /// that is opened as far as it was looked at.
    /// </summary>
    public TimeSpan LookThrough { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="StorageRefusedException">A limit is not positive.</exception>
    internal void Validate()
    {
        var positive = QueueCapacity > 0 && QueueBytes > 0 && BatchEvents > 0 && BatchBytes > 0
            && BatchTime > TimeSpan.Zero && StatementSeconds > 0 && ReconnectAttempts > 0
            && ProbeEvery > TimeSpan.Zero && LookThrough > TimeSpan.Zero;
        if (!positive)
            throw new StorageRefusedException("Every limit in the storage options must be greater than zero.");
    }
}

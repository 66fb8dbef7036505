using System.Data.Common;
using System.Globalization;
using Npgsql;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Postgres;

/// <summary>One PostgreSQL database that the processes of a cluster share; each of them has its own writer.</summary>
/// <remarks>
/// The connection must reach the server itself: the writer holds an advisory lock for its session, which a pooler in
/// transaction mode would hand to somebody else.
/// </remarks>
internal sealed class PostgresBackend : StoreBackend
{
    private const int LockSpace = 0x53_54_4F_52;
    private const int MigrationLock = 0;
    private const int ReaderPoolSize = 16;

    private readonly int _writer = Random.Shared.Next(1, int.MaxValue);
    private readonly NpgsqlDataSource _writers;
    private readonly NpgsqlDataSource _readers;

    public PostgresBackend(StorageOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.PostgresConnection)
        {
            CommandTimeout = options.StatementSeconds,
            Timeout = 5,
            Enlist = false,
        };
        Place = $"PostgreSQL {connection.Host}:{connection.Port}/{connection.Database}";
        WriterName = string.Create(CultureInfo.InvariantCulture, $"story-writer-{_writer:x8}");
        _writers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            Pooling = false,
            ApplicationName = WriterName,
            MaxAutoPrepare = 16,
            KeepAlive = 10,
        });
        // A reader beyond the pool waits for a connection, at most the connection timeout, and then throws.
        _readers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            MaxPoolSize = ReaderPoolSize,
            ApplicationName = "story-reader",
            MaxAutoPrepare = 16,
            Options = $"{connection.Options} -c default_transaction_read_only=on".TrimStart(),
        });
    }

    /// <summary>Runs between setting and reading back; a test spoils a setting here.</summary>
    internal Action<DbConnection>? Configured { private get; init; }

    public override string Place { get; }

    public override string SchemaFolder => "postgres";

    public override bool HoldsGrainState => false;

    public override bool IsFile => false;

    public override string WriterName { get; }

    public override DbConnection OpenWriter()
    {
        var connection = _writers.OpenConnection();
        try
        {
            Sql.Execute(connection, "set synchronous_commit = on");
            Configured?.Invoke(connection);
            Check(connection, "synchronous_commit");
            Check(connection, "fsync");
            Check(connection, "full_page_writes");
            FenceOff(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken) =>
        await _readers.OpenConnectionAsync(cancellationToken);

    public override void LockForMigration(DbTransaction transaction) =>
        Sql.Execute(transaction.Connection!, "select pg_advisory_xact_lock(@space, @lock)", ("space", LockSpace), ("lock", MigrationLock));

    public override object Id(Guid id) => id;

    public override void ReadVersions(DbTransaction transaction, Dictionary<string, long> versions)
    {
        using var command = Sql.Command(
            transaction.Connection!,
            "select s, coalesce((select max(version) from journal where stream = s), 0) from unnest(@streams) s",
            ("streams", versions.Keys.ToArray()));
        using var reader = command.ExecuteReader();
        while (reader.Read())
            versions[reader.GetString(0)] = reader.GetInt64(1);
    }

    public override void InsertRows(DbTransaction transaction, List<JournalRow> rows) => Sql.Execute(
        transaction.Connection!,
        """
        insert into journal (stream, version, type, v, at_utc_ms, batch_id, body)
        select * from unnest(@stream, @version, @type, @v, @at, @batch, @body)
        """,
        ("stream", rows.Select(row => row.Stream).ToArray()),
        ("version", rows.Select(row => row.Version).ToArray()),
        ("type", rows.Select(row => row.Type).ToArray()),
        ("v", rows.Select(row => row.Format).ToArray()),
        ("at", rows.Select(row => row.AtUtcMs).ToArray()),
        ("batch", rows.Select(row => row.BatchId).ToArray()),
        ("body", rows.Select(row => row.Body.ToArray()).ToArray()));

    /// <summary>Dead rows and the server's own log are the server's to clean: vacuum and its log retention.</summary>
    public override bool Scrub(DbConnection connection) => true;

    public override void Dispose()
    {
        _writers.Dispose();
        _readers.Dispose();
    }

    /// <summary>
    /// Makes sure that no earlier connection of this writer is still committing. Such a session holds the writer's
    /// advisory lock until its transaction has ended, so having the lock means that the past is settled.
    /// </summary>
    private void FenceOff(DbConnection connection)
    {
        Sql.Execute(
            connection,
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = @writer and pid <> pg_backend_pid()",
            ("writer", WriterName));
        Sql.Execute(connection, "select pg_advisory_lock(@space, @writer)", ("space", LockSpace), ("writer", _writer));
    }

    private void Check(DbConnection connection, string setting)
    {
        var actual = Sql.Scalar(connection, $"show {setting}") as string;
        if (!string.Equals(actual, "on", StringComparison.Ordinal))
        {
            throw new StorageRefusedException(
                $"{Place} runs with {setting}={actual} and not on: what it acknowledges might be lost. Set it in postgresql.conf.");
        }
    }
}

using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.Sqlite;

/// <summary>One file, <c>hall.db</c>, in the data folder, in write-ahead-log mode.</summary>
internal sealed class SqliteBackend : StoreBackend
{
    // What an acknowledged ballot rests on. Set on the writer's connection, then read back.
    private static readonly (string Pragma, string Set, string Holds)[] Settings =
    [
        ("journal_mode", "wal", "wal"),
        ("synchronous", "full", "2"),
        ("fullfsync", "on", "1"),
        ("secure_delete", "on", "1"),
        ("foreign_keys", "on", "1"),
    ];

    private readonly DataFolderLock _lock;
    private readonly LastAcknowledged _last;
    private readonly TimeSpan _lookThrough;
    private readonly int _busyMs;
    private readonly string _writerConnection;
    private readonly string _readerConnection;
    private SqliteCommand? _version;
    private SqliteCommand? _insert;
    private bool _opened;

    public SqliteBackend(StorageOptions options)
    {
        Place = Path.GetFullPath(options.DataFolder);
        _lock = DataFolderLock.Take(Place);
        _last = new LastAcknowledged(Place);
        _lookThrough = options.LookThrough;
        // Nobody but a stranger's tool can hold the file; half a statement's time, so that the statement fails and not its caller.
        _busyMs = options.StatementSeconds * 500;
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(Place, "hall.db"), DefaultTimeout = options.StatementSeconds };
        _writerConnection = new SqliteConnectionStringBuilder(connection.ConnectionString) { Pooling = false }.ConnectionString;
        _readerConnection = new SqliteConnectionStringBuilder(connection.ConnectionString) { Mode = SqliteOpenMode.ReadOnly }.ConnectionString;
    }

    /// <summary>Runs between setting and reading back; a test spoils a setting here.</summary>
    internal Action<DbConnection>? Configured { private get; init; }

    public override string Place { get; }

    public override string SchemaFolder => "sqlite";

    public override bool HoldsGrainState => true;

    public override bool IsFile => true;

    public override string WriterName => "hall";

    public override DbConnection OpenWriter()
    {
        var connection = new SqliteConnection(_writerConnection);
        try
        {
            connection.Open();
            // Before anything settles the past: what was cut off the log is gone once the log is moved into the file.
            _last.MustBeIn(connection);
            foreach (var (pragma, set, _) in Settings)
                Sql.Execute(connection, $"pragma {pragma} = {set}");
            SetBusyTimeout(connection, _busyMs);
            Configured?.Invoke(connection);
            foreach (var (pragma, _, holds) in Settings)
                Check(connection, pragma, holds);
            Settle(connection);
            if (!_opened)
                Damage.LookFor(connection, Place, _lookThrough);
            _opened = true;
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _version = Prepare(connection, "select coalesce(max(version), 0) from journal where stream = @stream", "stream");
        _insert = Prepare(
            connection,
            "insert into journal (stream, version, type, v, at_utc_ms, batch_id, body) values (@stream, @version, @type, @v, @at, @batch, @body)",
            "stream", "version", "type", "v", "at", "batch", "body");
        return connection;
    }

    public override async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_readerConnection);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public override void LockForMigration(DbTransaction transaction)
    {
        // The data folder's lock already does.
    }

    // The form in which the program writes ids everywhere else, so that a person can search for one.
    public override object Id(Guid id) => id.ToString("N", CultureInfo.InvariantCulture);

    public override void ReadVersions(DbTransaction transaction, Dictionary<string, long> versions)
    {
        _version!.Transaction = (SqliteTransaction)transaction;
        foreach (var stream in versions.Keys.ToList())
        {
            _version.Parameters[0].Value = stream;
            versions[stream] = (long)_version.ExecuteScalar()!;
        }
    }

    public override void InsertRows(DbTransaction transaction, List<JournalRow> rows)
    {
        _insert!.Transaction = (SqliteTransaction)transaction;
        foreach (var row in rows)
        {
            object[] values = [row.Stream, row.Version, row.Type, row.Format, row.AtUtcMs, Id(row.BatchId), row.Body.ToArray()];
            for (var i = 0; i < values.Length; i++)
                _insert.Parameters[i].Value = values[i];
            _insert.ExecuteNonQuery();
        }
    }

    public override void Remember(Mark mark) => _last.Is(mark);

    public override void LetGo(DbConnection connection, string stream, string prefix)
    {
        if (!_last.IsOf(stream, prefix))
            return;
        // Rows are numbered as they come, so the highest is the newest; the primary key is an index of its own.
        using var command = Sql.Command(
            connection,
            "select stream, version, batch_id from journal where stream <> @stream and substr(stream, 1, length(@prefix)) <> @prefix order by rowid desc limit 1",
            ("stream", stream),
            ("prefix", prefix));
        using var reader = command.ExecuteReader();
        if (reader.Read())
            _last.Is(new Mark(reader.GetString(0), reader.GetInt64(1), reader.GetGuid(2)));
        else
            _last.IsNone();
        _last.Sync();
    }

    public override bool Scrub(DbConnection connection)
    {
        // The log still holds the pages as they were. Readers may keep it from being cut; the writer does not wait for them.
        SetBusyTimeout(connection, 0);
        var busy = Sql.Scalar(connection, "pragma wal_checkpoint(truncate)");
        SetBusyTimeout(connection, _busyMs);
        return busy is 0L;
    }

    public override void Dispose()
    {
        using (var connection = new SqliteConnection(_readerConnection))
            SqliteConnection.ClearPool(connection);
        _last.Dispose();
        _lock.Dispose();
    }

    /// <summary>
    /// Moves the log into the database file, synced. A log that a killed process left, or one whose sync failed, may be
    /// readable and yet not durable; what is read from here on must not vanish with the power.
    /// </summary>
    private void Settle(SqliteConnection connection)
    {
        if (Sql.Scalar(connection, "pragma wal_checkpoint(truncate)") is not 0L)
            throw new StorageRefusedException(JournalTrouble.Locked, JournalTroubles.Sentence(JournalTrouble.Locked, Place, isFile: true, "its log is held"));
    }

    private static void SetBusyTimeout(DbConnection connection, int milliseconds) =>
        Sql.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"pragma busy_timeout = {milliseconds}"));

    private void Check(SqliteConnection connection, string pragma, string holds)
    {
        var actual = Convert.ToString(Sql.Scalar(connection, $"pragma {pragma}"), CultureInfo.InvariantCulture);
        if (!string.Equals(actual, holds, StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageRefusedException(
                $"SQLite in {Place} runs with {pragma}={actual} and not {holds}: what it acknowledges might be lost or kept too long. Is the folder on a local disk?");
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}

using Npgsql;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Postgres;
using Orleans.Story.Storage.Sqlite;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Tests.Storage.Support;

/// <summary>An empty database of a test's own; it can be opened, closed and opened again.</summary>
internal abstract class TestDatabase : IDisposable
{
    public FixedTime Time { get; } = new();

    public StorageOptions Options { get; protected init; } = new();

    public StoryStore Open() => Open(out _);

    public LineLog Log { get; } = new();

    public StoryStore Open(out FaultyBackend backend)
    {
        backend = new FaultyBackend(Backend());
        return StoryStore.Open(backend, Options, Time, Log);
    }

    public abstract StoreBackend Backend();

    public abstract void Dispose();
}

internal sealed class SqliteDatabase : TestDatabase
{
    public SqliteDatabase()
    {
        Folder = Directory.CreateTempSubdirectory("story-storage-").FullName;
        Options = new StorageOptions { DataFolder = Folder };
    }

    public string Folder { get; }

    public override StoreBackend Backend() => new SqliteBackend(Options);

    public override void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A schema of its own in the server that STORY_TEST_POSTGRES names.</summary>
internal sealed class PostgresDatabase : TestDatabase
{
    private readonly string _server;
    private readonly string _schema = $"t{Guid.NewGuid():N}";
    private string? _role;

    private PostgresDatabase(string server)
    {
        _server = server;
        Execute($"create schema {_schema}");
        Options = new StorageOptions { PostgresConnection = new NpgsqlConnectionStringBuilder(server) { SearchPath = _schema }.ConnectionString };
    }

    public static PostgresDatabase CreateOrSkip()
    {
        var server = Environment.GetEnvironmentVariable("STORY_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server))
            Assert.Skip("STORY_TEST_POSTGRES is not set; Tests/with-postgres starts a PostgreSQL and sets it.");
        return new PostgresDatabase(server);
    }

    public override StoreBackend Backend() => new PostgresBackend(Options);

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>From here on stores come in as a user of this test's own; answers its name.</summary>
    public string Role()
    {
        _role = $"r{_schema}";
        Execute($"create role {_role} superuser login");
        Options.PostgresConnection = new NpgsqlConnectionStringBuilder(Options.PostgresConnection) { Username = _role }.ConnectionString;
        return _role;
    }

    public override void Dispose()
    {
        Execute($"drop schema {_schema} cascade");
        if (_role is not null) Execute($"drop role {_role}");
    }
}

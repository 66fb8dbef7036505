using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Postgres;
using Orleans.Story.Storage.Sqlite;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Storage.Writing;

/// <summary>An open database: the writer, the readers, and the interfaces over them. One per process.</summary>
internal sealed class StoryStore : IDisposable
{
    private const long DayMs = 24 * 3600 * 1000;

    private readonly StoreBackend _backend;

    private StoryStore(StoreBackend backend, StoreWriter writer, WriterHealth health, TimeProvider time)
    {
        _backend = backend;
        Writer = writer;
        Reader = new StoreReader(backend, health);
        Journal = new SqlJournal(writer, Reader, !backend.IsFile, time);
        Health = new AskedHealth(backend, health, writer, Journal, time);
        Eraser = new SqlSessionEraser(writer);
        Seats = new SqlSeatTable(writer, Reader);
        Films = new SqlFilmTable(writer, Reader);
        Remarks = new SqlRemarkTable(writer, Reader);
        Suggestions = new SqlSuggestionTable(writer, Reader);
    }

    /// <summary>Whether grain state and reminders have their tables here.</summary>
    public bool HoldsGrainState => _backend.HoldsGrainState;

    public StoreWriter Writer { get; }

    public StoreReader Reader { get; }

    public IJournal Journal { get; }

    public ISessionEraser Eraser { get; }

    public IJournalHealth Health { get; }

    public ISeatTable Seats { get; }

    public IFilmTable Films { get; }

    public IRemarkTable Remarks { get; }

    public ISuggestionTable Suggestions { get; }

    /// <summary>Opens the database the options name, asserts its settings and migrates it.</summary>
    /// <exception cref="StorageRefusedException">It must not be used; the message says why.</exception>
    public static StoryStore Open(StorageOptions options, TimeProvider time, ILogger? log = null)
    {
        options.Validate();
        return Open(options.PostgresConnection is null ? new SqliteBackend(options) : new PostgresBackend(options), options, time, log);
    }

    /// <summary>Opens a database through a given backend, which is disposed with the store.</summary>
    public static StoryStore Open(StoreBackend backend, StorageOptions options, TimeProvider time, ILogger? log = null)
    {
        try
        {
            var health = new WriterHealth(backend, time, log ?? NullLogger.Instance);
            var connection = backend.OpenWriter();
            try
            {
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                Migrations.Apply(backend, connection, Migrations.Scripts(backend.SchemaFolder), now);
                // Left by processes that are no more; a writer looks its own mark up within seconds.
                Sql.Execute(connection, "delete from marks where at_utc_ms < @before", ("before", now - DayMs));
                return new StoryStore(backend, new StoreWriter(backend, connection, options, time, health), health, time);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (Exception exception)
        {
            backend.Dispose();
            // Its own words ("database disk image is malformed") say neither where nor what to do.
            if (exception is DbException && JournalTroubles.Of(exception) is { } trouble)
                throw new StorageRefusedException(trouble, JournalTroubles.Sentence(trouble, backend.Place, backend.IsFile, exception.Message), exception);
            throw;
        }
    }

    /// <summary>Writes what waits, closes the connections, and only then lets go of the folder.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        _backend.Dispose();
    }
}

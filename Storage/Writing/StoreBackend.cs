using System.Data.Common;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// All that differs between SQLite and PostgreSQL. Also the seam where tests make commits fail and writers wait.
/// </summary>
internal abstract class StoreBackend : IDisposable
{
    /// <summary>Names the place in messages: a folder, or a host and a database.</summary>
    public abstract string Place { get; }

    /// <summary>Folder of the embedded migration scripts.</summary>
    public abstract string SchemaFolder { get; }

    /// <summary>Whether grain state and reminders have their tables here.</summary>
    public abstract bool HoldsGrainState { get; }

    /// <summary>Whether it is a file on this machine rather than a server.</summary>
    public abstract bool IsFile { get; }

    /// <summary>Names this process's writer in the <c>marks</c> table.</summary>
    public abstract string WriterName { get; }

    /// <summary>
    /// Opens the one connection that writes. When it returns, every durability setting has been read back and the past is
    /// settled: what a look-up finds is durable, and what it does not find can no longer be committed.
    /// </summary>
    /// <exception cref="StorageRefusedException">A setting does not hold.</exception>
    public abstract DbConnection OpenWriter();

    /// <summary>Opens a pooled connection that cannot write and does not hold up the writer.</summary>
    public abstract ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Keeps other processes from migrating at the same time, until the transaction ends.</summary>
    public abstract void LockForMigration(DbTransaction transaction);

    /// <summary>How an id is stored.</summary>
    public abstract object Id(Guid id);

    /// <summary>Sets the value of every key in <paramref name="versions"/> to that stream's version, 0 when there is none.</summary>
    public abstract void ReadVersions(DbTransaction transaction, Dictionary<string, long> versions);

    public abstract void InsertRows(DbTransaction transaction, List<JournalRow> rows);

    /// <summary>
    /// Drops older copies of erased rows as far as the database can; false to be asked again after the next commit.
    /// </summary>
    public abstract bool Scrub(DbConnection connection);

    public virtual void Commit(DbTransaction transaction) => transaction.Commit();

    /// <summary>
    /// Notes, outside the database, which commit is about to be acknowledged, so that an opening can tell that it vanished.
    /// Best effort: a note that could not be made leaves the one before.
    /// </summary>
    public virtual void Remember(Mark mark)
    {
    }

    /// <summary>
    /// Events are about to be removed: what was noted by <see cref="Remember"/> must name none of them, before they go. The note
    /// then names an older transaction, which is as true.
    /// </summary>
    /// <param name="connection">The connection with the transaction that will remove them.</param>
    /// <param name="stream">A stream.</param>
    /// <param name="prefix">What the names of others begin with.</param>
    public virtual void LetGo(DbConnection connection, string stream, string prefix)
    {
    }

    /// <summary>Waits between two tries to connect.</summary>
    public virtual void Pause(TimeSpan time) => Thread.Sleep(time);

    public abstract void Dispose();
}

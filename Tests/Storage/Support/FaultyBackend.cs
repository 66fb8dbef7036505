using System.Data.Common;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Tests.Storage.Support;

public enum CommitFault
{
    None,

    /// <summary>The transaction does not commit.</summary>
    Lost,

    /// <summary>The transaction commits, and then the connection fails: the writer cannot know.</summary>
    AnswerLost,
}

/// <summary>A real backend whose commits can be held, failed and counted, and which can be unreachable.</summary>
internal sealed class FaultyBackend(StoreBackend inner) : StoreBackend
{
    private readonly Queue<CommitFault> _faults = new();
    private readonly SemaphoreSlim _held = new(0);
    private readonly SemaphoreSlim _gate = new(0);
    private volatile bool _holding;

    public int Commits { get; private set; }

    public int Opens { get; private set; }

    public List<TimeSpan> Pauses { get; } = [];

    /// <summary>How many of the next openings fail.</summary>
    public int RefuseOpens { get; set; }

    /// <summary>How many of the next readers find nobody.</summary>
    public int RefuseReaders { get; set; }

    /// <summary>Readers that came.</summary>
    public int Readers { get; private set; }

    /// <summary>Readers wait for this before they get a connection.</summary>
    public Task ReadersWaitFor { get; set; } = Task.CompletedTask;

    public override string Place => inner.Place;

    public override string SchemaFolder => inner.SchemaFolder;

    public override bool HoldsGrainState => inner.HoldsGrainState;

    public override bool IsFile => inner.IsFile;

    public override string WriterName => inner.WriterName;

    /// <summary>The next commits fail so, one by one.</summary>
    public void Fail(params CommitFault[] faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    /// <summary>The commit that is held succeeds; the one after it fails so.</summary>
    public void FailAfterThis(CommitFault fault)
    {
        _faults.Enqueue(CommitFault.None);
        _faults.Enqueue(fault);
    }

    /// <summary>Makes the writer wait before its next COMMIT.</summary>
    public void Hold() => _holding = true;

    /// <summary>Returns once the writer stands before COMMIT.</summary>
    public async Task HeldAsync()
    {
        if (!await _held.WaitAsync(TimeSpan.FromSeconds(30)))
            throw new TimeoutException("The writer did not come to a commit within 30 s.");
    }

    public void Release()
    {
        _holding = false;
        _gate.Release();
    }

    public override void Commit(DbTransaction transaction)
    {
        if (_holding)
        {
            _held.Release();
            _gate.Wait();
        }

        Commits++;
        var fault = _faults.TryDequeue(out var next) ? next : CommitFault.None;
        if (fault != CommitFault.Lost)
            inner.Commit(transaction);
        if (fault != CommitFault.None)
            throw new IOException("the connection broke during COMMIT");
    }

    public override void Remember(Mark mark) => inner.Remember(mark);

    public override void LetGo(DbConnection connection, string stream, string prefix) => inner.LetGo(connection, stream, prefix);

    public override DbConnection OpenWriter()
    {
        Opens++;
        return RefuseOpens-- > 0 ? throw new IOException("nobody listens") : inner.OpenWriter();
    }

    public override void Pause(TimeSpan time) => Pauses.Add(time);

    public override async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        Readers++;
        await ReadersWaitFor;
        return RefuseReaders-- > 0 ? throw new IOException("nobody listens") : await inner.OpenReaderAsync(cancellationToken);
    }

    public override void LockForMigration(DbTransaction transaction) => inner.LockForMigration(transaction);

    public override object Id(Guid id) => inner.Id(id);

    public override void ReadVersions(DbTransaction transaction, Dictionary<string, long> versions) => inner.ReadVersions(transaction, versions);

    public override void InsertRows(DbTransaction transaction, List<JournalRow> rows) => inner.InsertRows(transaction, rows);

    public override bool Scrub(DbConnection connection) => inner.Scrub(connection);

    public override void Dispose()
    {
        inner.Dispose();
        _held.Dispose();
        _gate.Dispose();
    }
}

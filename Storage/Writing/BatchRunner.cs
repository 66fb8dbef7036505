using System.Data.Common;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// Turns a batch of requests into one transaction and answers them, whatever happens to the connection meanwhile.
/// Used by the writer's thread alone.
/// </summary>
internal sealed class BatchRunner(StoreBackend backend, DbConnection first, TimeProvider time, StoreMetrics metrics, WriterHealth health, int reconnectAttempts) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private DbConnection? _connection = first;
    private bool _down;
    private bool _scrubPending;

    private string Unreachable => $"The database in {backend.Place} could not be reached; nothing was written.";

    /// <summary>Answers every request. False when the database could not be reached, so that the next ones need not wait for it too.</summary>
    public bool Run(IReadOnlyList<WriteRequest> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_connection is null && !Connect(out var refusal))
            {
                Fail(batch, JournalFailure.NotWritten, Unreachable, refusal);
                return false;
            }

            Mark? mark = null;
            var committing = false;
            var started = time.GetTimestamp();
            health.Began();
            try
            {
                using var transaction = _connection!.BeginTransaction();
                mark = Apply(transaction, batch);
                if (mark is null)
                {
                    transaction.Rollback();
                    health.Passed();
                }
                else
                {
                    committing = true;
                    backend.Commit(transaction);
                }
            }
            catch (Exception exception)
            {
                Disconnect();
                if (committing)
                {
                    metrics.Unknown();
                    // Told at once: looking it up may take as long as the outage.
                    health.Failed(exception);
                    if (!Connect(out _) || HasCommitted(mark!) is not { } committed)
                    {
                        Fail(batch, JournalFailure.Unknown, $"A commit in {backend.Place} failed and what became of it could not be learnt.", exception);
                        return false;
                    }

                    if (committed)
                        return CompleteAll(batch, mark, started);
                }
                else if (batch.Count > 1)
                {
                    return RunOneByOne(batch, exception);
                }

                if (attempt == 2)
                {
                    health.Failed(exception);
                    Fail(batch, JournalFailure.NotWritten, $"A write to {backend.Place} failed twice; nothing was written.", exception);
                    return true;
                }

                continue;
            }

            return CompleteAll(batch, mark, started);
        }
    }

    public void Dispose()
    {
        if (_connection is not null && _scrubPending)
            Scrub();
        Disconnect();
    }

    /// <summary>Runs every request inside the transaction; null when none of them changed anything.</summary>
    private Mark? Apply(DbTransaction transaction, IReadOnlyList<WriteRequest> batch)
    {
        var session = new WriteSession(backend, _connection!, time.GetUtcNow().ToUnixTimeMilliseconds());
        var appends = batch.OfType<AppendRequest>().ToList();
        var rows = new List<JournalRow>();
        if (appends.Count > 0)
        {
            var versions = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var append in appends)
                versions[append.Stream] = 0;
            backend.ReadVersions(transaction, versions);
            foreach (var append in appends)
                append.Decide(versions, session.NowUtcMs, rows);
            if (rows.Count > 0)
                backend.InsertRows(transaction, rows);
        }

        foreach (var write in batch.OfType<ITableWrite>())
            write.Apply(session);

        if (rows.Count > 0)
            return new Mark(rows[0].Stream, rows[0].Version, rows[0].BatchId);
        return session.Wrote ? Mark.Leave(session, backend.WriterName, Guid.CreateVersion7(time.GetUtcNow())) : null;
    }

    /// <summary>One request spoils the transaction for all: each gets its own, so that only the culprit fails.</summary>
    private bool RunOneByOne(IReadOnlyList<WriteRequest> batch, Exception first)
    {
        var reachable = true;
        foreach (var request in batch)
        {
            if (reachable)
                reachable = Run([request]);
            else
                Fail([request], JournalFailure.NotWritten, Unreachable, first);
        }

        return reachable;
    }

    private bool Connect(out Exception? refusal)
    {
        refusal = null;
        // Once given up, the next batch tries once only: callers hear about an outage at once, not one pause after another.
        var attempts = _down ? 1 : reconnectAttempts;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            if (attempt > 0)
                backend.Pause(FirstPause * (1 << Math.Min(attempt - 1, 6)));
            try
            {
                _connection = backend.OpenWriter();
                _down = false;
                return true;
            }
            catch (Exception exception)
            {
                refusal = exception;
                health.Failed(exception);
                // A full disk, a lock that was waited for, damage: they outlast any pause that a caller could bear.
                if (!JournalTroubles.MayPass(JournalTroubles.Of(exception)))
                    break;
            }
        }

        _down = true;
        return false;
    }

    private bool? HasCommitted(Mark mark)
    {
        try
        {
            return mark.IsIn(_connection!, backend.WriterName);
        }
        catch (Exception)
        {
            Disconnect();
            return null;
        }
    }

    private void Disconnect()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // It is being given up because it is broken; it may say so once more.
        }
        finally
        {
            _connection = null;
        }
    }

    private bool CompleteAll(IReadOnlyList<WriteRequest> batch, Mark? mark, long started)
    {
        var (events, took) = (batch.Sum(request => request.Events), time.GetElapsedTime(started));
        metrics.Completed(events, took);
        if (mark is not null)
        {
            health.Committed(events, took);
            backend.Remember(mark);
        }

        foreach (var request in batch.Where(request => !request.Erases))
            request.Complete();
        _scrubPending |= batch.Any(request => request.Erases);
        if (_scrubPending)
            Scrub();
        foreach (var request in batch.Where(request => request.Erases))
            request.Complete();
        return true;
    }

    private void Scrub()
    {
        try
        {
            _scrubPending = _connection is null || !backend.Scrub(_connection);
        }
        catch (Exception)
        {
            // The rows are gone and that is committed; their older copies are dropped after a later commit.
            Disconnect();
        }
    }

    private static void Fail(IReadOnlyList<WriteRequest> batch, JournalFailure failure, string message, Exception? cause)
    {
        foreach (var request in batch)
            request.Fail(new JournalUnavailableException(failure, cause is null ? message : $"{message} {cause.Message}", cause));
    }
}

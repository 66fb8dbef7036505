using System.Data.Common;
using System.Threading.Channels;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Storage.Writing;

/// <summary>
/// The one writer of a process: requests wait in a bounded queue and a thread of its own turns what waits into
/// transactions. A thread and not a pool task, because fsync blocks and the pool runs the hall.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly Channel<WriteRequest> _queue;
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreMetrics _metrics;
    private readonly WriterHealth _health;
    private readonly BatchRunner _runner;
    private readonly Thread _thread;
    private long _waitingBytes;
    private volatile bool _closed;

    public StoreWriter(StoreBackend backend, DbConnection connection, StorageOptions options, TimeProvider time, WriterHealth health)
    {
        _options = options;
        _time = time;
        _health = health;
        // Full: TryWrite says no and the caller is told so at once; nothing waits outside the queue.
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _metrics = new StoreMetrics(backend.Place, () => _queue.Reader.Count, OldestWaiting, () => health.IsFailing);
        _health.QueueDepth = () => _queue.Reader.Count;
        _runner = new BatchRunner(backend, connection, time, _metrics, health, options.ReconnectAttempts);
        _thread = new Thread(Work) { IsBackground = true, Name = "story storage writer" };
        _thread.Start();
    }

    /// <summary>Queues a request; false when the queue is full. Nothing of a refused request will be written.</summary>
    /// <exception cref="ObjectDisposedException">The store is closing.</exception>
    public bool TryEnqueue(WriteRequest request)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        request.QueuedAt = _time.GetTimestamp();
        var waiting = Interlocked.Add(ref _waitingBytes, request.Bytes);
        // A request alone is always taken: the size of one body has its own limit.
        var fits = waiting <= _options.QueueBytes || waiting == request.Bytes;
        if (fits && _queue.Writer.TryWrite(request))
            return true;

        Interlocked.Add(ref _waitingBytes, -request.Bytes);
        ObjectDisposedException.ThrowIf(_closed, this);
        _metrics.Busy();
        _health.Refused();
        return false;
    }

    /// <summary>Queues a write to a table and waits for its answer.</summary>
    /// <exception cref="JournalUnavailableException">The queue is full, or the write failed.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> apply, CancellationToken cancellationToken, long bytes = 0, bool erases = false, bool alone = false)
    {
        var request = new TableWrite<T>(apply, cancellationToken) { Bytes = bytes, Erases = erases, Alone = alone };
        return TryEnqueue(request)
            ? request.Answer
            : Task.FromException<T>(new JournalUnavailableException(JournalFailure.Busy, "The write queue is full; nothing was written. Try again."));
    }

    /// <summary>Has a write of its own tried soon, unless others wait that will tell the same.</summary>
    public void Prove()
    {
        if (!_closed && _queue.Reader.Count == 0) _queue.Writer.TryWrite(new Probe { QueuedAt = _time.GetTimestamp() });
    }

    /// <summary>Takes no more requests, writes those that wait, and closes the connection.</summary>
    public void Dispose()
    {
        _closed = true;
        _queue.Writer.TryComplete();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
        _metrics.Dispose();
    }

    /// <summary>One transaction, with what its requests waited.</summary>
    private void Run(List<WriteRequest> batch)
    {
        var waited = _time.GetElapsedTime(batch[0].QueuedAt);
        _metrics.Waited(waited);
        using var span = StoreTracing.Batch(batch, waited);
        _runner.Run(batch);
    }

    private TimeSpan OldestWaiting() => _queue.Reader.TryPeek(out var oldest) ? _time.GetElapsedTime(oldest.QueuedAt) : TimeSpan.Zero;

    private void Work()
    {
        var batch = new List<WriteRequest>();
        while (WaitForWork())
        {
            var bytes = Gather(batch);
            if (batch.Count > 0)
                Run(batch);
            batch.Clear();
            Interlocked.Add(ref _waitingBytes, -bytes);
        }

        _runner.Dispose();
    }

    /// <summary>
    /// True when something waits, false when nothing more will. While the journal fails and nobody writes, a write of its
    /// own tells whether it still does: a console must not show yesterday's trouble, nor a hall wait for a vote to find out.
    /// </summary>
    private bool WaitForWork()
    {
        var work = _queue.Reader.WaitToReadAsync().AsTask();
        while (_health.IsFailing && !work.Wait(_options.ProbeEvery))
            _runner.Run([new Probe()]);
        return work.GetAwaiter().GetResult();
    }

    /// <summary>Moves what waits into the batch, up to its limits; returns the bytes taken off the queue.</summary>
    private long Gather(List<WriteRequest> batch)
    {
        var started = _time.GetTimestamp();
        var events = 0;
        var bytes = 0L;
        while (_queue.Reader.TryPeek(out var next))
        {
            var full = events + next.Events > _options.BatchEvents || bytes + next.Bytes > _options.BatchBytes
                || _time.GetElapsedTime(started) >= _options.BatchTime;
            if (batch.Count > 0 && (full || next.Alone || batch[^1].Alone))
                break;
            _queue.Reader.TryRead(out _);
            bytes += next.Bytes;
            if (next.IsCancelled)
                continue;
            events += next.Events;
            batch.Add(next);
        }

        return bytes;
    }

    /// <summary>A write that nobody asked for: one row, always the same.</summary>
    private sealed class Probe : WriteRequest, ITableWrite
    {
        public override bool IsCancelled => false;

        public void Apply(WriteSession session) => session.Execute(
            "insert into marks (writer, batch_id, at_utc_ms) values ('probe', @batch, @now) on conflict (writer) do update set batch_id = excluded.batch_id, at_utc_ms = excluded.at_utc_ms",
            ("batch", session.Id(Guid.NewGuid())),
            ("now", session.NowUtcMs));

        public override void Complete()
        {
        }

        public override void Fail(Exception exception)
        {
        }
    }
}

using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage.Writing;

/// <summary>Kept by the writer's thread, read by anyone. It logs one line when the journal turns bad and one when it is well again.</summary>
internal sealed partial class WriterHealth(StoreBackend backend, TimeProvider time, ILogger log) 
{
    /// <summary>A commit that takes longer is worth telling: a hall's votes are acknowledged in 60 ms.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>How long after the last refusal of a full queue the journal still counts as busy: one look of a console and some.</summary>
    private const long BusyForMs = 3_000;

    private readonly Lock _gate = new();
    private Failing? _failing;
    private bool _damaged;
    private long _wellSinceMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long? _begunAt;
    private long _begunMs;
    private long _refusedFirstMs;
    private long _refusedLastMs = long.MinValue / 2;
    private double _lastCommitMs;
    private long? _committedAt;
    private int _batchSize;

    /// <summary>Writes that wait; the writer says.</summary>
    public Func<int> QueueDepth { get; set; } = () => 0;

    /// <summary>Whether it fails now.</summary>
    public bool IsFailing
    {
        get
        {
            lock (_gate) return _failing is not null;
        }
    }

    /// <summary>The present.</summary>
    public JournalHealth Now
    {
        get
        {
            lock (_gate)
            {
                var (state, kind, sentence, since) = State(NowMs);
                return new JournalHealth(state, kind, sentence, since, _lastCommitMs, QueueDepth(), _batchSize);
            }
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether a commit was acknowledged so short a time ago.</summary>
    public bool CommittedWithin(TimeSpan span)
    {
        lock (_gate) return _committedAt is { } at && time.GetElapsedTime(at) < span;
    }

    /// <summary>A transaction begins.</summary>
    public void Began()
    {
        lock (_gate) (_begunAt, _begunMs) = (time.GetTimestamp(), NowMs);
    }

    /// <summary>It was written.</summary>
    public void Committed(int events, TimeSpan took)
    {
        Failing? was;
        lock (_gate)
        {
            (_begunAt, _lastCommitMs, _batchSize, _committedAt) = (null, took.TotalMilliseconds, events, time.GetTimestamp());
            // Damage does not heal because another page could be written.
            if (_failing is null || _damaged) return;
            (was, _failing, _wellSinceMs) = (_failing, null, NowMs);
        }

        WellAgain(log, backend.Place, (NowMs - was.SinceMs) / 1000.0);
    }

    /// <summary>The transaction changed nothing or was one request's fault.</summary>
    public void Passed()
    {
        lock (_gate) _begunAt = null;
    }

    /// <summary>It was not written, or what became of it is not known.</summary>
    public void Failed(Exception? cause)
    {
        lock (_gate) _begunAt = null;
        if (JournalTroubles.Of(cause) is { } trouble) Failed(trouble, cause!);
    }

    /// <summary>A reader met damage, which the writer may not see for a long time.</summary>
    public void Saw(Exception cause)
    {
        if (JournalTroubles.Of(cause) != JournalTrouble.Damaged) return;
        lock (_gate) _damaged = true;
        Failed(JournalTrouble.Damaged, cause);
    }

    /// <summary>The queue was full and a request was turned away.</summary>
    public void Refused()
    {
        lock (_gate)
        {
            var now = NowMs;
            if (now - _refusedLastMs > BusyForMs) _refusedFirstMs = now;
            _refusedLastMs = now;
        }
    }

    private void Failed(JournalTrouble trouble, Exception cause)
    {
        Failing failing;
        lock (_gate)
        {
            if (_failing?.Kind == trouble || (_damaged && _failing is not null && trouble != JournalTrouble.Damaged)) return;
            failing = new Failing(trouble, JournalTroubles.Sentence(trouble, backend.Place, backend.IsFile, cause.Message), _failing?.SinceMs ?? NowMs);
            _failing = failing;
        }

        TurnedBad(log, failing.Sentence.Words, cause.Message);
    }

    private (JournalState State, JournalTrouble? Kind, Text? Sentence, long SinceMs) State(long now)
    {
        if (_failing is { } failing) return (JournalState.Failing, failing.Kind, failing.Sentence, failing.SinceMs);
        if (_begunAt is { } begun && time.GetElapsedTime(begun) > Slow) return (JournalState.Busy, null, JournalTroubles.Busy(backend.Place), _begunMs);
        return now - _refusedLastMs <= BusyForMs
            ? (JournalState.Busy, null, JournalTroubles.Busy(backend.Place), _refusedFirstMs)
            : (JournalState.Well, null, null, _wellSinceMs);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence} The database says: {Words}")]
    private static partial void TurnedBad(ILogger log, string sentence, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal in {Place} is well again after {Seconds:0.0} s; what was acknowledged stands")]
    private static partial void WellAgain(ILogger log, string place, double seconds);

    private sealed record Failing(JournalTrouble Kind, Text Sentence, long SinceMs);
}

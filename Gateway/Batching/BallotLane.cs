using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Batching;

/// <summary>
/// The way of ballots to one shard. The first of a batch waits a moment for company, also when the batch before is back sooner: what a
/// batch costs, a grain call and a commit, does not depend on how many share it. One is under way at a time; meanwhile the next
/// gathers, one ballot a seat. Bounded: when too many wait, the answer is "busy" at once and nothing is queued.
/// </summary>
internal sealed class BallotLane
{
    /// <summary>Ballots a batch carries at most, as the shard allows.</summary>
    public const int MostInBatch = 4_096;

    /// <summary>The least that a timer is told to wait: it knows nothing smaller.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<BallotGathering> _gatherings = [];
    private readonly int _shard;
    private readonly Func<BallotBatch, Task<ImmutableArray<Receipt>>> _cast;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly GatewayMeter? _meter;
    private readonly ITimer _timer;
    private BallotGathering? _last;
    private BallotGathering? _away;
    private Task _flushing = Task.CompletedTask;
    private bool _armed;
    private bool _draining;
    private bool _silent;
    private int _waiting;

    /// <summary>Opens a lane to a shard.</summary>
    public BallotLane(
        int shard, Func<BallotBatch, Task<ImmutableArray<Receipt>>> cast, GatewayOptions options, TimeProvider time, ILogger log,
        GatewayMeter? meter = null)
    {
        (_shard, _cast, _options, _time, _log, _meter) = (shard, cast, options, time, log, meter);
        _timer = time.CreateTimer(static lane => ((BallotLane)lane!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls that wait for a receipt.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Which shard.</summary>
    public int Shard => _shard;

    /// <summary>How long the ballot that has waited longest has waited for its receipt.</summary>
    public TimeSpan Oldest
    {
        get
        {
            lock (_gate)
            {
                var oldest = _away ?? (_gatherings.TryPeek(out var first) ? first : null);
                return oldest is null ? TimeSpan.Zero : _time.GetElapsedTime(oldest.OpenedAt);
            }
        }
    }

    /// <summary>Sends a ballot on its way; the task ends with its receipt and never fails.</summary>
    public Task<Receipt> Cast(RoundTerms terms, Ballot ballot)
    {
        lock (_gate)
        {
            if (_waiting >= _options.WaitingBallots) return Task.FromResult(Busy(terms.Round, ballot.Seat));
            if (_last is null || _last.Terms != terms || !_last.HasRoomFor(ballot.Seat))
            {
                _last = new BallotGathering(terms, _time.GetTimestamp());
                _gatherings.Enqueue(_last);
            }

            _waiting++;
            var receipt = _last.Add(ballot);
            if (_flushing.IsCompleted && !_armed)
            {
                _armed = true;
                _timer.Change(_options.GatherBallots, Timeout.InfiniteTimeSpan);
            }

            return receipt;
        }
    }

    /// <summary>Sends what waits without further gathering and returns once all of it is answered.</summary>
    public async Task Drain()
    {
        lock (_gate) _draining = true;
        Flush();
        await _flushing;
        lock (_gate) _draining = false;
    }

    private void Flush()
    {
        lock (_gate)
        {
            _armed = false;
            if (_flushing.IsCompleted) _flushing = FlushAll();
        }
    }

    private async Task FlushAll()
    {
        // Leaves the caller's lock before the first call.
        await Task.Yield();
        while (true)
        {
            BallotGathering gathering;
            lock (_gate)
            {
                _away = null;
                if (!_gatherings.TryPeek(out gathering!))
                {
                    // From here the next ballot arms the timer: the lock makes "nothing waits" and "not flushing" one fact.
                    _flushing = Task.CompletedTask;
                    return;
                }

                var early = _options.GatherBallots - _time.GetElapsedTime(gathering.OpenedAt);
                if (early > TimeSpan.Zero && !_draining)
                {
                    (_flushing, _armed) = (Task.CompletedTask, true);
                    _timer.Change(early > Tick ? early : Tick, Timeout.InfiniteTimeSpan);
                    return;
                }

                _away = _gatherings.Dequeue();
                if (ReferenceEquals(gathering, _last)) _last = null;
            }

            var receipts = await Carry(gathering);
            Interlocked.Add(ref _waiting, -gathering.Answer(receipts, seat => Busy(gathering.Terms.Round, seat)));
        }
    }

    /// <summary>Brings a batch to the shard, and tells what it waited and how long it took.</summary>
    private async Task<ImmutableArray<Receipt>> Carry(BallotGathering gathering)
    {
        var batch = gathering.Batch();
        var started = _time.GetTimestamp();
        var waited = _time.GetElapsedTime(gathering.OpenedAt, started);
        using var span = GatewayTracing.Batch(gathering.Votes, _shard, batch.Ballots.Length, waited);
        var receipts = await Ask(batch);
        _meter?.Flushed(_shard, batch.Ballots.Length, waited, _time.GetElapsedTime(started));
        return receipts;
    }

    /// <summary>The shard's receipts, or none when it failed or took too long: the fate of the batch is unknown then.</summary>
    private async Task<ImmutableArray<Receipt>> Ask(BallotBatch batch)
    {
        try
        {
            var receipts = await _cast(batch).WaitAsync(_options.ShardTimeout, _time);
            if (receipts.Length == batch.Ballots.Length)
            {
                if (_silent) _log.LogWarning("Shard {Shard} answers again.", _shard);
                _silent = false;
                return receipts;
            }

            _log.LogWarning("Shard {Shard} answered {Receipts} receipts to {Ballots} ballots.", _shard, receipts.Length, batch.Ballots.Length);
        }
#pragma warning disable CA1031 // Whatever went wrong, the viewers are told "busy" and send the same ballot again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Once for a spell of silence: a full disk in a full hall would be a log line for every batch.
            if (!_silent) _log.LogWarning("Shard {Shard} does not answer; its seats are told to send again: {Problem}", _shard, e.Message);
            _silent = true;
        }

        return [];
    }

    private Receipt Busy(int round, int seat) => new(ReceiptStatus.Busy, round, seat, 0, "", _shard, 0);
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Batching;

/// <summary>Takes a session's ballots and feelings and brings them to its audience shards, many at a time.</summary>
internal sealed class BallotDesk(
    IGrainFactory grains, SessionId session, GatewayOptions options, TimeProvider time, ILogger log, GatewayMeter? meter = null)
{
    private readonly Lock _gate = new();
    private BallotLane[] _lanes = [];
    private FeelingLane[] _feelings = [];

    /// <summary>Calls that wait for a receipt.</summary>
    public int Waiting => Volatile.Read(ref _lanes).Sum(lane => lane.Waiting);

    /// <summary>The lanes, one a shard; none before the first ballot.</summary>
    public IReadOnlyList<BallotLane> Lanes => Volatile.Read(ref _lanes);

    /// <summary>Sends a ballot to the shard of its seat.</summary>
    public Task<Receipt> Cast(int shards, RoundTerms terms, Ballot ballot)
    {
        Open(shards);
        return _lanes[Shards.Of(ballot.Seat, shards)].Cast(terms, ballot);
    }

    /// <summary>Sends a feeling to the shard of its seat; it may get lost.</summary>
    public void Feel(int shards, FeelingTap tap)
    {
        Open(shards);
        _feelings[Shards.Of(tap.Seat, shards)].Feel(tap);
    }

    /// <summary>Sends everything that waits and returns once it is answered.</summary>
    public Task Drain() => Task.WhenAll(_lanes.Select(lane => lane.Drain()));

    /// <summary>The shard count never changes in a session's life, so this happens once.</summary>
    private void Open(int shards)
    {
        if (Volatile.Read(ref _lanes).Length == shards) return;
        lock (_gate)
        {
            if (_lanes.Length == shards) return;
            _feelings = [.. Enumerable.Range(0, shards).Select(shard => new FeelingLane(grains.Audience(new AudienceKey(session, shard)), time, log))];
            Volatile.Write(ref _lanes, [.. Enumerable.Range(0, shards).Select(shard =>
                new BallotLane(shard, grains.Audience(new AudienceKey(session, shard)).Cast, options, time, log, meter))]);
        }
    }
}

using System.Diagnostics.Metrics;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Gateway.Fanout;

namespace Orleans.Story.Gateway.Telemetry;

/// <summary>What the gateway measures, under the meter <c>Orleans.Story.Gateway</c>.</summary>
internal sealed class GatewayMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Orleans.Story.Gateway";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _casts;
    private readonly Histogram<double> _acknowledged;
    private readonly Counter<long> _pushes;
    private readonly Histogram<double> _fanout;
    private readonly Counter<long> _conflated;
    private readonly Counter<long> _aborted;
    private readonly Counter<long> _unparsable;
    private readonly Counter<long> _refused;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchTime;
    private readonly Histogram<double> _laneWait;

    /// <summary>Makes the instruments.</summary>
    public GatewayMeter(IMeterFactory factory)
    {
        _meter = factory.Create(Name);
        _connections = _meter.CreateUpDownCounter<long>("story.gateway.connections", "{connection}", "Open hub connections.");
        _casts = _meter.CreateCounter<long>("story.gateway.casts", "{ballot}", "Ballots by what became of them.");
        _acknowledged = _meter.CreateHistogram<double>("story.gateway.ack", "ms", "From a ballot's arrival to its receipt.");
        _pushes = _meter.CreateCounter<long>("story.gateway.pushes", "{message}", "Stages and tallies handed to connections.");
        _fanout = _meter.CreateHistogram<double>("story.gateway.fanout", "ms", "Handing one push to every connection of a class.");
        _conflated = _meter.CreateCounter<long>("story.gateway.conflated", "{message}", "Pushes that a slow client never got because a newer one replaced them.");
        _aborted = _meter.CreateCounter<long>("story.gateway.aborted", "{connection}", "Connections given up because a write hung.");
        _unparsable = _meter.CreateCounter<long>("story.gateway.unparsable", "{connection}", "Connections closed for a frame that was too long or could not be parsed.");
        _batchSize = _meter.CreateHistogram<int>("story.gateway.batch.size", "{ballot}", "Ballots brought to a shard together.");
        _batchTime = _meter.CreateHistogram<double>("story.gateway.batch.time", "ms", "From a batch's leaving its lane until its receipts.");
        _laneWait = _meter.CreateHistogram<double>("story.gateway.lane.wait", "ms", "How long the first ballot of a batch waited in its lane.");
        _refused = _meter.CreateCounter<long>("story.gateway.refused", "{call}", "Hub calls refused, by code.");
    }

    /// <summary>Shows, whenever somebody looks, what waits in the feeds.</summary>
    public void Watch(SessionFeeds feeds)
    {
        _meter.CreateObservableGauge("story.gateway.lane.waiting", () => Lanes(feeds, lane => lane.Waiting), "{ballot}", "Ballots that wait for a receipt, by session and shard.");
        _meter.CreateObservableGauge("story.gateway.lane.oldest", () => Lanes(feeds, lane => lane.Oldest.TotalMilliseconds), "ms", "How long the oldest of them has waited.");
        _meter.CreateObservableGauge("story.gateway.slow", () => Each(feeds, feed => feed.Slow), "{connection}", "Connections whose last write is still pending.");
        _meter.CreateObservableGauge("story.gateway.tally.age", () => Each(feeds, feed => feed.TallyAge.TotalMilliseconds), "ms", "How long acknowledged ballots have been in no tally.");
    }

    /// <summary>A batch came back from its shard.</summary>
    public void Flushed(int shard, int ballots, TimeSpan waited, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("shard", shard);
        _batchSize.Record(ballots, tag);
        _batchTime.Record(took.TotalMilliseconds, tag);
        _laneWait.Record(waited.TotalMilliseconds, tag);
    }

    /// <summary>A connection came (+1) or went (-1).</summary>
    public void Connections(string hub, int change) => _connections.Add(change, new KeyValuePair<string, object?>("hub", hub));

    /// <summary>A ballot got its receipt.</summary>
    public void Cast(ReceiptStatus status, TimeSpan took)
    {
        _casts.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));
        _acknowledged.Record(took.TotalMilliseconds);
    }

    /// <summary>A push went to so many connections.</summary>
    public void Pushed(string what, int connections, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("what", what);
        _pushes.Add(connections, tag);
        _fanout.Record(took.TotalMilliseconds, tag);
    }

    /// <summary>A slow client's pending push was replaced.</summary>
    public void Conflated() => _conflated.Add(1);

    /// <summary>A connection was given up.</summary>
    public void Aborted() => _aborted.Add(1);

    /// <summary>A frame closed its connection.</summary>
    public void Unparsable() => _unparsable.Add(1);

    /// <summary>A hub call was refused.</summary>
    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Each<T>(SessionFeeds feeds, Func<SessionFeed, T> value)
        where T : struct =>
        feeds.All().Select(feed => new Measurement<T>(value(feed), new KeyValuePair<string, object?>("session", feed.Id.ToString())));

    private static IEnumerable<Measurement<T>> Lanes<T>(SessionFeeds feeds, Func<BallotLane, T> value)
        where T : struct =>
        feeds.All().SelectMany(feed => feed.Ballots.Lanes.Select(lane => new Measurement<T>(
            value(lane), new KeyValuePair<string, object?>("session", feed.Id.ToString()), new KeyValuePair<string, object?>("shard", lane.Shard))));
}

using System.Diagnostics.Metrics;
using Orleans.Story.Contracts.Sessions;

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
        _refused = _meter.CreateCounter<long>("story.gateway.refused", "{call}", "Hub calls refused, by code.");
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
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>One gateway's counters: the whole of each, and refusals by code.</summary>
internal sealed class Counters : IDisposable
{
    public const string Unparsable = "story.gateway.unparsable";
    public const string Aborted = "story.gateway.aborted";
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> totals = new(StringComparer.Ordinal);

    public Counters(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _ = services.GetRequiredService<GatewayMeter>();
        listener.InstrumentPublished = (published, to) =>
        {
            if (published.Meter.Name == GatewayMeter.Name && ReferenceEquals(published.Meter.Scope, factory)) to.EnableMeasurementEvents(published);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            totals.AddOrUpdate(instrument.Name, value, (_, before) => before + value);
            foreach (var tag in tags)
            {
                if (tag.Key == "code") totals.AddOrUpdate("refused:" + tag.Value, value, (_, before) => before + value);
            }
        });
        listener.Start();
    }

    public long this[string name] => totals.GetValueOrDefault(name);

    public static string Refused(string code) => "refused:" + code;

    public void Dispose() => listener.Dispose();
}

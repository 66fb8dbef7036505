using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orleans.Story.Embedded;

/// <summary>What the engine tells OpenTelemetry, under the name <c>Orleans.Story.Embedded</c>.</summary>
internal static class Diagnostics
{
    private const string Name = "Orleans.Story.Embedded";
    private static readonly Meter s_meter = new(Name);

    public static readonly ActivitySource Source = new(Name);

    public static readonly Counter<long> Calls = s_meter.CreateCounter<long>("embedded.calls", description: "Calls sent, by method.");

    public static readonly Counter<long> Timeouts = s_meter.CreateCounter<long>("embedded.timeouts", description: "Calls whose answer did not arrive in time, by method.");

    public static readonly UpDownCounter<long> Activations = s_meter.CreateUpDownCounter<long>("embedded.activations", description: "Activations alive, by grain type.");
}

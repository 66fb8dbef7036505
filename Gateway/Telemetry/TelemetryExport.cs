using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orleans.Story.Gateway.Telemetry;

/// <summary>
/// Sends traces and metrics to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names; without it, nothing leaves
/// the process.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("orleans-story-gateway");
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Orleans.Story.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Orleans.Story.*", "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.*")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _metrics?.ForceFlush(1_000);
        _traces?.ForceFlush(1_000);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}

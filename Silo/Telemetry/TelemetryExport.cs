using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orleans.Story.Silo.Telemetry;

/// <summary>
/// Sends traces and metrics to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names; without it, nothing leaves
/// the process.
/// </summary>
/// <param name="configuration">Where the collector is, and the share of votes that are traced.</param>
/// <param name="service">This process's name among the venue's tools.</param>
internal sealed class TelemetryExport(IConfiguration configuration, string service) : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Whether anybody is to be told; whoever would have to do something for it at every grain call asks first.</summary>
    public static bool IsWanted(IConfiguration configuration) => !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsWanted(configuration)) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService(service, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Orleans.Story.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Orleans.Story.*", "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime")
            .SetSampler(Sampler())
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>
    /// One vote in a hundred, unless <c>OTEL_TRACES_SAMPLER_ARG</c> says another share: enough to see where votes wait, and
    /// nothing a full hall would feel.
    /// </summary>
    private ParentBasedSampler Sampler() => new(new TraceIdRatioBasedSampler(
        double.TryParse(configuration["OTEL_TRACES_SAMPLER_ARG"], System.Globalization.CultureInfo.InvariantCulture, out var share) ? Math.Clamp(share, 0, 1) : 0.01));

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

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Story.Silo.Telemetry;

/// <summary>Metrics and traces of a process.</summary>
public static class TelemetryServices
{
    /// <summary>Sends them to the venue's collector, if the environment names one.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="service">The process's name there, such as <c>orleans-story-gateway</c>.</param>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, string service)
    {
        services.AddHostedService(provider => new TelemetryExport(provider.GetRequiredService<IConfiguration>(), service));
        return services;
    }
}

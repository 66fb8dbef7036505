using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Story.Embedded;

/// <summary>Puts the one-process engine into a host.</summary>
public static class EmbeddedHostingExtensions
{
    /// <summary>
    /// Adds a silo and its client (<see cref="IGrainFactory"/>, <see cref="IClusterClient"/>) to the host. Hosted services
    /// registered after this may call grains from their first moment to their last. May be called again to add to it.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configureDelegate">Storage, reminders, filters, options.</param>
    public static IHostApplicationBuilder AddEmbedded(this IHostApplicationBuilder builder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(Engine)))
        {
            services.AddLogging();
            services.AddOptions();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, _) => provider.GetRequiredService<TimeProvider>());
            services.AddSingleton<Engine>();
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Engine>().Client);
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Engine>().Client);
            services.AddSingleton<IHostedService, EngineLifetime>();
            services.Configure<GrainTypeOptions>(options => options.Classes.UnionWith(GrainClasses.Found));
        }

        configureDelegate(new SiloBuilder(services, builder.Configuration));
        return builder;
    }

    private sealed class EngineLifetime(Engine engine, IServiceProvider services) : IHostedService
    {
        private ReminderService? _reminders;

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            engine.Start();
            _reminders = services.GetService<ReminderService>();
            if (_reminders is not null)
            {
                await _reminders.StartAsync(cancellationToken);
            }
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (_reminders is not null)
            {
                await _reminders.StopAsync(cancellationToken);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                engine.Kill();
            }
            else
            {
                await engine.StopAsync(cancellationToken);
            }
        }
    }
}

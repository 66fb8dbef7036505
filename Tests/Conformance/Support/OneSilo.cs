using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Orleans.Story.Tests.Conformance.Support;

/// <summary>A silo and a client with what the test grains need. Storage, reminders and board live outside the silo, as a disk would.</summary>
public class OneSilo : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public Board Board { get; } = new();

    public ManualClock Clock { get; } = new();

    public JsonStorage Storage { get; } = new();

    public TableOfReminders Reminders { get; } = new();

    public InProcessTestCluster Host => _cluster!;

    public IClusterClient Client => Host.Client;

    /// <summary>A cluster of one test, changed to its needs.</summary>
    public static async Task<OneSilo> Start(Action<InProcessTestClusterBuilder>? configure = null)
    {
        var cluster = new OneSilo();
        await cluster.StartAsync(configure);
        return cluster;
    }

    /// <summary>Kills the silo as a power cut would, and starts it again.</summary>
    public async Task KillAndRestart(Action? meanwhile = null)
    {
        await Host.KillSiloAsync(Host.Silos[0]);
        meanwhile?.Invoke();
        await Host.StartAdditionalSiloAsync();
        await Host.InitializeClientAsync();
    }

    public ValueTask InitializeAsync() => new(StartAsync(configure: null));

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task StartAsync(Action<InProcessTestClusterBuilder>? configure)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.Services.AddGrainStorage("json", (_, _) => Storage);
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(Reminders);
            silo.Services.AddSingleton(Board);
            silo.Services.AddScoped<Grains.ScopedThing>();
            silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Clock);
            // Reminders keep real time here: releases of Orleans differ in how they bear a clock that stands.
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100));
            silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromMilliseconds(500));
        });
        configure?.Invoke(builder);
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}

using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Story.Embedded;

namespace Orleans.TestingHost;

/// <summary>
/// One silo and a client in the test's process. A test can kill the silo (no grain is told, no further turn of it runs) and
/// start it again on the same storage. The client outlives that here; on Orleans it needs <see cref="InitializeClientAsync"/>.
/// </summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private IHost? _clientHost;
    private Engine? _engine;
    private short _started;

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    /// <summary>How it was put together.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => new([.. _silos]);

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">Not deployed.</exception>
    public IClusterClient Client => _clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The test cluster client is unavailable because the cluster has not been deployed or has been stopped.");

    /// <summary>Starts silo and client.</summary>
    public async Task DeployAsync()
    {
        if (_clientHost is not null)
        {
            throw new InvalidOperationException("Cluster host already deployed.");
        }

        await StartAdditionalSiloAsync();
        await InitializeClientAsync();
    }

    /// <summary>A new client in place of the one there is; references of the old one are not used any more.</summary>
    public async Task InitializeClientAsync()
    {
        await StopClusterClientAsync();
        var builder = NewHost();
        foreach (var configure in Options.ClientHostConfigurationDelegates)
        {
            configure(builder);
        }

        builder.Services.AddSingleton<IClusterClient>(services => new EmbeddedClient(() => _engine!, services, services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value));
        builder.Services.AddSingleton<IGrainFactory>(services => services.GetRequiredService<IClusterClient>());
        _clientHost = builder.Build();
        await _clientHost.StartAsync();
    }

    /// <summary>The silo's services.</summary>
    public IServiceProvider GetSiloServiceProvider() => _silos[0].ServiceProvider;

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>Starts the silo anew after it was stopped or killed.</summary>
    /// <exception cref="NotSupportedException">One runs.</exception>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync()
    {
        if (_silos.Count > 0)
        {
            throw new NotSupportedException("The embedded engine is one process and never pretends to be a cluster: stop the silo that runs first.");
        }

        var own = new InProcessTestSiloSpecificOptions { SiloName = $"Silo_{_started}" };
        var builder = NewHost();
        builder.AddEmbedded(_ => { });
        foreach (var configure in Options.SiloHostConfigurationDelegates)
        {
            configure(own, builder);
        }

        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await DisposeAsync(host);
            throw;
        }

        _engine = host.Services.GetRequiredService<Engine>();
        var handle = new InProcessSiloHandle { SiloHost = host, Name = own.SiloName, InstanceNumber = _started++ };
        _silos.Add(handle);
        return handle;
    }

    /// <summary>Stops a silo; its grains are told.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => StopAsync(instance, gracefully: true);

    /// <summary>Kills a silo; nobody is told.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => StopAsync(instance, gracefully: false);

    /// <summary>Stops a silo and starts another.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartAdditionalSiloAsync();
    }

    /// <summary>Stops every silo.</summary>
    public async Task StopSilosAsync()
    {
        foreach (var silo in Silos)
        {
            await StopSiloAsync(silo);
        }
    }

    /// <summary>Stops client and silo.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        await StopSilosAsync();
    }

    /// <summary>Stops the client.</summary>
    public async Task StopClusterClientAsync()
    {
        if (_clientHost is { } client)
        {
            _clientHost = null;
            await client.StopAsync();
            await DisposeAsync(client);
        }
    }

    /// <summary>The activation of a grain, if there is one.</summary>
    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext)
        => (grainContext = _silos.Count == 0 ? null : _engine?.Find(grainId)) is not null;

    /// <summary>Ends a grain's activation and waits for that.</summary>
    public async Task DeactivateAsync(GrainId grainId)
    {
        if (TryGetGrainContext(grainId, out var context))
        {
            context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateAsync was called."));
            await context.Deactivated;
        }
    }

    /// <inheritdoc cref="DeactivateAsync(GrainId)"/>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Waits for the end of the activation a grain has now.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => TryGetGrainContext(grainId, out var context) ? context.Deactivated : Task.CompletedTask;

    /// <inheritdoc cref="WaitForDeactivationAsync(GrainId)"/>
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    /// <inheritdoc/>
    public void Dispose() => StopAllSilosAsync().GetAwaiter().GetResult();

    internal static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static HostApplicationBuilder NewHost() => Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

    private async Task StopAsync(InProcessSiloHandle silo, bool gracefully)
    {
        if (_silos.Remove(silo))
        {
            await silo.StopSiloAsync(gracefully);
            await silo.DisposeAsync();
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public sealed class InProcessSiloHandle : IAsyncDisposable
{
    /// <summary>Its host.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>Its host's services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = null!;

    /// <summary>How many the cluster had started before.</summary>
    public short InstanceNumber { get; init; }

    /// <summary>Whether it runs.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Stops it: with every grain told, or dead on the spot.</summary>
    public async Task StopSiloAsync(bool stopGracefully)
    {
        if (!IsActive)
        {
            return;
        }

        IsActive = false;
        if (!stopGracefully)
        {
            ServiceProvider.GetRequiredService<Story.Embedded.Engine>().Kill();
        }

        try
        {
            await SiloHost.StopAsync(new CancellationToken(canceled: !stopGracefully));
        }
        catch (OperationCanceledException) when (!stopGracefully)
        {
            // A host that is not given time says so.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        await InProcessTestCluster.DisposeAsync(SiloHost);
    }
}

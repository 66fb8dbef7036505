using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Story.Embedded;

namespace Orleans.TestingHost;

/// <summary>How a test cluster is put together.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>Silos to start. This engine is one process and refuses any number but one.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Has no effect here; on Orleans it writes files that a test does not want.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>Run on each silo's host.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>Run on the client's host.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What is particular to one silo.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>Its name.</summary>
    public string SiloName { get; set; } = null!;
}

/// <summary>Puts a test cluster together: one silo and a client, each with a host of its own.</summary>
public sealed class InProcessTestClusterBuilder
{
    /// <summary>Two silos, as on Orleans, which <see cref="Build"/> then refuses.</summary>
    public InProcessTestClusterBuilder() : this(2)
    {
    }

    /// <summary>This many silos.</summary>
    public InProcessTestClusterBuilder(short initialSilosCount) => Options = new() { InitialSilosCount = initialSilosCount };

    /// <summary>What has been asked for so far.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Configures the hosts of silo and client.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        ConfigureSiloHost((_, host) => configureDelegate(host));
        return ConfigureClientHost(configureDelegate);
    }

    /// <summary>Configures the silo.</summary>
    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
        => ConfigureSiloHost((options, host) => host.AddEmbedded(silo => configureSiloDelegate(options, silo)));

    /// <summary>Configures the silo's host.</summary>
    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    /// <summary>Configures the client.</summary>
    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
        => ConfigureClientHost(host => configureClientDelegate(new SiloBuilder(host.Services, host.Configuration)));

    /// <summary>Configures the client's host.</summary>
    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <summary>A cluster that is not started yet.</summary>
    /// <exception cref="NotSupportedException">More than one silo was asked for.</exception>
    public InProcessTestCluster Build()
        => Options.InitialSilosCount == 1
            ? new InProcessTestCluster(Options)
            : throw new NotSupportedException($"{Options.InitialSilosCount} silos were asked for; the embedded engine is one process and never pretends to be a cluster. Build with StoryEngine=orleans for more.");
}

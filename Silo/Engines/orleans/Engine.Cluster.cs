using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Story.Grains.Inference;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Telemetry;

namespace Orleans.Story.Silo.Engines;

/// <content>Silos and clients of a cluster whose membership, grain state and reminders are Orleans's ADO.NET providers on PostgreSQL.</content>
public static partial class Engine
{
    private const string Npgsql = "Npgsql";

    /// <summary>All clusters of this product keep the same kinds of state.</summary>
    private const string Service = "orleans-story";

    /// <summary>Requests that may wait at one grain, ten seconds of a full hall's joins; the next is refused and its caller told to come again.</summary>
    private const int MostWaiting = 5_000;

    /// <summary>Connections of each of Orleans's three providers: they read and write rarely. Beyond it they wait for one.</summary>
    private const int ProviderPool = 8;

    /// <summary>Puts a silo of a cluster into the host, without a client of its own beside it.</summary>
    internal static void AddClusterSilo(IHostApplicationBuilder builder, ClusterSettings settings, Action<ISiloBuilder> configure)
    {
        Quieten(builder.Logging);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Name, Service));
            silo.Configure<EndpointOptions>(options =>
            {
                // Gateways come in at silos that hold sessions alone: no connection of theirs ends with one that writes.
                (options.SiloPort, options.GatewayPort) = (settings.SiloPort, settings.Roles.HasFlag(StoryRoles.Story) ? settings.ClientPort : 0);
                if (settings.Address is { } address) options.AdvertisedIPAddress = address;
                if (settings.SiloListenPort is { } silos) options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, silos);
                if (settings.ClientListenPort is { } clients && options.GatewayPort != 0) options.GatewayListeningEndpoint = new IPEndPoint(IPAddress.Any, clients);
            });
            silo.Configure<ClusterMembershipOptions>(Watch);
            silo.Configure<SiloMessagingOptions>(options =>
            {
                options.CancelRequestOnTimeout = true;
                options.MaxEnqueuedRequestsSoftLimit = MostWaiting / 4;
                options.MaxEnqueuedRequestsHardLimit = MostWaiting;
            });
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, Connection(settings, "membership")));
            silo.AddAdoNetGrainStorageAsDefault(options =>
                (options.Invariant, options.ConnectionString, options.GrainStorageSerializer) = (Npgsql, Connection(settings, "state"), new StateSerializer()));
            silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Npgsql, Connection(settings, "reminders")));
            // A filter around every call, and so only where a trace is taken to somebody.
            if (TelemetryExport.IsWanted(builder.Configuration)) silo.AddActivityPropagation();
            if (settings.Dashboard) silo.AddDashboard(options => options.HideTrace = true);
            silo.Services.PostConfigure<GrainTypeOptions>(options => Keep(options, settings.Roles));
            configure(silo);
        });
    }

    /// <summary>Puts a client of a cluster into the host; it waits at its start until a silo is there.</summary>
    internal static void AddClusterClient(IHostApplicationBuilder builder, ClusterSettings settings)
    {
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Name, Service));
            client.Configure<ClientMessagingOptions>(options =>
            {
                options.ResponseTimeout = TimeSpan.FromSeconds(10);
                options.CancelRequestOnTimeout = true;
            });
            // A silo that died is noticed by its closed connection; one that stalls only by its absence from the list.
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, Connection(settings, "membership")));
            client.UseConnectionRetryFilter<Patience>();
            if (TelemetryExport.IsWanted(builder.Configuration)) client.AddActivityPropagation();
            if (settings.Dashboard) client.AddDashboard(options => options.HideTrace = true);
        });
    }

    /// <summary>Maps Orleans's dashboard; the caller says who may see it.</summary>
    public static IEndpointConventionBuilder MapDashboard(IEndpointRouteBuilder routes, string path) => routes.MapOrleansDashboard(path);

    /// <summary>Why this silo should be asked nothing, or <see langword="null"/> if it serves.</summary>
    internal static string? NotServing(IServiceProvider services) =>
        services.GetRequiredService<ISiloStatusOracle>().CurrentStatus is var status && status == SiloStatus.Active ? null : $"the silo is {status}";

    /// <summary>
    /// A dead silo is to be noticed, voted out and its sessions back within 8 s: three probes of 1.5 s are missed in 4.5 s.
    /// The probe's period must not grow with a slow answer, or the promise would grow with it.
    /// </summary>
    private static void Watch(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = options.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
        options.ExtendProbeTimeoutDuringDegradation = false;
        options.NumMissedProbesLimit = 3;
        // Who is cut off from the others learns from the table alone that it was voted out, and until then holds sessions that are elsewhere.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(3);
        options.DefunctSiloExpiration = TimeSpan.FromHours(1);
    }

    /// <summary>A class of the other role is not here: its grains are placed where it is.</summary>
    private static void Keep(GrainTypeOptions options, StoryRoles roles)
    {
        if (!roles.HasFlag(StoryRoles.Gpu)) options.Classes.Remove(typeof(InferenceWorkerGrain));
        if (!roles.HasFlag(StoryRoles.Story))
            options.Classes.RemoveWhere(type => type.Assembly == typeof(InferenceWorkerGrain).Assembly && type != typeof(InferenceWorkerGrain));
    }

    /// <summary>One for each provider: pools go by this text, and a rush of profiles must not keep the cluster from voting out a dead silo.</summary>
    private static string Connection(ClusterSettings settings, string purpose) => new NpgsqlConnectionStringBuilder(settings.Postgres)
    {
        MaxPoolSize = ProviderPool,
        Timeout = 5,
        CommandTimeout = 5,
        ApplicationName = $"story-orleans-{purpose}",
    }.ConnectionString;

    /// <summary>Tries again every second while no silo can be reached: gateways may start before silos do, and outlive them all.</summary>
    private sealed class Patience(ILogger<Patience> log) : IClientConnectionRetryFilter
    {
        private int _tries;

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            if (_tries++ % 15 == 0) log.LogWarning("No silo of the cluster answers yet: {Why}", exception.Message);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}

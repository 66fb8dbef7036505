using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Story.Embedded;
using Orleans.Story.Silo.Cluster;

namespace Orleans.Story.Silo.Engines;

/// <summary>The engine this program was built with: grains of one process, without Orleans's packages.</summary>
public static class Engine
{
    /// <summary>Its name, as <c>StoryEngine</c> spells it.</summary>
    public const string Name = "embedded";

    /// <summary>One process is all it knows; <see cref="Topology"/> says so before anything else is asked.</summary>
    public static bool MakesClusters => false;

    /// <summary>Puts a silo and its client into the host.</summary>
    internal static void AddOneProcess(IHostApplicationBuilder builder, Action<ISiloBuilder> configure) => builder.AddEmbedded(configure);

    /// <summary>Never reached: <see cref="MakesClusters"/> is asked first.</summary>
    internal static void AddClusterSilo(IHostApplicationBuilder builder, ClusterSettings settings, Action<ISiloBuilder> configure) => throw new NotSupportedException();

    /// <summary>Never reached: <see cref="MakesClusters"/> is asked first.</summary>
    internal static void AddClusterClient(IHostApplicationBuilder builder, ClusterSettings settings) => throw new NotSupportedException();

    /// <summary>Never reached: <see cref="MakesClusters"/> is asked first.</summary>
    public static IEndpointConventionBuilder MapDashboard(IEndpointRouteBuilder routes, string path) => throw new NotSupportedException();

    /// <summary>Never reached: <see cref="MakesClusters"/> is asked first.</summary>
    internal static string? NotServing(IServiceProvider services) => throw new NotSupportedException();
}

using Microsoft.Extensions.Configuration;
using Orleans.Story.Contracts;
using Orleans.Story.Silo.Engines;

namespace Orleans.Story.Silo.Cluster;

/// <summary><c>Story:Topology</c>: how many processes a hall is made of.</summary>
public static class Topology
{
    private const string One = "one";
    private const string Cluster = "cluster";

    /// <summary>Whether silos, gateways and data are processes of their own; otherwise one process is everything.</summary>
    /// <exception cref="HallRefusedException">It is neither, or this program's engine makes no cluster.</exception>
    public static bool IsCluster(IConfiguration configuration) => (configuration["Story:Topology"] ?? One) switch
    {
        One => false,
        Cluster when Engine.MakesClusters => true,
        Cluster => throw new HallRefusedException(Text.Both(
            "Story:Topology is 'cluster', and this program was built with the one-process engine. Build it with StoryEngine=orleans.",
            "Story:Topology 是“cluster”，而这个程序是用单进程引擎构建的。请用 StoryEngine=orleans 构建。")),
        var other => throw new HallRefusedException(Text.Both(
            $"Story:Topology is '{other}'. It is 'one' (silo, gateway and data in one process) or 'cluster'.",
            $"Story:Topology 是“{other}”。可用的有“one”（silo、网关和数据在一个进程里）和“cluster”。")),
    };
}

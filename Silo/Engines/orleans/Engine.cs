using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Story.Silo.Cluster;

namespace Orleans.Story.Silo.Engines;

/// <summary>The engine this program was built with: Orleans.</summary>
public static partial class Engine
{
    /// <summary>Its name, as <c>StoryEngine</c> spells it.</summary>
    public const string Name = "orleans";

    /// <summary>Many processes may be one cluster.</summary>
    public static bool MakesClusters => true;

    /// <summary>
    /// Puts a silo and its client into the host. The silo talks to nobody: it listens on loopback, on ports that the
    /// settings <c>Story:SiloPort</c> and <c>Story:SiloGatewayPort</c> can move when two halls share a machine.
    /// </summary>
    internal static void AddOneProcess(IHostApplicationBuilder builder, Action<ISiloBuilder> configure)
    {
        Quieten(builder.Logging);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(Port(builder, "Story:SiloPort", 11111), Port(builder, "Story:SiloGatewayPort", 30000));
            configure(silo);
        });
    }

    // At its start a silo's watchdog may report the machine's uptime as a stall; an operator can do nothing about it.
    private static void Quieten(ILoggingBuilder logging) => logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

    private static int Port(IHostApplicationBuilder builder, string setting, int otherwise) =>
        int.TryParse(builder.Configuration[setting], System.Globalization.CultureInfo.InvariantCulture, out var port) ? port : otherwise;
}

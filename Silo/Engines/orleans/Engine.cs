using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Story.Contracts;
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
    /// Puts a silo and its client into the host. The silo talks to nobody: it listens on loopback, on free ports of its own, or on those
    /// that the settings <c>Story:SiloPort</c> and <c>Story:SiloGatewayPort</c> name.
    /// </summary>
    /// <exception cref="HallRefusedException">A port that was named is taken.</exception>
    internal static void AddOneProcess(IHostApplicationBuilder builder, Action<ISiloBuilder> configure)
    {
        Quieten(builder.Logging);
        var (silos, clients) = (Port(builder, "SiloPort"), Port(builder, "SiloGatewayPort"));
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(silos, clients);
            configure(silo);
        });
    }

    // At its start a silo's watchdog may report the machine's uptime as a stall; an operator can do nothing about it.
    private static void Quieten(ILoggingBuilder logging) => logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

    private static int Port(IHostApplicationBuilder builder, string setting)
    {
        if (!int.TryParse(builder.Configuration[$"Story:{setting}"], System.Globalization.CultureInfo.InvariantCulture, out var port)) return SiloPorts.Free();
        SiloPorts.RefuseTaken(setting, port);
        return port;
    }
}

using System.Net;
using System.Net.Sockets;
using Orleans.Story.Contracts;

namespace Orleans.Story.Silo.Cluster;

/// <summary>
/// Ports of a silo. Orleans listens on them with <c>SO_REUSEPORT</c>, so that a second process on one port would not be refused: it takes
/// the first one for an earlier life of its own and declares it dead. Looked at before the start, without that option.
/// </summary>
internal static class SiloPorts
{
    /// <summary>A port nobody listens on now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Any, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Refuses a port on which somebody listens.</summary>
    /// <param name="setting">The setting that names it, such as <c>SiloPort</c>.</param>
    /// <param name="port">The port; 0 is any.</param>
    /// <exception cref="HallRefusedException">It is taken.</exception>
    public static void RefuseTaken(string setting, int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
        }
        catch (SocketException taken)
        {
            throw new HallRefusedException(Text.Both(
                $"Port {port} (Story:{setting}) is not free on this machine: {taken.Message}. Another silo may be running; give this one another port.",
                $"本机端口 {port}（Story:{setting}）不可用：{taken.Message}。可能已有另一个 silo 在运行；请为本 silo 换一个端口。"));
        }
    }
}

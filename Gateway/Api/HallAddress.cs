using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Api;

/// <summary>The address phones should use: as configured, or this machine's own on the venue's network, or localhost where nobody else is let in.</summary>
internal sealed class HallAddress(GatewayOptions options)
{
    private readonly string _host = options.Bind is "localhost" or "127.0.0.1" or "::1" ? "localhost" : Host();
    private int _port = options.Port;

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Origin => options.Origin?.TrimEnd('/') ?? $"http://{_host}:{_port}";

    /// <summary>Whether no other machine can use the address: nobody else is let in, or this machine is on no network.</summary>
    public bool IsLocalOnly => Uri.TryCreate(Origin, UriKind.Absolute, out var origin) && origin.IsLoopback;

    /// <summary>This machine's own address for a browser on it.</summary>
    public string Local => $"http://localhost:{_port}";

    /// <summary>Tells the port in use once it is known (port 0 picks one).</summary>
    public void ListensOn(int port) => _port = port;

    /// <summary>Where a phone joins the session with this code.</summary>
    public string Join(string joinCode) => $"{Origin}/?code={Uri.EscapeDataString(joinCode)}";

    /// <summary>The wall page with its ticket, for the machine at the big screen. The fragment never reaches a log.</summary>
    public string Wall(string ticket) => $"{Origin}/wall#{ticket}";

    /// <summary>A private IPv4 address of an interface that is up, one with a gateway first; localhost when there is none.</summary>
    private static string Host()
    {
        try
        {
            var found =
                from network in NetworkInterface.GetAllNetworkInterfaces()
                where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
                let properties = network.GetIPProperties()
                let leads = properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any))
                from unicast in properties.UnicastAddresses
                where unicast.Address.AddressFamily == AddressFamily.InterNetwork
                orderby leads descending, IsPrivate(unicast.Address) descending, IsVirtual(network.Name)
                select unicast.Address.ToString();
            return found.FirstOrDefault() ?? "localhost";
        }
        catch (NetworkInformationException)
        {
            return "localhost";
        }
    }

    private static bool IsPrivate(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 172 && bytes[1] is >= 16 and < 32);
    }

    /// <summary>Bridges of container engines are up and private, and no phone is on them.</summary>
    private static bool IsVirtual(string name) =>
        name.StartsWith("docker", StringComparison.Ordinal) || name.StartsWith("br-", StringComparison.Ordinal)
        || name.StartsWith("veth", StringComparison.Ordinal) || name.StartsWith("virbr", StringComparison.Ordinal);
}

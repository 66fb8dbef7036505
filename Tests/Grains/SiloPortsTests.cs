using System.Net;
using System.Net.Sockets;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Cluster;

namespace Orleans.Story.Tests.Grains;

public sealed class SiloPortsTests
{
    [Fact]
    public void A_port_on_which_another_silo_listens_is_refused_although_that_one_would_share_it()
    {
        using var silo = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // As Orleans opens its own.
        silo.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        silo.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silo.Listen();
        var port = ((IPEndPoint)silo.LocalEndPoint!).Port;
        var refused = Should.Throw<HallRefusedException>(() => SiloPorts.RefuseTaken("SiloPort", port));
        foreach (var language in (string[])["en", "zh"])
        {
            refused.Sentence.In(language).ShouldContain($"{port}");
            refused.Sentence.In(language).ShouldContain("Story:SiloPort");
        }
    }

    [Fact]
    public void A_free_port_is_free_and_any_will_do()
    {
        SiloPorts.RefuseTaken("SiloPort", SiloPorts.Free());
        SiloPorts.RefuseTaken("HealthPort", 0);
    }
}

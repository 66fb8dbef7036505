using System.Net;
using System.Net.Sockets;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>Where a hall lives between its processes: one data folder, one port, one film library.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Films">The library.</param>
/// <param name="Port">The port, outside the range from which the system draws for clients.</param>
internal sealed record HallPlace(string Data, string Films, int Port)
{
    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>A fresh folder and a port that nobody listens on.</summary>
    public static HallPlace Fresh(string films) => new(Directory.CreateTempSubdirectory("story-faults-").FullName, films, FreePort());

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }

        throw new InvalidOperationException("No free port between 20000 and 32000.");
    }
}

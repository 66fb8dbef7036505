using System.Globalization;
using System.Net;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>Whose a connection on loopback is, as Linux tells it under <c>/proc</c> (proc_net(5), proc_pid_fd(5)).</summary>
internal static class Sockets
{
    /// <summary>The process among some that has a socket at a local address, or <see langword="null"/>.</summary>
    /// <param name="local">The address.</param>
    /// <param name="processes">Ids of processes to look at.</param>
    public static int? OwnerOf(IPEndPoint local, IEnumerable<int> processes)
    {
        var inodes = ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).SelectMany(File.ReadLines).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row.Length > 9 && row[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{local.Port:X4}"), StringComparison.Ordinal))
            .Select(row => $"socket:[{row[9]}]").ToHashSet(StringComparer.Ordinal);
        return processes.Where(id => Holds(id, inodes)).Select(id => (int?)id).FirstOrDefault();
    }

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false) is { } target && sockets.Contains(Path.GetFileName(target.FullName)));
        }
        catch (IOException)
        {
            // It ended, or the file did while it was looked at.
            return false;
        }
    }
}

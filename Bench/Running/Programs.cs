using System.Net;
using System.Net.Sockets;

namespace Orleans.Story.Bench.Running;

/// <summary>Where programs and ports are found.</summary>
internal static class Programs
{
    /// <summary>The .NET host that runs this program.</summary>
    public static string DotNet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : Find("dotnet") ?? "dotnet";

    /// <summary>This program.</summary>
    public static string Bench => Path.Combine(AppContext.BaseDirectory, "Orleans.Story.Bench.dll");

    /// <summary>The gateway, built along with this program.</summary>
    public static string Gateway => Beside("Gateway", "Orleans.Story.Gateway.dll");

    /// <summary>A silo of a cluster, built along with this program.</summary>
    public static string Silo => Beside("Silo", "Orleans.Story.Silo.dll");

    /// <summary>Another project's program: …/bin/Bench/release/ and …/bin/Gateway/release/ lie side by side.</summary>
    public static string Beside(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
    }

    /// <summary>A program on the path, or <see langword="null"/>.</summary>
    public static string? Find(string name)
    {
        var names = OperatingSystem.IsWindows() ? new[] { name + ".exe", name + ".cmd" } : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(one => Path.Combine(folder, one)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

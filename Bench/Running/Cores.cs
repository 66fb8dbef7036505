using System.Diagnostics;
using System.Globalization;

namespace Orleans.Story.Bench.Running;

/// <summary>Starts programs pinned to one core each: the server on one, the load on the other.</summary>
internal static class Cores
{
    /// <summary>The server's.</summary>
    public const int Server = 0;

    /// <summary>The generators'.</summary>
    public static int Load => Environment.ProcessorCount > 1 ? 1 : 0;

    /// <summary>Starts a program on a core; its standard streams are the caller's to read.</summary>
    /// <exception cref="IOException">A program is missing.</exception>
    public static Process Start(int core, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        // On Linux affinity is set before the program starts, since a process sets only its first thread's later.
        var pinned = OperatingSystem.IsLinux() && Programs.Find("taskset") is { } taskset
            ? (File: taskset, Arguments: ["-c", core.ToString(CultureInfo.InvariantCulture), program, .. arguments])
            : (File: program, Arguments: arguments.ToArray());
        var start = new ProcessStartInfo(pinned.File, pinned.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
        if (OperatingSystem.IsWindows()) process.ProcessorAffinity = 1 << core;
        return process;
    }

    /// <summary>Whether programs are really pinned here.</summary>
    public static bool ArePinned => OperatingSystem.IsWindows() || (OperatingSystem.IsLinux() && Programs.Find("taskset") is not null);
}

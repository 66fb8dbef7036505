using System.Diagnostics;
using System.Globalization;

namespace Orleans.Story.Bench.Load;

/// <summary>Another process's processor time and memory, from <c>/proc</c> where there is one.</summary>
internal static class ProcessGauge
{
    /// <summary>Milliseconds a tick of <c>/proc/…/stat</c>, which Linux fixes at a hundred a second.</summary>
    private const double TickMs = 10;

    /// <summary>User and system time of all its threads, milliseconds.</summary>
    public static double CpuMs(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TickMs * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }

        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>Of each process and its living children together, milliseconds: a database server works in its children.</summary>
    public static double[] FamilyCpuMs(int[] pids) => [.. pids.Select(pid => CpuMs(pid) + Children(pid).Sum(Attempt))];

    /// <summary>Resident memory, KiB.</summary>
    public static long RssKb(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64 / 1024;
    }

    /// <summary>Children that live now; none where there is no <c>/proc</c>.</summary>
    private static int[] Children(int pid)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task/{pid}/children");
        return File.Exists(file) ? [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture))] : [];
    }

    /// <summary>A child may be gone by the time it is looked at.</summary>
    private static double Attempt(int pid)
    {
        try
        {
            return CpuMs(pid);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

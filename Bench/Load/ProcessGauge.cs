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
        if (OperatingSystem.IsLinux()) return Ticks(pid, 11, 12);
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    /// <summary>Of each process and its children together, those that ended included, milliseconds: a database server works in its children.</summary>
    public static double[] FamilyCpuMs(int[] pids) =>
        [.. pids.Select(pid => CpuMs(pid) + (OperatingSystem.IsLinux() ? Ticks(pid, 13, 14) : 0) + Children(pid).Sum(Attempt))];

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

    /// <summary>Two fields of <c>/proc/…/stat</c>, counted from the one after the name, as milliseconds.</summary>
    private static double Ticks(int pid, int user, int system)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TickMs * (long.Parse(fields[user], CultureInfo.InvariantCulture) + long.Parse(fields[system], CultureInfo.InvariantCulture));
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

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

    /// <summary>Resident memory, KiB.</summary>
    public static long RssKb(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64 / 1024;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Reporting;

/// <summary>Where and on what was measured.</summary>
internal static class Machine
{
    /// <summary>One line.</summary>
    public static string Describe()
    {
        var load = OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
        var pinned = Cores.ArePinned ? $"server on core {Cores.Server}, load on core {Cores.Load}" : "NOT PINNED: taskset is missing";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, commit {Ask("git", "rev-parse", "--short", "HEAD")}{Dirty()}, {Processor()}, {Environment.ProcessorCount} cores ({pinned}; load average before the run {load}), {RuntimeInformation.OSDescription}, .NET {Environment.Version}, Node {Ask("node", "--version")}");
    }

    private static string Dirty() => Ask("git", "status", "--porcelain", "-uno") == "?" ? "" : " with changes";

    private static string Processor()
    {
        var model = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return model ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Ask(string program, params string[] arguments)
    {
        if (Programs.Find(program) is not { } path) return "?";
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && answer.Length > 0 ? answer : "?";
    }
}

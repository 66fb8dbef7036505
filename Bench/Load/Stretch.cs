using System.Diagnostics;

namespace Orleans.Story.Bench.Load;

/// <summary>Processor time of the server's processes and of the generator from one moment to another.</summary>
internal sealed class Stretch
{
    private readonly LoadPlan _plan;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly long _fromMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    private readonly double _cpu;
    private readonly double[] _others;
    private readonly double _own;

    private Stretch(LoadPlan plan) =>
        (_plan, _cpu, _others, _own) = (plan, ProcessGauge.CpuMs(plan.ServerPid), ProcessGauge.FamilyCpuMs(plan.OtherPids), ProcessGauge.CpuMs(Environment.ProcessId));

    /// <summary>From now on.</summary>
    public static Stretch Begin(LoadPlan plan) => new(plan);

    /// <summary>Until now, as news with nothing else in it.</summary>
    public LoadNews End(string what)
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        return new LoadNews
        {
            What = what,
            Seconds = seconds,
            FromMs = _fromMs,
            UntilMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            CpuMs = ProcessGauge.CpuMs(_plan.ServerPid) - _cpu,
            OtherCpuMs = [.. ProcessGauge.FamilyCpuMs(_plan.OtherPids).Zip(_others, (now, before) => now - before)],
            LoadCpu = (ProcessGauge.CpuMs(Environment.ProcessId) - _own) / (1000 * seconds),
        };
    }
}

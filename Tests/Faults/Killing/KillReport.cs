using System.Globalization;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>What a run of kills found.</summary>
internal sealed class KillReport
{
    /// <summary>Where the kills landed.</summary>
    public SortedDictionary<KillPhase, int> Phases { get; } = [];

    /// <summary>What every session of the hall was doing at the kills.</summary>
    public SortedDictionary<KillPhase, int> Sessions { get; } = [];

    /// <summary>Milliseconds from the kill until the first seat was told the present again, one a served life.</summary>
    public List<double> FirstBackMs { get; } = [];

    /// <summary>Milliseconds from the kill until every seat of every session was, one a life that got so far.</summary>
    public List<double> AllBackMs { get; } = [];

    /// <summary>Milliseconds from the start of the program until it said where its console is.</summary>
    public List<double> StartMs { get; } = [];

    /// <summary>Processor time, milliseconds, that the program used until every seat was back: what a busy machine does not blur.</summary>
    public List<double> BackCpuMs { get; } = [];

    /// <summary>Milliseconds from the moment that a recovered deadline was reckoned from until it was written.</summary>
    public List<double> ExtendedMs { get; } = [];

    /// <summary>Kills so far.</summary>
    public int Kills => Phases.Values.Sum();

    /// <summary>Shows that came to their end.</summary>
    public int Shows { get; set; }

    /// <summary>Rounds that were decided.</summary>
    public int Rounds { get; set; }

    /// <summary>Ballots acknowledged, replaced ones included.</summary>
    public int Acknowledged { get; set; }

    /// <summary>Ballots whose answer a kill took, and how many of them were on disk.</summary>
    public (int Lost, int OnDisk) InTheAir { get; set; }

    /// <summary>What did not hold.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>One report of several.</summary>
    public static KillReport Of(IEnumerable<KillReport> reports)
    {
        var all = new KillReport();
        foreach (var one in reports)
        {
            foreach (var (phase, n) in one.Phases) all.Phases[phase] = all.Phases.GetValueOrDefault(phase) + n;
            foreach (var (phase, n) in one.Sessions) all.Sessions[phase] = all.Sessions.GetValueOrDefault(phase) + n;
            all.FirstBackMs.AddRange(one.FirstBackMs);
            all.AllBackMs.AddRange(one.AllBackMs);
            all.StartMs.AddRange(one.StartMs);
            all.BackCpuMs.AddRange(one.BackCpuMs);
            all.ExtendedMs.AddRange(one.ExtendedMs);
            all.Shows += one.Shows;
            all.Rounds += one.Rounds;
            all.Acknowledged += one.Acknowledged;
            all.InTheAir = (all.InTheAir.Lost + one.InTheAir.Lost, all.InTheAir.OnDisk + one.InTheAir.OnDisk);
            all.Failures.AddRange(one.Failures);
        }

        return all;
    }

    /// <summary>A value below which so many of a hundred lie.</summary>
    public static double Percentile(List<double> values, double percent) =>
        values.Count == 0 ? 0 : values.Order().ElementAt(Math.Min(values.Count - 1, (int)(values.Count * percent / 100)));

    /// <summary>The report in a few lines.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Kills} kills: {Line(Phases)}
        sessions at the kills: {Line(Sessions)}
        {Shows} shows over, {Rounds} rounds decided, {Acknowledged} ballots acknowledged; answers lost {InTheAir.Lost}, of which on disk {InTheAir.OnDisk}
        back after the kill, first seat: {Spread(FirstBackMs)}; every seat: {Spread(AllBackMs)}; the program itself: {Spread(StartMs)}
        its processor time until every seat was back: {Spread(BackCpuMs)}; longer than 5 s to come back: {AllBackMs.Count(ms => ms >= 5_000)} of {AllBackMs.Count}
        {ExtendedMs.Count} rounds given more time, written after {Spread(ExtendedMs)}
        """);

    private static string Line(SortedDictionary<KillPhase, int> phases) => string.Join(", ", phases.Select(phase => $"{phase.Key} {phase.Value}"));

    private static string Spread(List<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"p50 {Percentile(values, 50):0} p99 {Percentile(values, 99):0} max {values.DefaultIfEmpty(0).Max():0} ms");
}

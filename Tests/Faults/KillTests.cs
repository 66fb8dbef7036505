using System.Globalization;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Faults;

/// <summary>The promise in the README: an acknowledged ballot is on disk, counts once, and survives the process.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Halls = 2;

    /// <summary>What is promised: back within five seconds. A machine that does other things blurs it, processor time hardly: both are printed, and both are held.</summary>
    private const double BackMs = 5_000;

    /// <summary>A deadline is written when it is reckoned; a gift that differs from the policy's shows as a delay of seconds.</summary>
    private const double WrittenMs = 500;

    /// <summary>How much longer than on a quiet machine it may take on a crowded one.</summary>
    private const double Crowd = 4;

    private static readonly List<double> Times = [];

    /// <summary>In parts, so that on a crowded machine none of them looks like a test that hangs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_acknowledged_ballot_survives_every_kill(int part)
    {
        var kills = (Setting("STORY_KILLS", 200) + 2 - part) / 2;
        var drawn = Setting("STORY_SEED", DateTime.UtcNow.Ticks);
        var (seed, again) = (drawn + (1_000 * part), $"STORY_SEED={drawn}, part {part}");
        var runs = Enumerable.Range(0, Halls)
            .Select(hall => new KillRun(new KillTerms((int)((kills + Halls - 1 - hall) / Halls), seed + hall, Path.Combine(AppContext.BaseDirectory, "Film")))).ToList();
        try
        {
            await Task.WhenAll(runs.Select(run => run.RunAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            foreach (var run in runs) await run.DisposeAsync();
        }

        var report = KillReport.Of(runs.Select(run => run.Report));
        output.WriteLine($"{again}: {report}");
        report.Failures.ShouldBeEmpty(again);
        report.Kills.ShouldBe((int)kills);
        report.Acknowledged.ShouldBeGreaterThan(0);
        KillReport.Percentile(report.ExtendedMs, 50).ShouldBeLessThan(WrittenMs, "max(old, now + min(window, 10 s)), where now is when it is written");
        KillReport.Percentile(report.BackCpuMs, 50).ShouldBeLessThan(BackMs, "processor time until every seat is back");
        KillReport.Percentile(All(report.BackCpuMs), 99).ShouldBeLessThan(BackMs, "processor time until every seat is back");
        KillReport.Percentile(report.AllBackMs, 50).ShouldBeLessThan(Crowd * BackMs, "time until every seat is back");
    }

    /// <summary>Of all parts so far. One of a hundred cannot be told from the worst of sixty, which is what one part has; until then nothing is said.</summary>
    private static List<double> All(List<double> more)
    {
        lock (Times)
        {
            Times.AddRange(more);
            return Times.Count < 100 ? [] : [.. Times];
        }
    }

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

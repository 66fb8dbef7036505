using System.Globalization;
using Orleans.Story.Tests.Faults.Killing;

namespace Orleans.Story.Tests.Faults;

/// <summary>The promise in the README: an acknowledged ballot is on disk, counts once, and survives the process.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Halls = 2;

    /// <summary>Several times what a start takes: below it a machine is busy, above it the product is slow.</summary>
    private const double SlowMs = 5_000;

    [Fact]
    public async Task Every_acknowledged_ballot_survives_every_kill()
    {
        var kills = Setting("STORY_KILLS", 200);
        var seed = Setting("STORY_SEED", DateTime.UtcNow.Ticks);
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
        output.WriteLine($"seed {seed}: {report}");
        report.Failures.ShouldBeEmpty();
        report.Kills.ShouldBe((int)kills);
        report.Acknowledged.ShouldBeGreaterThan(0);
        // The number is printed; what fails is a hall that is usually late, not a machine that once was.
        KillReport.Percentile(report.AllBackMs, 50).ShouldBeLessThan(SlowMs);
    }

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

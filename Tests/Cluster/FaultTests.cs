using System.Diagnostics;
using Orleans.Story.Tests.Cluster.Support;

namespace Orleans.Story.Tests.Cluster;

/// <summary>
/// An evening on a real cluster in which everything dies. Each fault strikes in the middle of three open rounds; whatever was
/// acknowledged must stand, and every show must end.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    /// <summary>Names the faults to strike with, in that order and as often as they are named; every one of them once when it is not set.</summary>
    private const string Variable = "STORY_CLUSTER_FAULTS";

    private const int Seats = 8;

    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(20);

    /// <summary>Longer than a silo that is cut off alone waits before it goes.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);

    /// <summary>From death to a new process: an orchestrator's back-off, and longer than the cluster takes to notice.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(12);

    /// <summary>What is promised after a silo's death, on a machine that has time.</summary>
    private static readonly TimeSpan MovesAgain = TimeSpan.FromSeconds(8);

    /// <summary>What no fault may take; a stall takes longest, since nothing but probes tells of it.</summary>
    private static readonly TimeSpan Worst = TimeSpan.FromSeconds(16);

    /// <summary>What is allowed besides, in times of how late the machine was with the test's own clock.</summary>
    private const double Crowded = 5;

    private static readonly (string Name, string Says, Func<Venue, Evening, Task<string>> Strike)[] Faults =
    [
        ("silo", "the story silo that holds the session is killed", async (_, evening) => await Killed(await evening.HolderAsync())),
        ("gpu", "the gpu silo that writes is killed in mid-sentence", KilledInMidSentenceAsync),
        ("postgres", "PostgreSQL crashes and restarts", (_, _) => Task.FromResult(FormattableString.Invariant($"away {Venue.RestartPostgres().TotalSeconds:0.0} s"))),
        ("gpustall", "the gpu silo that writes stalls for 20 s in mid-sentence", StalledInMidSentenceAsync),
        ("gateway", "a gateway is killed", async (venue, _) => await Killed(venue.Gateways[0])),
        ("stall", "the silo that holds the session stalls for 20 s", async (_, evening) => await StallAsync(await evening.HolderAsync())),
        ("cut", "the silo that holds the session is cut from the database", async (venue, evening) => await CutAsync(venue, await evening.HolderAsync(), cable => cable.Cut())),
        ("swallow", "what that silo sends the database is swallowed", async (venue, evening) => await CutAsync(venue, await evening.HolderAsync(), cable => cable.Swallow())),
        ("outage", "nobody reaches the database for 10 s", (venue, _) => OutageAsync(venue)),
        ("roll", "all silos are stopped and started, one by one", (venue, _) => RollAsync(venue)),
    ];

    [Fact]
    public async Task Everything_dies_once_and_no_acknowledged_ballot_is_lost()
    {
        await using var venue = await Venue.OpenOrSkipAsync();
        await using var evening = new Evening(venue, Seats, seed: 20_261_127, output.WriteLine);
        await evening.BeginAsync();
        foreach (var name in Environment.GetEnvironmentVariable(Variable)?.Split(',') ?? [.. Faults.Select(fault => fault.Name)])
        {
            var (_, says, strike) = Faults.Single(fault => fault.Name == name);
            var felt = await evening.SufferAsync(says, () => strike(venue, evening));
            felt.Wall.ShouldBeLessThan((name == "silo" ? MovesAgain : Worst).TotalSeconds + (Crowded * felt.Late), felt.ToString());
        }

        await evening.EndAsync();
        output.WriteLine($"{evening.Summary}. {venue.Tables}");
        evening.Failures.ShouldBeEmpty();
        venue.Model.Asked.ShouldBeGreaterThan(venue.Model.AskedByTheKilled, "a gpu silo that is back writes again");
        evening.Acknowledged.ShouldBeGreaterThan(100);
    }

    private static async Task<string> Killed(Node node)
    {
        node.Kill();
        await Task.Delay(Away);
        await node.BackAsync();
        return "";
    }

    private static async Task<string> KilledInMidSentenceAsync(Venue venue, Evening evening)
    {
        var begun = await InMidSentenceAsync(venue, evening);
        venue.Gpus[0].Kill();
        venue.Model.Holds = false;
        await Task.Delay(Away);
        venue.Model.AskedByTheKilled = venue.Model.Asked;
        await venue.Gpus[0].BackAsync();
        return begun;
    }

    private static async Task<string> StalledInMidSentenceAsync(Venue venue, Evening evening)
    {
        var begun = await InMidSentenceAsync(venue, evening);
        var stalled = StallAsync(venue.Gpus[0]);
        venue.Model.Holds = false;
        return $"{begun}; {await stalled}";
    }

    /// <summary>Has the gpu silo begin a sentence that the model does not end; answers how many were begun.</summary>
    private static async Task<string> InMidSentenceAsync(Venue venue, Evening evening)
    {
        // What comes after a vote is written ahead while it lasts: the next sentences are begun when one is decided.
        var before = venue.Model.Held;
        venue.Model.Holds = true;
        await evening.CloseFirstAsync();
        await Evening.Until(() => venue.Model.Held > before, "a sentence to be begun");
        return FormattableString.Invariant($"{venue.Model.Held - before} sentences were begun");
    }

    private static async Task<string> StallAsync(Node node)
    {
        node.Stall();
        await Task.Delay(Stalled);
        node.GoOn();
        await Task.Delay(Away);
        var ended = !node.IsRunning;
        await node.BackAsync();
        return ended ? "it ended when it woke" : "it went on";
    }

    private static async Task<string> CutAsync(Venue venue, Node holder, Action<Relay> fail)
    {
        var cut = Stopwatch.GetTimestamp();
        fail(venue.Cable(holder));
        await Evening.Until(() => !holder.IsRunning, "the silo to step aside");
        var stepped = Stopwatch.GetElapsedTime(cut);
        await Task.Delay(Away);
        venue.Cable(holder).Mend();
        await holder.BackAsync();
        return FormattableString.Invariant($"it stepped aside after {stepped.TotalSeconds:0.0} s");
    }

    private static async Task<string> OutageAsync(Venue venue)
    {
        foreach (var silo in venue.Silos) venue.Cable(silo).Cut();
        await Task.Delay(Outage);
        // The gpu silos write nothing, and know it all the same.
        foreach (var silo in venue.Silos)
        {
            (await silo.HealthAsync("/readyz")).ShouldBe(503, silo.Name);
            (await silo.HealthAsync("/healthz")).ShouldBe(200, silo.Name);
        }

        foreach (var silo in venue.Silos) venue.Cable(silo).Mend();
        // Whoever would end over it would have by now.
        await Task.Delay(Outage);
        venue.Silos.ShouldAllBe(silo => silo.IsRunning, "where nobody reaches the database everyone stays");
        foreach (var silo in venue.Silos) (await silo.HealthAsync("/readyz")).ShouldBe(200, silo.Name);
        return "everyone stayed";
    }

    private static async Task<string> RollAsync(Venue venue)
    {
        foreach (var silo in venue.Silos)
        {
            (await silo.StopAsync()).ShouldBe(0);
            silo.Start();
            await silo.ReadyAsync();
        }

        return "";
    }
}

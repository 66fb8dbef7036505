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

    /// <summary>Longer than two sides that vote each other out at once take to learn of it.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(5);

    /// <summary>What is promised after a silo's death, on a machine that has time.</summary>
    private static readonly TimeSpan MovesAgain = TimeSpan.FromSeconds(8);

    /// <summary>What no fault may take; a stall takes longest, since nothing but probes tells of it.</summary>
    private static readonly TimeSpan Worst = TimeSpan.FromSeconds(16);

    /// <summary>What is allowed besides, in times of how late the machine was with the test's own clock.</summary>
    private const double Crowded = 5;

    private static readonly (string Name, string Says, Func<Venue, Evening, Task<string>> Strike)[] Faults =
    [
        ("silo", "the story silo that holds the session is killed", async (venue, evening) => await KilledAsync(venue, await evening.HolderAsync())),
        ("gpu", "the gpu silo that writes is killed in mid-sentence", KilledInMidSentenceAsync),
        ("postgres", "PostgreSQL crashes and restarts", (_, _) => Task.FromResult(FormattableString.Invariant($"away {Venue.RestartPostgres().TotalSeconds:0.0} s"))),
        ("gpustall", "the gpu silo that writes stalls for 20 s in mid-sentence", StalledInMidSentenceAsync),
        ("gateway", "a gateway is killed", async (venue, _) => await KilledAsync(venue, venue.Gateways[0])),
        ("stall", "the silo that holds the session stalls for 20 s", async (venue, evening) => await StallAsync(venue, await evening.HolderAsync())),
        ("cut", "the silo that holds the session is cut from the database", async (venue, evening) => await CutAsync(venue, await evening.HolderAsync(), cable => cable.Cut())),
        ("swallow", "what that silo sends the database is swallowed", async (venue, evening) => await CutAsync(venue, await evening.HolderAsync(), cable => cable.Swallow())),
        ("part", "the silo that holds the session and the other silos lose each other", async (venue, evening) => await PartedAsync(venue, await evening.HolderAsync())),
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

    [Fact]
    public async Task Of_two_silos_one_is_lost_and_the_other_goes_on_alone()
    {
        // The smallest cluster there is, and one without a worker: nobody but the other votes a silo out.
        await using var venue = await Venue.OpenOrSkipAsync(stories: 2, gpus: 0, gateways: 1);
        await using var evening = new Evening(venue, Seats, seed: 2, output.WriteLine);
        await evening.BeginAsync();
        var felt = await evening.SufferAsync("of two silos without a worker the one that holds the session stalls", async () => await StallAsync(venue, await evening.HolderAsync()));
        felt.Wall.ShouldBeLessThan(Worst.TotalSeconds + (Crowded * felt.Late), felt.ToString());
        felt = await evening.SufferAsync("of two silos that lose each other one goes on", async () => await PartedAsync(venue, await evening.HolderAsync()));
        felt.Wall.ShouldBeLessThan(Worst.TotalSeconds + (Crowded * felt.Late), felt.ToString());
        await evening.EndAsync();
        output.WriteLine(evening.Summary);
        evening.Failures.ShouldBeEmpty();
    }

    private static async Task<string> KilledAsync(Venue venue, Node node)
    {
        node.Kill();
        await BackAsync(venue, node);
        return "";
    }

    /// <summary>
    /// Starts it again once the others have noticed that it is gone: a silo that came back before would tell them itself, and theirs is what
    /// is measured.
    /// </summary>
    private static async Task BackAsync(Venue venue, Node node)
    {
        await venue.NoticedAsync(node);
        await node.BackAsync();
    }

    private static async Task<string> KilledInMidSentenceAsync(Venue venue, Evening evening)
    {
        var begun = await InMidSentenceAsync(venue, evening);
        venue.Gpus[0].Kill();
        venue.Model.Holds = false;
        await venue.NoticedAsync(venue.Gpus[0]);
        venue.Model.AskedByTheKilled = venue.Model.Asked;
        await venue.Gpus[0].BackAsync();
        return begun;
    }

    private static async Task<string> StalledInMidSentenceAsync(Venue venue, Evening evening)
    {
        var begun = await InMidSentenceAsync(venue, evening);
        var stalled = StallAsync(venue, venue.Gpus[0]);
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

    private static async Task<string> StallAsync(Venue venue, Node node)
    {
        node.Stall();
        await Task.Delay(Stalled);
        // Longer than the others take to vote it out: it finds itself dead when it wakes.
        await venue.NoticedAsync(node);
        node.GoOn();
        await Evening.Until(() => !node.IsRunning, "the silo that was voted out to end");
        await node.BackAsync();
        return "it ended when it woke";
    }

    private static async Task<string> CutAsync(Venue venue, Node holder, Action<Relay> fail)
    {
        var cut = Stopwatch.GetTimestamp();
        fail(venue.Cable(holder));
        await Evening.Until(() => !holder.IsRunning, "the silo to step aside");
        var stepped = Stopwatch.GetElapsedTime(cut);
        await venue.NoticedAsync(holder);
        venue.Cable(holder).Mend();
        await holder.BackAsync();
        return FormattableString.Invariant($"it stepped aside after {stepped.TotalSeconds:0.0} s");
    }

    /// <summary>Both sides still reach the database and the gateways, so for a while both may hold the session.</summary>
    private static async Task<string> PartedAsync(Venue venue, Node holder)
    {
        var parted = Stopwatch.GetTimestamp();
        venue.Part(holder);
        await Evening.Until(() => venue.Silos.Any(silo => !silo.IsRunning), "one side to end");
        var ended = Stopwatch.GetElapsedTime(parted);
        // Whoever would end over it besides has a moment to do so.
        await Task.Delay(Settles);
        var gone = venue.Silos.Where(silo => !silo.IsRunning).ToList();
        gone.Count.ShouldBe(1, "one side goes on");
        await venue.NoticedAsync(gone[0]);
        venue.Join();
        await gone[0].BackAsync();
        return FormattableString.Invariant($"{(gone[0] == holder ? "it" : "the other")} ended after {ended.TotalSeconds:0.0} s");
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

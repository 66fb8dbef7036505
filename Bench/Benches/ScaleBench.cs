using System.Globalization;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Bench.Scale;

namespace Orleans.Story.Bench.Benches;

/// <summary>What is simulated.</summary>
internal sealed record ScaleTerms
{
    /// <summary>Many halls at once.</summary>
    public required Evening Halls { get; init; }

    /// <summary>One session of very many.</summary>
    public required Evening Festival { get; init; }

    /// <summary>How phones find gateways, as far as nothing is changed.</summary>
    public SpreadPolicy Spread { get; init; } = SpreadPolicy.LeastConnections;

    /// <summary>Costs.</summary>
    public Costs Costs { get; init; } = new();

    /// <summary>Tokens a second that a GPU writes.</summary>
    public double WritesASecond { get; init; } = 2_500;
}

/// <summary>
/// A thousand halls, and one of a hundred thousand phones, on paper: <c>Bench/Scale</c> has the model, this has its tables. Nothing
/// is measured here; the same terms give the same page.
/// </summary>
internal sealed class ScaleBench(ScaleTerms terms)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>One report a section of the page.</summary>
    public IReadOnlyList<Report> Run()
    {
        var halls = new Scenario(terms.Halls, terms.Costs, terms.Spread, Mends.None);
        var mended = new Scenario(terms.Halls, terms.Costs, terms.Spread, Mends.All);
        var festival = new Scenario(terms.Festival, terms.Costs, terms.Spread, Mends.None);
        var festivalMended = new Scenario(terms.Festival, terms.Costs, terms.Spread, Mends.All);
        return [Figures(), Verdicts("scale-halls", halls, mended), Verdicts("scale-festival", festival, festivalMended), Placement(halls, festival), Fanout(), Votes(), Return(halls, festival), Joins(halls, festival, festivalMended), Models(halls)];
    }

    private Report Figures()
    {
        var report = new Report("scale-figures");
        report.Table(
        [
            ["what", "costs", "known how", "from"],
            .. terms.Costs.All().Select(one => new[] { one.Name, $"{Say(one.Figure.Value)} {one.Figure.Unit}".Trim(), one.Figure.Origin.ToString().ToLowerInvariant(), one.Figure.Source }),
        ]);
        return report;
    }

    private static Report Verdicts(string section, Scenario now, Scenario mended)
    {
        var report = new Report(section);
        var evening = now.Evening;
        report.Say($"{Say(evening.Halls)} × {Say(evening.Seats)} phones; {evening.Silos} silos and {evening.Gateways} gateways of {evening.SiloCores} cores; seed {evening.Seed}. "
            + $"At the busiest: {Say(now.Playing.Ballots.P99)} ballots a second, {Say(now.Playing.Rows.P99)} journal rows a second, {Say(now.Playing.SiloCores.P99)} cores of silos, {Say(now.AllCores)} cores and {Say(now.AllOut)} Gbit/s of gateways, a commit of {Say(now.Playing.Commit)} ms at the busiest writer "
            + $"(mended: {Say(mended.Playing.Rows.P99)} rows, {Say(mended.Playing.SiloCores.P99)}, {Say(mended.AllCores)} cores and {Say(mended.AllOut)} Gbit/s, {Say(mended.Playing.Commit)} ms).");
        report.Table(
        [
            ["what gives out", "wanted", "there is", "times it fits", "mended", "known how"],
            .. now.Verdicts.Where(one => one.Headroom < 20).Select(one => new[]
            {
                one.What, $"{Say(one.Wanted)} {one.Unit}".Trim(), $"{Say(one.Has)} {one.Unit}".Trim(), Bold(one.Headroom),
                mended.Verdicts.Single(other => other.What == one.What) is var after && Math.Abs(after.Headroom - one.Headroom) < 0.005 * one.Headroom ? "" : Bold(after.Headroom),
                one.Origin?.ToString().ToLowerInvariant() ?? "the code",
            }),
        ]);
        report.Say($"**First**: {First(now)}. Mended: {First(mended)}.");
        return report;
    }

    /// <summary>The scarcest line, and where that is a limit of the program the scarcest of what machines give.</summary>
    private static string First(Scenario scenario)
    {
        var (first, ofMachines) = (scenario.Verdicts[0], scenario.Verdicts.First(one => one.Origin is not null));
        return first == ofMachines ? Say(first) : $"{Say(first)}; of what machines give, {Say(ofMachines)}";

        static string Say(Verdict one) => $"{one.What}, × {Times(one.Headroom)}";
    }

    private Report Placement(Scenario halls, Scenario festival)
    {
        var report = new Report("scale-placement");
        List<string[]> rows = [["", "busiest silo / mean p50", "p99", "cores used p99", "shard beside its session"]];
        foreach (var policy in Enum.GetValues<PlacementPolicy>())
        {
            Row(policy, "", _ => { });
            Row(policy, ", one of them lost", cluster => cluster.Lose(0));
            Row(policy, ", all replaced in turn", cluster => cluster.Roll());
        }

        report.Table(rows);
        var before = new Scenario(festival.Evening with { Protection = true }, terms.Costs, terms.Spread, Mends.None, PlacementPolicy.ResourceOptimized);
        report.Say($"Of the {festival.Evening.Shards} shards of the festival's session {Fullest(festival, PlacementPolicy.ShardsAtRandom)} are on the silo that has the most, whoever calls them first. "
            + $"Placed by default, as before, {Fullest(before, PlacementPolicy.ResourceOptimized)} were where the session called first (minorities protected, or a loss in mid-round): "
            + $"then a commit took {Say(before.Playing.Commit)} ms instead of {Say(festival.Playing.Commit)}, and 99 of 100 receipts {Say(before.Acks.Ack.P99)} ms instead of {Say(festival.Acks.Ack.P99)}.");
        return report;

        static int Fullest(Scenario one, PlacementPolicy policy) => one.Placed(policy).Shards(0).CountBy(silo => silo).Max(silo => silo.Value);

        void Row(PlacementPolicy policy, string what, Action<Cluster> happens)
        {
            var cluster = halls.Placed(policy);
            happens(cluster);
            var (against, used) = halls.Playing.Busiest(cluster);
            rows.Add([$"{Name(policy)}{what}", Times(against.P50), Times(against.P99), used.P99.ToString("P0", Plain), cluster.Together.ToString("P0", Plain)]);
        }
    }

    private Report Fanout()
    {
        var report = new Report("scale-fanout");
        List<string[]> rows =
        [
            ["", "gateways a session", "fullest / mean phones", "pushes/s p99", "renewals/s", "journal rows/s p99", "busiest gateway, cores p99", "Gbit/s p99", "silos, cores p99"],
        ];
        foreach (var (evening, name) in new[] { (terms.Halls, "halls"), (terms.Festival, "festival") })
        {
            foreach (var spread in Enum.GetValues<SpreadPolicy>())
            {
                if (spread == SpreadPolicy.ByHall && evening.Seats > Limits.Connections) continue;
                var scenario = new Scenario(evening, terms.Costs, spread, Mends.None);
                var playing = scenario.Playing;
                var fullest = Enumerable.Range(0, evening.Gateways).Max(playing.Spreading.At);
                rows.Add(
                [
                    $"{name}, {Name(spread)}", Say(playing.Observers), Times(fullest / (evening.Phones / (double)evening.Gateways)), Say(playing.Pushes.P99), Say(playing.Renewals),
                    Say(playing.Rows.P99), Say(scenario.Busiest.P99), Say(scenario.Out.P99), Say(playing.SiloCores.P99),
                ]);
            }
        }

        report.Table(rows);
        return report;
    }

    private Report Votes()
    {
        var report = new Report("scale-votes");
        List<string[]> rows = [["a shard in a busy five seconds", "ballots/s", "ack p50 ms", "p99 ms", "rows/s", "gathered p50 ms", "p99 ms", "rows/s"]];
        var dice = new Dice(terms.Halls.Seed).Fork(8);
        var commit = Commit.Wait(terms.Costs, 1_000);
        (int Seats, int Gateways, double Commit)[] cases =
        [
            (300, 1, commit), (300, terms.Halls.Gateways, commit), (2000, 1, commit), (2000, terms.Festival.Gateways, commit), (2000, 40, commit),
            (2000, terms.Festival.Gateways, 3 * commit), (2000, 40, 3 * commit),
        ];
        foreach (var (seats, gateways, takes) in cases)
        {
            var rate = seats * 0.8 / 5;
            var now = Lanes.Play(rate, gateways, takes, gathers: false, dice.Fork(1));
            var gathered = Lanes.Play(rate, gateways, takes, gathers: true, dice.Fork(1));
            rows.Add([$"{Say(seats)} seats, gateways: {gateways}, a commit: {Say(takes)} ms", Say(rate), Say(now.Ack.P50), Say(now.Ack.P99), Say(now.RowsASecond), Say(gathered.Ack.P50), Say(gathered.Ack.P99), Say(gathered.RowsASecond)]);
        }

        report.Table(rows);
        report.Say($"A commit of {Say(commit)} ms is what the costs give at 1,000 rows a second and writer; three times as much is a slow disk. Receipts without network and queues for CPU.");
        return report;
    }

    private Report Return(Scenario halls, Scenario festival)
    {
        var report = new Report("scale-return");
        List<string[]> rows = [["", "phones that lost their line", "back p50 s", "p99 s", "last s", "attempts/s at the busiest", "no room"]];
        foreach (var (scenario, name) in new[] { (halls, "halls"), (festival, "festival") })
        {
            foreach (var gateways in new[] { scenario.Evening.Gateways, (int)Math.Ceiling(scenario.Evening.Phones / (double)Limits.Connections) })
            {
                var evening = scenario.Evening with { Gateways = gateways };
                var busy = Math.Min(0.95, scenario.AllCores / gateways / evening.GatewayCores);
                var back = Reconnecting.Play(evening, terms.Costs, busy, Scenario.Notices, new Dice(evening.Seed).Fork(9));
                rows.Add([$"{name}, one of {gateways} gateways", Say(back.Phones), Say(back.Back.P50), Say(back.Back.P99), Say(back.Back.Most), Say(back.Peak), Say(back.Stranded)]);
            }
        }

        report.Table(rows);
        return report;
    }

    private static Report Joins(Scenario halls, Scenario festival, Scenario mended)
    {
        var report = new Report("scale-joins");
        (string Name, Func<Joining, string> Say)[] lines =
        [
            ("joins a second, peak", one => Say(one.Joins)),
            ("look-ups at the hall grain a second", one => Say(one.Finds)),
            ("with codes remembered at the gateways", one => Say(one.FindsWithCache)),
            ("it answers at most", one => Say(one.MostFinds)),
            ("joins of one session a second, peak", one => Say(one.AtSession)),
            ("it seats at most", one => Say(one.MostAtSession)),
            ("all of a session, as fast as it seats, s", one => Say(one.WholeSession)),
            ("commits a second at PostgreSQL", one => Say(one.Commits)),
            ("the same where everybody was here before", one => Say(one.CommitsOfKnown)),
            ("silos, cores", one => Say(one.SiloCores)),
            ("gateways, cores", one => Say(one.GatewayCores)),
            ("stages that only tell how many have come, a second", one => Say(one.CalmPushes)),
            ("what they send, Gbit/s", one => Say(one.CalmOut)),
        ];
        report.Table([["", "halls", "festival", "festival, mended"], .. lines.Select(line => new[] { line.Name, line.Say(halls.Joining), line.Say(festival.Joining), line.Say(mended.Joining) })]);
        return report;
    }

    private Report Models(Scenario halls)
    {
        var report = new Report("scale-models");
        var writing = new Writing(halls.Evening, terms.Costs) { WritesASecond = terms.WritesASecond };
        report.Table(
        [
            ["", $"{Say(halls.Evening.Halls)} halls"],
            ["beats told a second", Say(writing.Told)],
            ["beats written a second, every option ahead", Say(writing.Written)],
            ["tokens written a second", Say(writing.Written * writing.Answer)],
            ["tokens read a second, prefixes kept", Say(writing.Written * writing.Prompt * writing.Fresh)],
            [$"GPUs at {Say(writing.WritesASecond)} tokens/s written and {Say(writing.ReadsASecond)} read", Say(writing.Gpus(ahead: true))],
            ["GPUs if only what is told were written", Say(writing.Gpus(ahead: false))],
            ["calls of the pool a second, nobody waits", Say(writing.PoolCalls(0))],
            ["calls of the pool a second, everybody waits", Say(writing.PoolCalls(halls.Evening.Halls * Traffic.Options))],
            ["calls it answers at most", Say(writing.MostPoolCalls)],
        ]);
        return report;
    }

    private static string Name(PlacementPolicy policy) => policy switch
    {
        PlacementPolicy.ShardsAtRandom => "sessions by default, shards at random",
        PlacementPolicy.ResourceOptimized => "shards placed by default, before",
        PlacementPolicy.Random => "all at random",
        _ => "all by a hash",
    };

    private static string Name(SpreadPolicy policy) => policy switch
    {
        SpreadPolicy.Random => "random",
        SpreadPolicy.LeastConnections => "least connections",
        _ => "a hall at a gateway",
    };

    private static string Bold(double headroom) => headroom < 1 ? $"**{Times(headroom)}**" : Times(headroom);

    private static string Times(double value) => double.IsInfinity(value) ? "–" : value.ToString(value < 10 ? "0.00" : "0", Plain);

    /// <summary>Three figures, which is more than the costs are good for.</summary>
    private static string Say(double value) => value switch
    {
        0 => "0",
        >= 100 => Math.Round(value).ToString("#,0", Plain),
        >= 10 => value.ToString("0.#", Plain),
        _ => value.ToString("0.##", Plain),
    };
}

using System.Globalization;
using Orleans.Story.Bench.Halls;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Benches;

/// <summary>What a hall is asked for.</summary>
internal sealed record HallTerms
{
    /// <summary>Phones.</summary>
    public int Phones { get; init; } = 1000;

    /// <summary>Over how many seconds they come.</summary>
    public int JoinSeconds { get; init; } = 60;

    /// <summary>Rounds measured.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Whether a hostile crowd acts in every second round.</summary>
    public bool Hostile { get; init; }

    /// <summary>The film shown.</summary>
    public string Film { get; init; } = "last-ferry";

    /// <summary>Its running time.</summary>
    public int Minutes { get; init; } = 5;
}

/// <summary>
/// The headline: a hall as it will be. Phones come over a minute, 80 % vote within five seconds of each round, 20 % of them
/// change their minds, everyone sees every tally. Limits as shipped.
/// </summary>
internal sealed class HallBench(HallTerms terms)
{
    private const int Window = 12;
    private const int Attackers = 50;

    /// <summary>Runs it.</summary>
    public async Task<Report> Run(CancellationToken stop)
    {
        var report = new Report(terms.Hostile ? "hostile" : "hall");
        report.Say(Machine.Describe() + ".");
        await using var hall = await HallProcess.Start(new Dictionary<string, string>(), stop);
        var (session, code) = await hall.Schedule(terms.Film, terms.Minutes, terms.Phones + Attackers, Window, stop);
        await using var console = await hall.Operate(session, stop);
        await console.Command("Open", stop);

        var plan = new LoadPlan
        {
            Kind = "hall", Wire = "story", Port = hall.Port, ServerPid = hall.Pid, JoinCode = code,
            Phones = terms.Phones, JoinSeconds = terms.JoinSeconds, Rounds = terms.Rounds,
        };
        await using var load = await Generator.Start(plan);
        Console.Error.WriteLine($"  {terms.Phones} phones come within {terms.JoinSeconds} s …");
        var seated = await load.News(TimeSpan.FromSeconds(terms.JoinSeconds + 120), stop);
        await using var attackers = terms.Hostile ? await Generator.Start(plan with { Kind = "hostile" }) : null;
        if (attackers is not null) await attackers.News(TimeSpan.FromMinutes(1), stop);
        await console.Command("Start", stop);

        var rounds = new List<(LoadNews News, LoadNews? Attack)>();
        for (var i = 0; i < terms.Rounds; i++)
        {
            // The attack covers the whole round and the telling before it.
            var attacked = attackers is not null && i % 2 == 1;
            if (attacked) await attackers!.Tell("go");
            var news = await load.News(TimeSpan.FromMinutes(3), stop);
            LoadNews? attack = null;
            if (attacked)
            {
                await attackers!.Tell("rest");
                attack = await attackers.News(TimeSpan.FromSeconds(30), stop);
            }

            rounds.Add((news, attack));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  round {news.Round}{(attacked ? " under attack" : "")}: {news.Accepted} ballots, ack p50 {news.AckP50:0.0} p99 {news.AckP99:0.0} max {news.AckMax:0} ms, lag p99 {news.LagP99:0} ms, server {news.CpuMs / news.Seconds / 10:0} % of a core, generator {news.LoadCpu:P0} late p99 {news.LateP99:0.0} ms"));
        }

        Show(report, rounds, seated);
        return report;
    }

    /// <summary>Whether the honest phones' own count is in the book; attackers have seats and may vote too, once each.</summary>
    private static string Exact(LoadNews news, bool attacked)
    {
        var others = news.Own.Zip(news.Decided, (own, decided) => decided - own).ToArray();
        var most = attacked ? Attackers : 0;
        var exact = news.Unknown == 0 && Array.TrueForAll(others, more => more >= 0) && others.Sum() <= most && news.DecidedVoters - news.OwnVoters == others.Sum();
        return !exact ? "NO" : others.Sum() == 0 ? "yes" : $"yes, and {others.Sum()} of the attackers'";
    }

    private void Show(Report report, List<(LoadNews News, LoadNews? Attack)> rounds, LoadNews seated)
    {
        report.Say($"{terms.Phones} phones came within {terms.JoinSeconds} s; {rounds.Count} rounds of {Window} s; film {terms.Film}; limits as shipped. "
            + $"Memory {(seated.RssSeated - seated.RssBefore) * 1.024 / terms.Phones:0} KB per connected phone.");
        (string Name, Func<LoadNews, string> Say)[] columns =
        [
            ("ballots", news => Text(news.Accepted, "0")),
            ("ack p50 ms", news => Text(news.AckP50, "0.0")),
            ("ack p99 ms", news => Text(news.AckP99, "0.0")),
            ("ack max ms", news => Text(news.AckMax, "0")),
            ("tally lag p50 ms", news => Text(news.LagP50, "0")),
            ("tally lag p99 ms", news => Text(news.LagP99, "0")),
            ("CPU ms per 10k", news => Text(news.CpuMs / news.Accepted * 10_000, "0")),
            ("server core", news => Text(news.CpuMs / news.Seconds / 1000, "P0")),
            ("KB in / out per viewer", news => $"{Text(news.BytesIn / 1000, "0.0")} / {Text(news.BytesOut / 1000, "0.0")}"),
            ("seal to decided ms", news => Text(news.SealMs, "0")),
            ("busy, stale, refused, lost", news => Text(news.Busy + news.Stale + news.Refused + news.Lost, "0")),
            ("dropped phones", news => Text(news.Dropped, "0")),
        ];
        string Head((LoadNews News, LoadNews? Attack) round) => round.Attack is null ? $"round {round.News.Round + 1}" : $"round {round.News.Round + 1}, attacked";
        report.Table(
        [
            ["", .. rounds.Select(Head)],
            .. columns.Select(column => (string[])[column.Name, .. rounds.Select(round => column.Say(round.News))]),
            ["exact", .. rounds.Select(round => Exact(round.News, round.Attack is not null))],
        ]);
        if (!terms.Hostile) return;
        var attacks = rounds.Select(round => round.Attack).OfType<LoadNews>().ToList();
        var calm = Spread.Of(rounds.Where(round => round.Attack is null).Select(round => round.News.AckP99));
        var under = Spread.Of(rounds.Where(round => round.Attack is not null).Select(round => round.News.AckP99));
        report.Say($"{Attackers} attackers made {attacks.Sum(attack => attack.Connections)} connections and sent {attacks.Sum(attack => attack.Frames)} frames. "
            + $"Honest ack p99 {calm.Say("0.0")} ms without and {under.Say("0.0")} ms with them: × {Text(under.Median / calm.Median, "0.00")}.");
    }

    private static string Text(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}

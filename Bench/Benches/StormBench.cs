using System.Globalization;
using Orleans.Story.Bench.Halls;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Peers;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Benches;

/// <summary>What a storm is asked for.</summary>
internal sealed record StormTerms
{
    /// <summary>Phones.</summary>
    public int Phones { get; init; } = 1000;

    /// <summary>Votes a second, all phones together.</summary>
    public int Rate { get; init; } = 5000;

    /// <summary>Seconds before measuring begins.</summary>
    public int Warm { get; init; } = 10;

    /// <summary>Seconds measured.</summary>
    public int Seconds { get; init; } = 8;

    /// <summary>How often each server has its turn.</summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>Which servers, by wire; empty is all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}

/// <summary>
/// The labelled micro-bench: an open loop of votes into one long round, limits a seat lifted by configuration. Each turn is a
/// fresh server process; turns are interleaved.
/// </summary>
internal sealed class StormBench(StormTerms terms)
{
    private const int Options = 3;

    private static readonly (string Wire, string Name)[] Servers =
        [("hub", "bare SignalR hub"), ("story", "Orleans.Story"), ("socket.io", "socket.io 4.8.4"), ("colyseus", "Colyseus 0.18.17")];

    /// <summary>Runs it.</summary>
    public async Task<Report> Run(CancellationToken stop)
    {
        var report = new Report(terms.Rate == 5000 ? "storm" : $"storm-{terms.Rate}");
        report.Say(Machine.Describe() + ".");
        var servers = Servers.Where(server => terms.Only.Count == 0 || terms.Only.Contains(server.Wire)).ToList();
        if (servers.Exists(NeedsNode) && await NodePackages.Missing(stop) is { } missing)
        {
            report.Say(missing);
            servers.RemoveAll(NeedsNode);
        }

        var turns = servers.ToDictionary(server => server.Wire, _ => new List<Turn>());
        for (var repetition = 1; repetition <= terms.Repetitions; repetition++)
        {
            foreach (var (wire, name) in servers)
            {
                Console.Error.Write($"  {repetition}/{terms.Repetitions} {name} …");
                var turn = wire == "story" ? await OurTurn(stop) : await PeerTurn(wire, stop);
                turns[wire].Add(turn);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $" {turn.News.Accepted / turn.News.Seconds:0}/s, ack p50 {turn.News.AckP50:0.0} p99 {turn.News.AckP99:0.0} ms, {CpuPer10K(turn.News):0} ms CPU per 10k, generator {turn.News.LoadCpu:P0} late p99 {turn.News.LateP99:0.0} ms{(turn.IsExact ? "" : ", NOT EXACT")}"));
            }
        }

        Show(report, servers, turns);
        return report;
    }

    private static bool NeedsNode((string Wire, string Name) server) => server.Wire is "socket.io" or "colyseus";

    private static double CpuPer10K(LoadNews news) => news.Accepted == 0 ? double.NaN : news.CpuMs / news.Accepted * 10_000;

    private void Show(Report report, List<(string Wire, string Name)> servers, Dictionary<string, List<Turn>> turns)
    {
        report.Say($"{terms.Phones} phones, {terms.Rate} votes/s for {terms.Seconds} s after {terms.Warm} s of warming up, {terms.Repetitions} interleaved turns, each a fresh process on one core; median (least–most).");
        string Cell(string wire, Func<LoadNews, double> value, string format) => Spread.Of(turns[wire].Select(turn => value(turn.News))).Say(format);
        (string Name, Func<LoadNews, double> Value, string Format)[] columns =
        [
            ("accepted votes/s", news => news.Accepted / news.Seconds, "0"),
            ("ack p50 ms", news => news.AckP50, "0.0"),
            ("ack p99 ms", news => news.AckP99, "0.0"),
            ("ack max ms", news => news.AckMax, "0"),
            ("tally lag p50 ms", news => news.LagP50, "0"),
            ("tally lag p99 ms", news => news.LagP99, "0"),
            ("CPU ms per 10k votes", CpuPer10K, "0"),
            ("KB in per viewer and minute", news => news.BytesIn / news.Seconds * 60 / 1000, "0"),
            ("KB out per viewer and minute", news => news.BytesOut / news.Seconds * 60 / 1000, "0"),
            ("KB memory per connection", news => (news.RssSeated - news.RssBefore) * 1.024 / terms.Phones, "0"),
            ("seal to decided ms", news => news.SealMs < 0 ? double.NaN : news.SealMs, "0"),
            ("busy, stale, refused, lost", news => news.Busy + news.Stale + news.Refused + news.Lost, "0"),
        ];
        report.Table(
        [
            ["", .. servers.Select(server => server.Name)],
            .. columns.Select(column => (string[])[column.Name, .. servers.Select(server => Cell(server.Wire, column.Value, column.Format))]),
            ["exact", .. servers.Select(server => $"{turns[server.Wire].Count(turn => turn.IsExact)} of {turns[server.Wire].Count}")],
        ]);
        foreach (var baseline in servers.Where(server => server.Wire is "hub" or "colyseus" && turns.ContainsKey("story")))
        {
            report.Say($"Orleans.Story against the {baseline.Name}, turn by turn: "
                + $"CPU per vote {Ratio(CpuPer10K, baseline.Wire)}, ack p50 {Ratio(news => news.AckP50, baseline.Wire)}, "
                + $"ack p99 {Ratio(news => news.AckP99, baseline.Wire)}, accepted votes {Ratio(news => news.Accepted / news.Seconds, baseline.Wire)}.");
        }

        string Ratio(Func<LoadNews, double> value, string baseline) => "× " + Spread.Of(
            turns["story"].Zip(turns[baseline], (ours, theirs) => value(ours.News) / value(theirs.News))).Say("0.00");
    }

    private LoadPlan Plan(string wire, int port, int pid) => new()
    {
        Kind = "storm", Wire = wire, Port = port, ServerPid = pid, Phones = terms.Phones, Rate = terms.Rate,
        WarmSeconds = terms.Warm, Seconds = terms.Seconds, Options = Options,
    };

    private async Task<Turn> OurTurn(CancellationToken stop)
    {
        await using var hall = await HallProcess.Start(GatewayStorm.Settings(), stop);
        var storm = (await GatewayStorm.Run(hall, Plan("story", 0, 0), stop)).Storm;
        return new Turn(storm, storm.IsExact);
    }

    private async Task<Turn> PeerTurn(string wire, CancellationToken stop)
    {
        await using var peer = wire switch
        {
            "hub" => await Peer.BareHub(Options, stop),
            "socket.io" => await Peer.Node("socket-io.mjs", Options, stop),
            _ => await Peer.Node("colyseus.mjs", Options, stop),
        };
        await using var load = await Generator.Start(Plan(wire, peer.Port, peer.Pid));
        var seated = await load.News(TimeSpan.FromMinutes(2), stop);
        var news = await load.News(TimeSpan.FromSeconds(terms.Warm + terms.Seconds + 60), stop);
        using var http = new HttpClient();
        var (counts, voters) = await peer.Book(http, stop);
        var exact = news.Unknown == 0 && news.OwnVoters == voters && news.Own.AsSpan().SequenceEqual(counts);
        return new Turn(news with { RssBefore = seated.RssBefore, RssSeated = seated.RssSeated }, exact);
    }

    private sealed record Turn(LoadNews News, bool IsExact);
}

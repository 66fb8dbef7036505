using System.Globalization;
using Orleans.Story.Bench.Halls;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Benches;

/// <summary>
/// What votes, connections and halls cost where gateway, silos and PostgreSQL are programs of their own, part by part. The named
/// baseline is the same program with everything in one process on SQLite; turns are interleaved, each of fresh processes.
/// </summary>
internal sealed class ClusterBench(int phones, int rate, int repetitions)
{
    private const int Warm = 10;
    private const int Seconds = 8;

    /// <summary>Runs it.</summary>
    public async Task<Report> Run(CancellationToken stop)
    {
        var report = new Report("cluster");
        report.Say(Machine.Describe() + ".");
        var (one, cluster) = (new List<Turn>(), new List<Turn>());
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            one.Add(await Storm(null, stop));
            Progress(repetition, "one process", one[^1]);
            await using var behind = await ClusterProcesses.Start(stop);
            cluster.Add(await Storm(behind, stop));
            Progress(repetition, "cluster", cluster[^1]);
        }

        report.Say($"{phones} phones, {rate} votes/s for {Seconds} s after {Warm} s of warming up, {repetitions} interleaved turns of fresh processes, gateway and silos on one core; median (least–most).");
        report.Table(
        [
            ["", "one process, SQLite", "cluster, PostgreSQL"],
            Row("accepted votes/s", turn => turn.News.Accepted / turn.News.Seconds, "0"),
            Row("ack p50 ms", turn => turn.News.AckP50, "0.0"),
            Row("ack p99 ms", turn => turn.News.AckP99, "0.0"),
            Row("CPU ms per 10k votes, gateway", turn => Per10K(turn, turn.News.CpuMs), "0"),
            .. ClusterProcesses.Names.Select((name, i) => Row($"CPU ms per 10k votes, {name}", turn => turn.News.OtherCpuMs.Length > i ? Per10K(turn, turn.News.OtherCpuMs[i]) : double.NaN, "0")),
            Row("CPU ms per 10k votes, all", All, "0"),
            Row("transactions/s in the database", turn => turn.CommitsPerSecond, "0"),
            Row("KB memory per connection, gateway", turn => turn.KbPerPhone, "0"),
            Row("seal to decided ms", turn => turn.News.SealMs, "0"),
            Row("busy, stale, refused, lost", turn => turn.News.Busy + turn.News.Stale + turn.News.Refused + turn.News.Lost, "0"),
            ["exact", $"{one.Count(turn => turn.IsExact)} of {one.Count}", $"{cluster.Count(turn => turn.IsExact)} of {cluster.Count}"],
        ]);
        var ratio = Spread.Of(cluster.Zip(one, (many, single) => All(many) / All(single)));
        report.Say($"The cluster against one process, turn by turn: CPU per vote × {ratio.Say("0.00")}.");
        return report;

        string[] Row(string name, Func<Turn, double> value, string format) => [name, Spread.Of(one.Select(value)).Say(format), Spread.Of(cluster.Select(value)).Say(format)];
    }

    private static double All(Turn turn) => Per10K(turn, turn.News.CpuMs + turn.News.OtherCpuMs.Sum());

    private static double Per10K(Turn turn, double cpuMs) => cpuMs / turn.News.Accepted * 10_000;

    private void Progress(int repetition, string what, Turn turn) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {repetition}/{repetitions} {what}: {turn.News.Accepted / turn.News.Seconds:0}/s, ack p50 {turn.News.AckP50:0.0} p99 {turn.News.AckP99:0.0} ms, {All(turn):0} ms CPU per 10k, generator {turn.News.LoadCpu:P0} late p99 {turn.News.LateP99:0.0} ms{(turn.IsExact ? "" : ", NOT EXACT")}"));

    /// <summary>One storm at a gateway: alone, or with a cluster behind it.</summary>
    private async Task<Turn> Storm(ClusterProcesses? cluster, CancellationToken stop)
    {
        var settings = GatewayStorm.Settings();
        foreach (var (name, value) in cluster?.Settings ?? []) settings[name] = value;
        await using var hall = await HallProcess.Start(settings, stop);
        await using var commits = cluster is null ? null : new CommitCounter(cluster);
        var plan = new LoadPlan { Kind = "storm", Wire = "story", Port = 0, ServerPid = 0, OtherPids = cluster?.Pids ?? [], Phones = phones, Rate = rate, WarmSeconds = Warm, Seconds = Seconds };
        var news = (await GatewayStorm.Run(hall, plan, stop)).Storm;
        return new Turn(news, news.IsExact, commits?.ASecond(news.FromMs, news.UntilMs) ?? double.NaN, (news.RssSeated - news.RssBefore) * 1.024 / phones);
    }

    private sealed record Turn(LoadNews News, bool IsExact, double CommitsPerSecond, double KbPerPhone);
}

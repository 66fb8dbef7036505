using System.Globalization;
using Orleans.Story.Bench.Halls;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Bench.Running;

namespace Orleans.Story.Bench.Benches;

/// <summary>What the price list is asked for.</summary>
internal sealed record CostsTerms
{
    /// <summary>Phones of a storm.</summary>
    public int Phones { get; init; } = 1000;

    /// <summary>Halls that play at once, each under one console.</summary>
    public int Halls { get; init; } = 24;

    /// <summary>How often everything is done.</summary>
    public int Repetitions { get; init; } = 2;
}

/// <summary>
/// What a ballot, a connection, a beat and a hall cost on a cluster, part by part. One cluster of programs of their own, warmed up
/// once; then, as often as asked: nothing; storms at several rates, each after everybody has come, stood there, gone and come back;
/// and halls that have their doors open and then play. What costs are is told apart afterwards (<see cref="PriceList"/>).
/// </summary>
internal sealed class CostsBench(CostsTerms terms)
{
    private const int Idle = 10;
    private const int Stand = 8;
    private const int Warm = 6;
    private const int Seconds = 8;
    private const int Playing = 90;

    /// <summary>From slow enough for a batch a ballot to twenty ballots a batch.</summary>
    private static readonly int[] Rates = [20, 250, 1000, 2000];

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(4);

    /// <summary>Between the starts of two halls, so that all of a beat's moments are going on somewhere.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    /// <summary>Runs it.</summary>
    public async Task<Report> Run(CancellationToken stop)
    {
        using var films = new Films();
        await using var cluster = await ClusterProcesses.Start(stop);
        var settings = GatewayStorm.Settings();
        foreach (var (name, value) in cluster.Settings) settings[name] = value;
        settings["Story__Films"] = films.Folder;
        await using var hall = await HallProcess.Start(settings, stop);
        await using var commits = new CommitCounter(cluster);
        var prices = new PriceList(terms.Phones, terms.Halls, Playing);
        Console.Error.WriteLine("  warming up …");
        await Storm(hall, cluster, 2000, 20, stop);
        await Halls(hall, cluster, 20, stop);
        for (var repetition = 1; repetition <= terms.Repetitions; repetition++)
        {
            await Task.Delay(Settle, stop);
            prices.Nothing.Add(await Over(hall, cluster, Idle, stop));
            foreach (var rate in Rates)
            {
                var storm = await Storm(hall, cluster, rate, Warm, stop);
                prices.Storms.Add((storm, commits.ASecond(storm.Storm.FromMs, storm.Storm.UntilMs)));
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {repetition}/{terms.Repetitions} {rate}/s: {(storm.Storm.CpuMs + storm.Storm.OtherCpuMs.Sum()) / storm.Storm.Seconds:0} ms CPU a second, {prices.Storms[^1].Commits:0} commits/s, ack p99 {storm.Storm.AckP99:0.0} ms{(storm.Storm.IsExact ? "" : ", NOT EXACT")}"));
            }

            var (open, playing, beats) = await Halls(hall, cluster, Playing, stop);
            prices.Played.Add((open, playing, beats));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {repetition}/{terms.Repetitions} {terms.Halls} halls: {(playing.CpuMs + playing.OtherCpuMs.Sum()) / playing.Seconds:0} ms CPU a second, {beats} beats"));
        }

        var report = new Report("costs");
        report.Say(Machine.Describe() + ".");
        prices.Tell(report);
        return report;
    }

    private static async Task<LoadNews> Over(HallProcess hall, ClusterProcesses cluster, int seconds, CancellationToken stop)
    {
        var gauge = Stretch.Begin(new LoadPlan { Kind = "", Wire = "", Port = hall.Port, ServerPid = hall.Pid, OtherPids = cluster.Pids });
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop);
        return gauge.End("");
    }

    private Task<GatewayStorm> Storm(HallProcess hall, ClusterProcesses cluster, int rate, int warm, CancellationToken stop) => GatewayStorm.Run(
        hall,
        new LoadPlan
        {
            Kind = "storm", Wire = "story", Port = 0, ServerPid = 0, OtherPids = cluster.Pids, Phones = terms.Phones, Rate = rate, WarmSeconds = warm, Seconds = Seconds, StandSeconds = Stand,
        },
        stop);

    /// <summary>Halls with their doors open, then playing a real film with nobody in them but a console each.</summary>
    private async Task<(LoadNews Open, LoadNews Playing, long Beats)> Halls(HallProcess hall, ClusterProcesses cluster, int seconds, CancellationToken stop)
    {
        var consoles = new List<Operator>();
        try
        {
            for (var i = 0; i < terms.Halls; i++)
            {
                var (session, _) = await hall.Schedule("last-ferry", 5, 300, 12, stop);
                consoles.Add(await hall.Operate(session, stop));
                await consoles[^1].Command("Open", stop);
            }

            await Task.Delay(Settle, stop);
            var open = await Over(hall, cluster, Idle, stop);
            foreach (var console in consoles)
            {
                await console.Command("Start", stop);
                await Task.Delay(Apart, stop);
            }

            var before = await cluster.Beats(stop);
            var playing = await Over(hall, cluster, seconds, stop);
            var beats = await cluster.Beats(stop) - before;
            foreach (var console in consoles) await console.Command("End", stop);
            return (open, playing, beats);
        }
        finally
        {
            foreach (var console in consoles) await console.DisposeAsync();
        }
    }

    /// <summary>One folder with the bench's film and a real one.</summary>
    private sealed class Films : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("story-films-");

        public Films()
        {
            foreach (var film in (string[])[Path.Combine(AppContext.BaseDirectory, "Halls", "film", "bench"), Path.Combine(Path.GetDirectoryName(Programs.Gateway)!, "Films", "last-ferry")])
            {
                Directory.CreateSymbolicLink(Path.Combine(Folder, Path.GetFileName(film)), film);
            }
        }

        public string Folder => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}

using System.Globalization;
using Orleans.Story.Bench.Halls;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Reporting;

namespace Orleans.Story.Bench.Benches;

/// <summary>
/// From processor time over stretches to what one of each thing costs. What a cluster costs that does nothing is taken off
/// everywhere. Storms are told apart by least squares: so much for phones in a round that moves, so much a ballot, so much a batch
/// (each is one transaction, which is how they are counted).
/// </summary>
/// <param name="phones">Phones of a storm.</param>
/// <param name="halls">Halls that play.</param>
/// <param name="playing">Seconds they were looked at.</param>
internal sealed class PriceList(int phones, int halls, int playing)
{
    private static readonly string[] Parts = ["gateway", .. ClusterProcesses.Names];

    /// <summary>Stretches in which nothing happened.</summary>
    public List<LoadNews> Nothing { get; } = [];

    /// <summary>Storms, and transactions a second in each.</summary>
    public List<(GatewayStorm Storm, double Commits)> Storms { get; } = [];

    /// <summary>Halls with their doors open, the same playing, and beats that began meanwhile.</summary>
    public List<(LoadNews Open, LoadNews Playing, long Beats)> Played { get; } = [];

    /// <summary>Writes both tables.</summary>
    public void Tell(Report report)
    {
        report.Say($"{phones} phones a storm, {halls} halls of last-ferry under a console each, {Nothing.Count} rounds of everything at one warmed-up cluster; gateway and silos on one core, PostgreSQL anywhere. Nothing happens: "
            + string.Join(", ", Parts.Select((part, i) => $"{part} {Spread.Of(Nothing.Select(news => Of(news, i))).Say("0.0")} ms CPU a second")) + ".");
        var rates = Storms.GroupBy(one => Math.Round(one.Storm.Storm.Sent / one.Storm.Storm.Seconds)).ToList();
        report.Table(
        [
            ["votes/s", .. rates.Select(rate => rate.Key.ToString("0", CultureInfo.InvariantCulture))],
            .. Parts.Select((part, i) => (string[])[$"{part}, ms CPU a second", .. rates.Select(rate => Spread.Of(rate.Select(one => Of(one.Storm.Storm, i) - Idle(i))).Say("0"))]),
            ["transactions/s", .. rates.Select(rate => Spread.Of(rate.Select(one => one.Commits)).Say("0"))],
            ["ack p50 ms", .. rates.Select(rate => Spread.Of(rate.Select(one => one.Storm.Storm.AckP50)).Say("0.0"))],
            ["ack p99 ms", .. rates.Select(rate => Spread.Of(rate.Select(one => one.Storm.Storm.AckP99)).Say("0.0"))],
            ["exact", .. rates.Select(rate => $"{rate.Count(one => one.Storm.Storm.IsExact)} of {rate.Count()}")],
        ]);
        var fits = Parts.Select((_, i) => Fit.Least(
            [.. Storms.Select(one => (double[])[1, one.Storm.Storm.Accepted / one.Storm.Storm.Seconds, one.Commits])],
            [.. Storms.Select(one => 1000 * (Of(one.Storm.Storm, i) - Idle(i)))])).ToList();
        report.Table(
        [
            ["µs CPU", .. Parts],
            Row("a phone comes in: joins, opens its line", i => Storms.Select(one => 1000 * Rest(one.Storm.Seated, i) / phones)),
            Row("a phone comes back with its ticket", i => Storms.Select(one => 1000 * Rest(one.Storm.Back!, i) / phones)),
            Row("a phone in the lobby, a second", i => Storms.Select(one => 1000 * Rest(one.Storm.Stood!, i) / one.Storm.Stood!.Seconds / phones)),
            Row("a phone in a round that moves, a second", i => [fits[i][0] / phones]),
            Row("a ballot", i => [fits[i][1]]),
            Row("a batch of ballots", i => [fits[i][2]]),
            Row("a hall with its doors open, a second", i => Played.Select(one => 1000 * Rest(one.Open, i) / one.Open.Seconds / halls)),
            Row("a hall that plays, a second", i => Played.Select(one => 1000 * Rest(one.Playing, i) / one.Playing.Seconds / halls)),
            Row("a beat: what playing costs more", i => Played.Select(one => 1000 * (Rest(one.Playing, i) - (Rest(one.Open, i) / one.Open.Seconds * one.Playing.Seconds)) / one.Beats)),
        ]);
        report.Say($"A hall that plays told a beat every {Spread.Of(Played.Select(one => (double)halls * playing / one.Beats)).Say("0")} s. The lines about a round, a ballot and a batch are one fit over all storms; a difference that is smaller than the measurements' own comes out below zero.");
    }

    private static string[] Row(string name, Func<int, IEnumerable<double>> value) => [name, .. Parts.Select((_, i) => Spread.Of(value(i)).Say("#,0"))];

    /// <summary>Processor time of a part, ms a second.</summary>
    private static double Of(LoadNews news, int part) => Whole(news, part) / news.Seconds;

    private static double Whole(LoadNews news, int part) => part == 0 ? news.CpuMs : news.OtherCpuMs[part - 1];

    private double Idle(int part) => Spread.Of(Nothing.Select(news => Of(news, part))).Median;

    /// <summary>Processor time of a part over a stretch without what it takes anyway, ms.</summary>
    private double Rest(LoadNews news, int part) => Whole(news, part) - (Idle(part) * news.Seconds);
}

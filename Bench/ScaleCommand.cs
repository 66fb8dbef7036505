using System.CommandLine;
using Orleans.Story.Bench.Benches;
using Orleans.Story.Bench.Scale;

namespace Orleans.Story.Bench;

/// <summary>The options of the simulation of scale.</summary>
internal static class ScaleCommand
{
    private static readonly Option<int> Halls = BenchCommand.Number("--halls", 1000, "Sessions at once.", 1, 20_000);
    private static readonly Option<int> Seats = BenchCommand.Number("--seats", 300, "Phones of each.", 1, 100_000);
    private static readonly Option<int> Silos = BenchCommand.Number("--silos", 8, "Silos that carry them.", 2, 200);
    private static readonly Option<int> Gateways = BenchCommand.Number("--gateways", 32, "Gateways that carry them.", 2, 500);
    private static readonly Option<int> Festival = BenchCommand.Number("--festival", 100_000, "Phones of the one large session.", 1, 1_000_000);
    private static readonly Option<int> FestivalGateways = BenchCommand.Number("--festival-gateways", 12, "Gateways that carry it.", 2, 500);
    private static readonly Option<int> Cores = BenchCommand.Number("--cores", 8, "Cores of a silo and of a gateway.", 1, 256);
    private static readonly Option<int> Spread = BenchCommand.Number("--spread-minutes", 15, "Sessions start within so many minutes of the hour.", 0, 60);
    private static readonly Option<int> Flaps = BenchCommand.Number("--flaps", 6, "How often an hour a phone goes and comes back: an assumption.", 0, 600);
    private static readonly Option<SpreadPolicy> Balancer = new("--balancer") { Description = "How phones find gateways.", DefaultValueFactory = _ => SpreadPolicy.LeastConnections };
    private static readonly Option<int> Tokens = BenchCommand.Number("--gpu-tokens", 2_500, "Tokens a second that one GPU writes: an assumption.", 1, 1_000_000);
    private static readonly Option<double?> Flush = new("--flush-ms") { Description = "Milliseconds of PostgreSQL's flush; the costs' own when left out." };
    private static readonly Option<double?> RoundTrip = new("--round-trip-ms") { Description = "Milliseconds to PostgreSQL and back; the costs' own when left out." };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Where all chance comes from.", DefaultValueFactory = _ => 1 };

    /// <summary>The command.</summary>
    /// <param name="write">The option that names a Markdown page.</param>
    public static Command Make(Option<FileInfo?> write)
    {
        var command = new Command("scale", "A thousand halls, and one of a hundred thousand phones, on paper: what gives out first. Pure and seeded; docs/design/25-scale.md has its tables.")
        {
            Halls, Seats, Silos, Gateways, Festival, FestivalGateways, Cores, Spread, Flaps, Balancer, Tokens, Flush, RoundTrip, Seed, write,
        };
        command.SetAction(parsed =>
        {
            var page = parsed.GetValue(write);
            foreach (var report in new ScaleBench(Terms(parsed)).Run())
            {
                if (page is not null) report.WriteTo(page);
            }
        });
        return command;
    }

    private static Figure Given(double ms) => new(ms, "ms", Origin.Assumed, "given on the command line");

    private static ScaleTerms Terms(ParseResult parsed)
    {
        var cores = parsed.GetValue(Cores);
        var halls = new Evening
        {
            Halls = parsed.GetValue(Halls), Seats = parsed.GetValue(Seats), Silos = parsed.GetValue(Silos), Gateways = parsed.GetValue(Gateways),
            SiloCores = cores, GatewayCores = cores, StartSpread = parsed.GetValue(Spread), Flaps = parsed.GetValue(Flaps) / 60.0, Seed = parsed.GetValue(Seed),
        };
        var costs = new Costs();
        if (parsed.GetValue(Flush) is { } flush) costs = costs with { Flush = Given(flush) };
        if (parsed.GetValue(RoundTrip) is { } roundTrip) costs = costs with { DatabaseRoundTrip = Given(roundTrip) };
        return new ScaleTerms
        {
            Costs = costs,
            Halls = halls,
            Festival = halls with { Halls = 1, Seats = parsed.GetValue(Festival), Gateways = parsed.GetValue(FestivalGateways), StartSpread = 0 },
            Spread = parsed.GetValue(Balancer),
            WritesASecond = parsed.GetValue(Tokens),
        };
    }
}

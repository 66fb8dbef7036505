using System.CommandLine;
using Orleans.Story.Bench.Benches;
using Orleans.Story.Bench.Load;
using Orleans.Story.Bench.Peers;
using Orleans.Story.Bench.Reporting;

namespace Orleans.Story.Bench;

/// <summary>The command line. Everything stays on the loopback address, is bounded in count and time, and ends by itself.</summary>
internal static class BenchCommand
{
    private static readonly Option<int> Phones = Number("--phones", 1000, "Phones.", 1, 10_000);
    private static readonly Option<FileInfo?> Write = new("--write") { Description = "Also put the tables into this Markdown page, docs/benchmarks.md for instance." };
    private static readonly Option<int> Rate = Number("--rate", 5000, "Votes a second.", 1, 20_000);
    private static readonly Option<int> Warm = Number("--warm", 10, "Seconds before measuring.", 1, 60);
    private static readonly Option<int> Seconds = Number("--seconds", 8, "Seconds measured.", 1, 50);
    private static readonly Option<int> Repetitions = Number("--repetitions", 3, "Turns of each server.", 1, 50);
    private static readonly Option<string[]> Only = new("--only") { Description = "Servers: hub, story, socket.io, colyseus (repeatable).", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> JoinSeconds = Number("--join-seconds", 60, "Over how many seconds the phones come.", 1, 600);
    private static readonly Option<int> Rounds = Number("--rounds", 2, "Rounds; with --hostile every second one is attacked.", 1, 20);
    private static readonly Option<bool> Hostile = new("--hostile") { Description = "A hostile crowd acts in every second round; four rounds unless --rounds says otherwise." };
    private static readonly Option<int> Minutes = Number("--minutes", 5, "Running time of the film.", 3, 30);
    private static readonly Option<int> Kills = Number("--kills", 2000, "Kills, about one a second and a half.", 2, 100_000);
    private static readonly Option<long?> Seed = new("--seed") { Description = "Where the draws come from; a new one, printed, when left out." };
    private static readonly Argument<int> Port = new("port");
    private static readonly Argument<int> Options = new("options");

    /// <summary>Reads the arguments and runs; answers the exit code.</summary>
    public static Task<int> Run(string[] args)
    {
        Only.AcceptOnlyFromAmong("hub", "story", "socket.io", "colyseus");
        return new RootCommand("Benches of Orleans.Story. Run them on a quiet machine; docs/benchmarks.md says what they mean.")
        {
            Storm(), Hall(), Cluster(), Costs(), All(), StoryCommand.Make(Write), ScaleCommand.Make(Write), Killed(), Parts.Load(), Parts.BareHub(),
        }.Parse(args).InvokeAsync();
    }

    private static Command Storm()
    {
        var command = new Command("storm", "Micro-bench: a fixed rate of votes with limits lifted, peers interleaved.") { Phones, Rate, Warm, Seconds, Repetitions, Only, Write };
        command.SetAction((parsed, stop) => Finish(new StormBench(Terms(parsed)).Run(stop), parsed));
        return command;
    }

    private static Command Hall()
    {
        var command = new Command("hall", "A hall of phones through a show's rounds, limits as shipped.") { Phones, JoinSeconds, Rounds, Hostile, Minutes, Write };
        command.SetAction((parsed, stop) => Finish(new HallBench(HallTerms(parsed)).Run(stop), parsed));
        return command;
    }

    private static Command Cluster()
    {
        var rate = Number("--rate", 2000, "Votes a second of the storm.", 1, 20_000);
        var repetitions = Number("--repetitions", 2, "Turns of each.", 1, 50);
        var command = new Command("cluster", "What a vote, a connection and a hall cost on a cluster, part by part, against the same program in one process. Wants StoryEngine=orleans and Tests/with-postgres.") { Phones, rate, repetitions, Write };
        command.SetAction((parsed, stop) => Finish(new ClusterBench(parsed.GetValue(Phones), parsed.GetValue(rate), parsed.GetValue(repetitions)).Run(stop), parsed));
        return command;
    }

    private static Command Costs()
    {
        var halls = Number("--halls", 24, "Halls that play at once.", 1, 30);
        var repetitions = Number("--repetitions", 2, "How often everything is done.", 1, 20);
        var command = new Command("costs", "What a ballot, a connection, a beat and a hall cost on a cluster, part by part. Wants StoryEngine=orleans and Tests/with-postgres.") { Phones, halls, repetitions, Write };
        command.SetAction((parsed, stop) => Finish(new CostsBench(new CostsTerms { Phones = parsed.GetValue(Phones), Halls = parsed.GetValue(halls), Repetitions = parsed.GetValue(repetitions) }).Run(stop), parsed));
        return command;
    }

    private static Command All()
    {
        var command = new Command("all", "Everything that docs/benchmarks.md holds: storm at 5,000 and 20,000 a second, hall, hostile hall, stories.") { Repetitions, Write };
        command.SetAction(async (parsed, stop) =>
        {
            var repetitions = parsed.GetValue(Repetitions);
            Func<Task<Report>>[] benches =
            [
                () => new StormBench(new StormTerms { Repetitions = repetitions }).Run(stop),
                () => new StormBench(new StormTerms { Repetitions = repetitions, Rate = 20_000 }).Run(stop),
                () => new HallBench(new HallTerms()).Run(stop),
                () => new HallBench(new HallTerms { Hostile = true, Rounds = 4 }).Run(stop),
                .. StoryCommand.Everything(stop),
            ];
            foreach (var bench in benches)
            {
                var code = await Finish(bench(), parsed);
                if (code != 0) return code;
            }

            return 0;
        });
        return command;
    }

    private static Command Killed()
    {
        var command = new Command("kills", "The hall killed with kill -9 at drawn moments under load, many more times than a test run does.") { Kills, Seed };
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await new KillBench(parsed.GetValue(Kills), parsed.GetValue(Seed)).Run(stop);
            }
            catch (IOException e)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 130;
            }
        });
        return command;
    }

    private static StormTerms Terms(ParseResult parsed) => new()
    {
        Phones = parsed.GetValue(Phones),
        Rate = parsed.GetValue(Rate),
        Warm = parsed.GetValue(Warm),
        Seconds = parsed.GetValue(Seconds),
        Repetitions = parsed.GetValue(Repetitions),
        Only = parsed.GetValue(Only) ?? [],
    };

    private static HallTerms HallTerms(ParseResult parsed)
    {
        var hostile = parsed.GetValue(Hostile);
        return new HallTerms
        {
            Phones = parsed.GetValue(Phones),
            JoinSeconds = parsed.GetValue(JoinSeconds),
            Hostile = hostile,
            Rounds = hostile && parsed.GetResult(Rounds) is { Implicit: true } or null ? 4 : parsed.GetValue(Rounds),
            Minutes = parsed.GetValue(Minutes),
        };
    }

    /// <summary>Writes the report where it was asked for; a failure is one sentence.</summary>
    internal static async Task<int> Finish(Task<Report> bench, ParseResult parsed)
    {
        try
        {
            var report = await bench;
            if (parsed.GetValue(Write) is { } page) report.WriteTo(page);
            return 0;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or UnauthorizedAccessException or TimeoutException)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    /// <summary>A whole number between two others.</summary>
    internal static Option<int> Number(string name, int value, string description, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} ({least}-{most})", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && (given < least || given > most))
            {
                result.AddError($"{name} must be between {least} and {most}.");
            }
        });
        return option;
    }

    /// <summary>What the bench starts of itself as processes of their own.</summary>
    private static class Parts
    {
        /// <summary>The load generator.</summary>
        public static Command Load()
        {
            var command = new Command("load", "The load generator; the bench starts it.") { Hidden = true };
            command.SetAction((_, stop) => LoadProgram.Run(stop));
            return command;
        }

        /// <summary>The bare hub.</summary>
        public static Command BareHub()
        {
            var command = new Command("bare-hub", "The bare hub; the bench starts it.") { Port, Options };
            command.Hidden = true;
            command.SetAction((parsed, stop) => Peers.BareHub.Run(parsed.GetValue(Port), parsed.GetValue(Options), stop));
            return command;
        }
    }
}

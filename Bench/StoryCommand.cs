using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans.Story.Bench.Benches;
using Orleans.Story.Bench.Reporting;

namespace Orleans.Story.Bench;

/// <summary>The options of the story bench.</summary>
internal static class StoryCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Option<int> Shows = BenchCommand.Number("--shows", 20, "Shows a writer, film and language.", 1, 10_000);
    private static readonly Option<string[]> Film = new("--film") { Description = "A film's slug (repeatable); all films when left out.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Language = new("--language") { Description = "A telling language (repeatable); en and zh when left out.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<long> Seed = new("--seed") { Description = "Where all chance comes from.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Minutes = BenchCommand.Number("--minutes", 20, "Running time, held inside what a film allows.", 2, 180);
    private static readonly Option<int> Window = BenchCommand.Number("--window", 20, "Seconds that a round is open.", 5, 120);
    private static readonly Option<int> Card = BenchCommand.Number("--card", 4, "Seconds that the decision card shows.", 2, 5);
    private static readonly Option<int> Patience = BenchCommand.Number("--patience", 0, "Milliseconds that the wall stays empty for a late beat before a storylet takes over; a hall has none.", 0, 60_000);
    private static readonly Option<bool> Live = new("--no-speculation") { Description = "Nothing is written ahead; beats are begun after the verdict." };
    private static readonly Option<string[]> Paced = new("--paced") { Description = "Also the storylets told as if each took so many seconds (0-600, repeatable), in --slots at once.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Endpoint = Address("--endpoint", "Base address of a model server up to and including /v1 (OpenAI chat protocol).");
    private static readonly Option<string?> Model = new("--model") { Description = "The model's name there; with --recorded the one that was recorded." };
    private static readonly Option<string?> Key = new("--key") { Description = "Name of the environment variable that holds the server's key." };
    private static readonly Option<int> Slots = BenchCommand.Number("--slots", 2, "Beats that are written at once.", 1, 64);
    private static readonly Option<int> Context = BenchCommand.Number("--context", 8192, "Tokens that one request may have.", 4096, 1_000_000);
    private static readonly Option<FileInfo?> Record = new("--record") { Description = "Keep every answer in this file, by a hash of its question." };
    private static readonly Option<FileInfo?> Recorded = new("--recorded") { Description = "Play the answers of this file instead of asking anybody." };
    private static readonly Option<string?> Judge = Address("--judge", "Base address of a model server that compares each writer with the storylets.");
    private static readonly Option<string?> JudgeModel = new("--judge-model") { Description = "The judging model's name." };
    private static readonly Option<string?> JudgeKey = new("--judge-key") { Description = "Name of the environment variable that holds the judge's key." };
    private static readonly Option<int> Judgements = BenchCommand.Number("--judgements", 40, "Pairs compared a writer, film and language.", 1, 10_000);
    private static readonly Option<DirectoryInfo?> Films = new("--films") { Description = "The folder of films; Films of the repository when left out." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Also put every measure into this JSON file." };

    /// <summary>The command.</summary>
    /// <param name="write">The option that names a Markdown page.</param>
    public static Command Make(Option<FileInfo?> write)
    {
        var command = new Command("story", "Seeded shows with simulated audiences, on the clock and by the rules of a hall, measured writer by writer. No server, no phone, no waiting.")
        {
            Shows, Film, Language, Seed, Minutes, Window, Card, Patience, Live, Paced, Endpoint, Model, Key, Slots, Context, Record, Recorded, Judge, JudgeModel, JudgeKey, Judgements, Films, Json, write,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Paced)?.All(seconds => int.TryParse(seconds, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 600) == false)
                result.AddError("--paced takes whole seconds between 0 and 600.");
            var (endpoint, model, recorded) = (result.GetValue(Endpoint), result.GetValue(Model), result.GetValue(Recorded));
            if (endpoint is not null && model is null) result.AddError("--endpoint needs --model.");
            if (recorded is not null && model is null) result.AddError("--recorded needs --model.");
            if (model is not null && endpoint is null && recorded is null) result.AddError("--model needs --endpoint or --recorded.");
            if (recorded is not null && (endpoint is not null || result.GetValue(Record) is not null)) result.AddError("--recorded plays answers: it goes neither with --endpoint nor with --record.");
            if (result.GetValue(Record) is not null && endpoint is null) result.AddError("--record needs --endpoint.");
            if (result.GetValue(Judge) is not null && result.GetValue(JudgeModel) is null) result.AddError("--judge needs --judge-model.");
            if (result.GetValue(JudgeModel) is not null && result.GetValue(Judge) is null && recorded is null) result.AddError("--judge-model needs --judge or --recorded.");
        });
        command.SetAction((parsed, stop) => BenchCommand.Finish(Run(parsed, stop), parsed));
        return command;
    }

    /// <summary>What <c>docs/benchmarks.md</c> holds of it: every film and language told by storylets, and one told ever more slowly.</summary>
    public static IReadOnlyList<Func<Task<Report>>> Everything(CancellationToken stop) =>
    [
        () => Run(new StoryBenchTerms { Terms = new(), Languages = ["en", "zh"] }, stop),
        () => Run(new StoryBenchTerms { Terms = new(), Languages = ["en"], Only = ["last-ferry"], Paced = [20, 30, 40, 50, 60, 75] }, stop),
    ];

    private static async Task<Report> Run(StoryBenchTerms terms, CancellationToken stop)
    {
        using var bench = new StoryBenchRun(terms);
        return (await bench.Run(stop)).Report;
    }

    private static async Task<Report> Run(ParseResult parsed, CancellationToken stop)
    {
        using var bench = new StoryBenchRun(new StoryBenchTerms
        {
            Terms = new(
                parsed.GetValue(Shows), parsed.GetValue(Seed), parsed.GetValue(Minutes), parsed.GetValue(Window), parsed.GetValue(Card), parsed.GetValue(Patience), !parsed.GetValue(Live),
                parsed.GetValue(Judgements)),
            Films = parsed.GetValue(Films),
            Only = parsed.GetValue(Film) ?? [],
            Languages = parsed.GetValue(Language) is { Length: > 0 } languages ? languages : ["en", "zh"],
            Paced = [.. (parsed.GetValue(Paced) ?? []).Select(seconds => int.Parse(seconds, CultureInfo.InvariantCulture))],
            Slots = parsed.GetValue(Slots),
            Model = Server(parsed.GetValue(Endpoint), parsed.GetValue(Model), parsed.GetValue(Key), parsed),
            Judge = Server(parsed.GetValue(Judge), parsed.GetValue(JudgeModel), parsed.GetValue(JudgeKey), parsed),
            Record = parsed.GetValue(Record),
            Recorded = parsed.GetValue(Recorded),
        });
        var (report, found) = await bench.Run(stop);
        if (parsed.GetValue(Json) is { } file)
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(found, Readable) + "\n", stop);
        return report;
    }

    private static StoryServer? Server(string? url, string? model, string? key, ParseResult parsed) =>
        model is null ? null : new StoryServer(new Uri(url ?? "http://recorded.invalid/v1"), model, key, parsed.GetValue(Slots), parsed.GetValue(Context));

    private static Option<string?> Address(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")))
                result.AddError($"{name} is an address that begins with http:// or https://.");
        });
        return option;
    }
}

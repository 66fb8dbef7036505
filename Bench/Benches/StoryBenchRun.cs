using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using Orleans.Story.Bench.Reporting;
using Orleans.Story.Inference.Models;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;
using Orleans.Story.StoryBench;
using Orleans.Story.StoryBench.Answers;
using Orleans.Story.StoryBench.Judging;
using Orleans.Story.StoryBench.Measuring;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.Bench.Benches;

/// <summary>A model server of the command line.</summary>
/// <param name="Url">Base address.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Key">Name of the environment variable with its key, or <see langword="null"/>.</param>
/// <param name="Slots">Beats at once.</param>
/// <param name="Context">Tokens of one request.</param>
internal sealed record StoryServer(Uri Url, string Model, string? Key, int Slots, int Context)
{
    /// <summary>As the hall's settings would have it.</summary>
    public ModelEndpoint Settings => new() { Name = "bench", Url = Url, Model = Model, KeyVariable = Key, Slots = Slots, Context = Context };
}

/// <summary>What to play with whom.</summary>
internal sealed record StoryBenchTerms
{
    public required StoryTerms Terms { get; init; }

    public DirectoryInfo? Films { get; init; }

    public string[] Only { get; init; } = [];

    public required string[] Languages { get; init; }

    public int[] Paced { get; init; } = [];

    public int Slots { get; init; } = 2;

    public StoryServer? Model { get; init; }

    public StoryServer? Judge { get; init; }

    public FileInfo? Record { get; init; }

    public FileInfo? Recorded { get; init; }
}

/// <summary>What a run found, as the JSON file has it.</summary>
/// <param name="Terms">What was played.</param>
/// <param name="Films">The exact films.</param>
/// <param name="Model">The model that wrote, or <see langword="null"/>.</param>
/// <param name="Judge">The model that judged, or <see langword="null"/>.</param>
/// <param name="Measures">A row a film, language and writer.</param>
internal sealed record StoryFound(StoryTerms Terms, string[] Films, string? Model, string? Judge, ImmutableArray<StoryMeasures> Measures);

/// <summary>The story bench: films from the disk, writers from the command line, tables for people.</summary>
internal sealed class StoryBenchRun(StoryBenchTerms terms) : IDisposable
{
    private readonly Report report = new(terms.Paced.Length > 0 ? "story-pace" : "story");
    private readonly List<IDisposable> clients = [];
    private AnswerBook? book;

    public async Task<(Report Report, StoryFound Found)> Run(CancellationToken stop)
    {
        var library = await Library(stop);
        var films = terms.Only.Length == 0 ? library : [.. terms.Only.Select(slug => library.FirstOrDefault(film => film.Ref.Slug == slug) ?? throw new IOException($"There is no film {slug}."))];
        book = terms.Recorded is { } recorded ? AnswerBook.Read(await File.ReadAllLinesAsync(recorded.FullName, stop)) : terms.Record is null ? null : new AnswerBook();
        WriterSource[] writers =
        [
            WriterSource.Storylets,
            .. terms.Paced.Distinct().Select(seconds => WriterSource.Paced(seconds, terms.Slots)),
            .. terms.Model is { } model ? [Source(model)] : Array.Empty<WriterSource>(),
        ];
        var judge = terms.Judge is { } judging ? new Judge(Client(judging), judging.Model) : null;
        var run = new StoryRun(terms.Terms, library, judge) { Played = Tick };
        report.Say(Heading());
        var all = ImmutableArray.CreateBuilder<StoryMeasures>();
        try
        {
            foreach (var (film, language) in films.SelectMany(film => terms.Languages.Where(film.Languages.Contains).Select(language => (film, language))))
            {
                var measured = await run.Of(film, language, writers, stop);
                all.AddRange(measured);
                if (writers.Length > 1) Say(film, language, measured);
            }
        }
        finally
        {
            // What a model was paid for is kept, whatever came after.
            if (terms.Record is { } file) await File.WriteAllLinesAsync(file.FullName, book!.Write(), CancellationToken.None);
        }

        if (writers.Length == 1) report.Table(StoryTable.Of(all, one => $"{one.Film} {one.Language}"));
        if (book is { Missing: > 0 }) report.Say($"**{book.Missing} questions were asked that are not among the recorded answers**: the films, the prompts or the options are not those of the recording. Beats that needed them fell back.");
        if (judge is { Unreadable: > 0 }) report.Say($"{judge.Unreadable} answers of the judge could not be read; each makes a tie.");
        return (report, new StoryFound(terms.Terms, [.. films.Select(film => film.Ref.ToString())], terms.Model?.Model, terms.Judge?.Model, all.ToImmutable()));
    }

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
    }

    private static void Tick(string writer, int shows)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{writer}: {shows} shows ");
    }

    private string Heading()
    {
        var played = terms.Terms;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{played.Shows} shows a writer, film and language from seed {played.Seed}; {played.Minutes} minutes where the film allows; rounds of {played.WindowSeconds} s, cards of {played.CardSeconds} s; {(played.Speculates ? "beats written ahead" : "nothing written ahead")}{(played.PatienceMs > 0 ? $"; the wall waits {played.PatienceMs} ms for a late beat" : "")}. {Who()}");
    }

    private string Who()
    {
        if (terms.Model is not { } model) return terms.Paced.Length == 0 ? "No model: the storylets alone." : $"No model: the storylets, at once and paced ({terms.Slots} slots).";
        var judged = terms.Judge is { } judge ? $" Judged by {judge.Model} ({Judge.Prompt})." : "";
        return terms.Recorded is null ? $"Model {model.Model}, {model.Slots} slots, asked live.{judged}" : $"Model {model.Model}, {model.Slots} slots, from recorded answers.{judged}";
    }

    private void Say(Film film, string language, ImmutableArray<StoryMeasures> measured)
    {
        report.Say($"### {film.Ref.Slug}, {language}");
        report.Table(StoryTable.Of(measured, one => one.Writer, measured[0], one => one.Writer == terms.Model?.Model, differing: terms.Model is null));
        if (terms.Model is null) report.Say("All else is the same in every column.");
        foreach (var one in measured.Where(one => one.Preference is not null))
        {
            var preference = one.Preference!;
            report.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Writer} against the storylets for the same plans: {preference.Wins} wins, {preference.Ties} ties, {preference.Losses} losses; preferred {100 * preference.Rate:0} % (95 % interval {100 * preference.Interval.Low:0}–{100 * preference.Interval.High:0}); the judge took the same place twice in {preference.Places} of {preference.Pairs} pairs."));
        }
    }

    private WriterSource Source(StoryServer model) =>
        terms.Recorded is null ? WriterSource.Model(model.Settings, Connect(model), book) : WriterSource.Recorded(model.Settings, book!);

    private IChatClient Client(StoryServer judge)
    {
        var show = new ShowTime();
        return terms.Recorded is null
            ? new RecordingChatClient(Connect(judge), judge.Model, show, book, TimeProvider.System)
            : new RecordedChatClient(book!, judge.Model, show);
    }

    private IChatClient Connect(StoryServer server)
    {
        var key = server.Key is { } variable ? Environment.GetEnvironmentVariable(variable) ?? throw new IOException($"The environment variable {variable} is not set.") : null;
        var client = Endpoints.Connect(server.Settings, key);
        clients.Add(client);
        return client;
    }

    private async Task<ImmutableArray<Film>> Library(CancellationToken stop)
    {
        var folder = terms.Films ?? Nearest();
        var films = ImmutableArray.CreateBuilder<Film>();
        foreach (var film in folder.EnumerateDirectories().Where(one => File.Exists(Path.Combine(one.FullName, FilmReader.FilmFile))).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            var reading = await FilmFolder.LoadAsync(film.FullName, stop);
            films.Add(reading.Film ?? throw new IOException($"{film.Name} is no film: {reading.Problems[0]}"));
        }

        return films.Count > 0 ? films.ToImmutable() : throw new IOException($"There is no film in {folder.FullName}.");
    }

    /// <summary>The folder Films of the repository, from wherever in it this runs.</summary>
    private static DirectoryInfo Nearest()
    {
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            var films = new DirectoryInfo(Path.Combine(at.FullName, "Films"));
            if (films.Exists) return films;
        }

        throw new IOException("There is no folder Films here or above; name one with --films.");
    }
}

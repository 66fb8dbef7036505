using System.Diagnostics;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Audit;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Gateway.Films;

/// <summary>Checks a film for its writers, without opening a hall: what is wrong, and how it is told to many audiences.</summary>
internal static class FilmCheck
{
    /// <summary>Audiences that vote at random.</summary>
    private const int Random = 10_000;

    /// <summary>The same when somebody is in a hurry.</summary>
    private const int RandomQuick = 500;

    /// <summary>Audiences that take somebody's side.</summary>
    private const int Opinionated = 200;

    /// <summary>Checks every folder in turn and reports <paramref name="to"/>; answers 0 if all of them are films that keep their promises, else 1.</summary>
    public static async Task<int> Run(IReadOnlyCollection<string> folders, string language, bool quick, TextWriter to, CancellationToken stop)
    {
        var words = new Words(language);
        var well = true;
        foreach (var folder in folders) well &= await Check(folder, words, quick, to, stop);
        return well ? 0 : 1;
    }

    /// <summary>Whether there is a film in the folder that can be told; if not, what is wrong is written <paramref name="to"/>.</summary>
    public static async Task<bool> IsFilm(string folder, string language, TextWriter to, CancellationToken stop) =>
        (await Read(folder, new Words(language), onlyIfBroken: true, to, stop)).Film is not null;

    private static async Task<bool> Check(string folder, Words words, bool quick, TextWriter to, CancellationToken stop)
    {
        var reading = await Read(folder, words, onlyIfBroken: false, to, stop);
        if (reading.Film is not { } film) return false;
        var report = new FilmReport(to, words, film);
        report.Shape();
        var watch = Stopwatch.StartNew();
        var audit = FilmAudit.Of(film, quick ? RandomQuick : Random, Opinionated, Progress(to, words));
        var well = report.Print(audit, Likeness.Of(film), watch.Elapsed) && reading.Problems.IsEmpty;
        // A hall that allows less than the whole film is to get a whole evening too.
        foreach (var cut in FilmCuts.All(film).Where(cut => cut.Rating != film.Rating))
        {
            await to.WriteLineAsync(words.Say($"\nWithin {cut.Rating}, up to {cut.LongestMinutes} minutes:", $"\n{cut.Rating} 之内，最长 {cut.LongestMinutes} 分钟：").AsMemory(), stop);
            var milder = FilmCuts.Within(film, cut.Rating);
            watch.Restart();
            well &= new FilmReport(to, words, milder).Print(FilmAudit.Of(milder, quick ? RandomQuick : Random, Opinionated, Progress(to, words)), [], watch.Elapsed);
        }

        return well;
    }

    private static async Task<FilmReading> Read(string folder, Words words, bool onlyIfBroken, TextWriter to, CancellationToken stop)
    {
        var place = Find(folder);
        if (FilmsIn(place, Path.TrimEndingDirectorySeparator(folder)) is { Count: > 0 } films)
        {
            await to.WriteLineAsync(words.Say(
                $"{folder} is a folder of films. Name one: {string.Join(", ", films)}.",
                $"{folder} 里放的是几部影片，请指明一部：{string.Join("、", films)}。").AsMemory(), stop);
            return new FilmReading(null, []);
        }

        var reading = await FilmFolder.LoadAsync(place, stop);
        if (onlyIfBroken && reading.Film is not null) return reading;
        foreach (var problem in reading.Problems.OrderBy(problem => problem.IsWarning)) await to.WriteLineAsync(problem.In(words.Language).AsMemory(), stop);
        var errors = reading.Problems.Count(problem => !problem.IsWarning);
        if (reading.Film is null)
            await to.WriteLineAsync(words.Say($"{folder} is not a film yet: {errors} to mend.", $"{folder} 还不是一部影片：有 {errors} 处要改。").AsMemory(), stop);
        return reading;
    }

    /// <summary>The films right below a folder that is none itself.</summary>
    private static List<string> FilmsIn(string place, string called) => !Directory.Exists(place) || File.Exists(Path.Combine(place, FilmReader.FilmFile))
        ? []
        : [.. Directory.EnumerateDirectories(place).Where(below => File.Exists(Path.Combine(below, FilmReader.FilmFile))).Select(below => $"{called}/{Path.GetFileName(below)}").Order(StringComparer.Ordinal)];

    /// <summary><c>dotnet run --project Gateway</c> runs inside Gateway; folders are named from where it was typed.</summary>
    public static string Find(string folder) =>
        Directory.Exists(folder) || Path.IsPathRooted(folder) || !Directory.Exists(Path.Combine("..", folder)) ? folder : $"../{folder}";

    /// <summary>One line that counts up, where somebody looks on.</summary>
    private static Action<int>? Progress(TextWriter to, Words words) => to != Console.Out || Console.IsOutputRedirected
        ? null
        : shows => to.Write($"\r  {words.Say($"{shows} shows told", $"已讲完 {shows} 场")}   ");
}

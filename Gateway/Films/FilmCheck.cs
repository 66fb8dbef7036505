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

    /// <summary>Checks every folder in turn; answers 0 if all of them are films that keep their promises, else 1.</summary>
    public static async Task<int> Run(IReadOnlyCollection<string> folders, string language, bool quick, CancellationToken stop)
    {
        var words = new Words(language);
        var well = true;
        foreach (var folder in folders) well &= await Check(folder, words, quick, stop);
        return well ? 0 : 1;
    }

    private static async Task<bool> Check(string folder, Words words, bool quick, CancellationToken stop)
    {
        var reading = await FilmFolder.LoadAsync(Find(folder), stop);
        foreach (var problem in reading.Problems) Console.WriteLine(problem);
        if (reading.Film is not { } film)
        {
            Console.WriteLine(words.Say(
                $"{folder} is not a film yet: {reading.Problems.Count(problem => !problem.IsWarning)} to mend.",
                $"{folder} 还不是一部影片：有 {reading.Problems.Count(problem => !problem.IsWarning)} 处要改。"));
            return false;
        }

        var report = new FilmReport(Console.Out, words, film);
        report.Shape();
        var watch = Stopwatch.StartNew();
        var audit = FilmAudit.Of(film, quick ? RandomQuick : Random, Opinionated, Progress(words));
        return report.Print(audit, Likeness.Of(film), watch.Elapsed) && reading.Problems.IsEmpty;
    }

    /// <summary><c>dotnet run --project Gateway</c> runs inside Gateway; folders are named from where it was typed.</summary>
    public static string Find(string folder) =>
        Directory.Exists(folder) || Path.IsPathRooted(folder) || !Directory.Exists(Path.Combine("..", folder)) ? folder : $"../{folder}";

    /// <summary>One line that counts up, where somebody looks on.</summary>
    private static Action<int>? Progress(Words words) => Console.IsOutputRedirected
        ? null
        : shows => Console.Write($"\r  {words.Say($"{shows} shows told", $"已讲完 {shows} 场")}   ");
}

using System.Text;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Retelling;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Exports.Retold;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Silo;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Gateway.Retelling;

/// <summary>Runs <c>retell</c> from its options to its exit code.</summary>
internal static class RetellRun
{
    /// <summary>How a retelling is written, by the end of the file's name.</summary>
    private static readonly Dictionary<string, Func<RetoldShow, string, string>> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = RetoldHtml.Write,
        [".md"] = RetoldMarkdown.Write,
        [".jsonl"] = (show, _) => string.Concat(RetoldJsonl.Lines(show).Select(line => line + "\n")),
    };

    /// <summary>Tells the show again and writes it; answers 0, or 1 after one sentence that says what to change.</summary>
    public static async Task<int> Run(RetellOptions options, TextWriter to, CancellationToken stop)
    {
        var words = new Words(options.Language);
        try
        {
            if (!Forms.TryGetValue(Path.GetExtension(options.Out), out var write))
                throw new RetellRefusedException(words.Say("--out ends in .html, .md or .jsonl.", "--out 须以 .html、.md 或 .jsonl 结尾。"));
            var record = await ShowOnRecord.ReadAsync(options, stop);
            if (record.Rows.FirstOrDefault(row => row.Fate == Fate.Aired) is not { } first)
                throw new RetellRefusedException(words.Say("No beat of this record aired.", "这份记录里没有播出过的段落。"));
            var film = await FilmOf(options, record, first, words, stop);
            var writer = Writer(options, words);
            using (writer as IDisposable)
            {
                var show = await new Reteller(writer, TimeProvider.System) { PerBeat = TimeSpan.FromSeconds(options.Seconds) }
                    .TellAsync(film, record.Rows, Progress(to, words), stop);
                await File.WriteAllTextAsync(options.Out, write(show, options.Language), new UTF8Encoding(false), stop);
                if (to == Console.Out && !Console.IsOutputRedirected) await to.WriteAsync("\r");
                await to.WriteLineAsync(new RetoldTelling(show).Sum.In(options.Language).AsMemory(), stop);
                await to.WriteLineAsync(options.Out.AsMemory(), stop);
            }

            return 0;
        }
        catch (HallRefusedException e)
        {
            return await Fail(e.Sentence.In(options.Language));
        }
        catch (StorageRefusedException e)
        {
            return await Fail(e.Sentence?.In(options.Language) ?? e.Message);
        }
        catch (Exception e) when (e is RetellRefusedException or IOException or UnauthorizedAccessException)
        {
            return await Fail(e.Message);
        }

        async Task<int> Fail(string sentence)
        {
            await to.WriteLineAsync(sentence.AsMemory(), CancellationToken.None);
            return 1;
        }
    }

    /// <summary>The film of <c>--film</c>; otherwise the record's own edition; otherwise the one of that name that is at hand.</summary>
    private static async Task<Film> FilmOf(RetellOptions options, ShowOnRecord record, StoryRow first, Words words, CancellationToken stop)
    {
        if (options.Film is null && record.Film is { } own) return own;
        var folder = FilmCheck.Find(options.Film ?? $"Films/{first.Film.Slug}");
        if (options.Film is null && !Directory.Exists(folder)) folder = Path.Combine(AppContext.BaseDirectory, "Films", first.Film.Slug);
        var reading = await FilmFolder.LoadAsync(folder, stop);
        if (reading.Film is not { } film)
        {
            throw new RetellRefusedException(reading.Problems.FirstOrDefault(problem => !problem.IsWarning) is { } problem
                ? problem.In(options.Language)
                : words.Say($"There is no film that can be told in {folder}. Name its folder with --film.", $"{folder} 里没有可以讲的影片。请用 --film 指明影片文件夹。"));
        }

        return string.Equals(film.Ref.Slug, first.Film.Slug, StringComparison.Ordinal)
            ? FilmCuts.Within(film, first.Rating)
            : throw new RetellRefusedException(words.Say(
                $"The record is of {first.Film.Slug}, the film in {folder} is {film.Ref.Slug}. Its plans mean nothing there.", $"记录的影片是 {first.Film.Slug}，而 {folder} 里是 {film.Ref.Slug}。计划对不上。"));
    }

    private static IBeatWriter Writer(RetellOptions options, Words words)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, Args = [] });
        if (options.Model is { } address) Hosting.GatewayHost.Writes(builder.Configuration, address, options.ModelName);
        else if (string.Equals(options.Writer, StoryletTelling.Writer, StringComparison.Ordinal)) return new StoryletWriter();
        var models = ModelConfiguration.Read(builder.Configuration);
        List<ModelEndpoint> wanted = options.Model is null ? [.. models.Endpoints.Where(one => string.Equals(one.Name, options.Writer, StringComparison.OrdinalIgnoreCase))] : [.. models.Endpoints.Take(1)];
        var known = string.Join(", ", models.Endpoints.Select(one => one.Name).Prepend(StoryletTelling.Writer));
        return wanted.Count == 0
            ? throw new RetellRefusedException(words.Say($"There is no writer {options.Writer}. There are: {known}.", $"没有叫 {options.Writer} 的执笔。可用的有：{known}。"))
            : ModelConfiguration.Writer(new ModelOptions { Endpoints = wanted }, Environment.GetEnvironmentVariable, TimeProvider.System);
    }

    /// <summary>One line that counts up, where somebody looks on.</summary>
    private static Action<int>? Progress(TextWriter to, Words words) => to != Console.Out || Console.IsOutputRedirected
        ? null
        : beats => to.Write($"\r  {words.Say($"{beats} beats told again", $"已重讲 {beats} 段")}   ");
}

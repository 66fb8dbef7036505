using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Gateway.Films;

/// <summary>Prints what many audiences saw of a draft and what its writer should do, what must be done first.</summary>
internal sealed class DraftAdvice(TextWriter to, Words words)
{
    /// <summary>Prints it.</summary>
    public async Task Print(DraftReport report)
    {
        if (report.Reading.Film is { } film)
        {
            await to.WriteLineAsync(words.Say(
                $"\n{film.Title.In("en")}: {film.Storylets.Length} storylets, {film.Minutes.Shortest} to {film.Minutes.Longest} minutes. Told to {report.Audit!.Shows} audiences:",
                $"\n《{film.Title.In("zh")}》：{film.Storylets.Length} 段，{film.Minutes.Shortest} 到 {film.Minutes.Longest} 分钟。给 {report.Audit!.Shows} 群观众讲过："));
            foreach (var ending in report.Endings) await to.WriteLineAsync($"  {100 * ending.Share,5:0.0} %  {ending.Id}");
        }

        foreach (var advice in report.Advice)
        {
            var (at, stop) = (advice.Part is { } part ? $"{part}: " : "", words.Say(". ", "。"));
            await to.WriteLineAsync($"{(advice.IsMust ? "!" : "·")} {at}{advice.What.In(words.Language)}{stop}{advice.Mend.In(words.Language)}");
        }

        await to.WriteLineAsync(report switch
        {
            { IsFilm: false } => words.Say("Not a film yet: see the lines marked !", "还不是一部影片：见带 ! 的各行"),
            { IsReady: false } => words.Say("It can be told, but not well: see the lines marked !", "能讲，但还讲不好：见带 ! 的各行"),
            _ => words.Say("It can be told in a hall.", "可以在影院里讲了。"),
        });
    }
}

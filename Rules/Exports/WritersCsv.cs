using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>Who wrote a show, as tables. Headings are in one language; times are seconds. Tokens and times are of models alone.</summary>
public static class WritersCsv
{
    /// <summary>One row a beat that was told.</summary>
    public static byte[] Beats(Insights show, string language)
    {
        var table = new Csv(Headings(
            language, ("Beat", "段"), ("Starts (s)", "开始（秒）"), ("Act", "幕"), ("Written by", "执笔"), ("Fallback", "改由影片讲述"), ("Lines", "句数"), ("Lines by the director", "导演所写句数"),
            ("Tension told", "讲述张力"), ("Tension wanted", "目标张力"), ("Dead air (s)", "空白（秒）"), ("Endpoint", "端点"), ("Prompt", "提示词版本"), ("Tokens read", "读入词元"), ("Tokens written", "写出词元"),
            ("Took (s)", "用时（秒）"), ("Rewritten because of", "重写原因"), ("Ready when its vote was decided", "揭晓时已写好")));
        foreach (var beat in show.Beats)
        {
            table.Row(
                beat.Beat + 1, Seconds(beat.AtMs), beat.Act.In(language), CreditWords.Name(beat.Writer).In(language), CreditWords.Reason(beat.Fallback)?.In(language), beat.Lines, beat.Directed,
                beat.Tension, beat.Target, Seconds(beat.DeadAirMs), beat.Writing?.Endpoint, beat.Writing?.Prompt, beat.Writing?.TokensIn, beat.Writing?.TokensOut,
                beat.Writing is { } writing ? Seconds(writing.TookMs) : null, beat.Writing?.Repaired, beat.Ready);
        }

        return table.Bytes();
    }

    /// <summary>One row a writer, most lines first; then one row a reason for which the film told a beat instead.</summary>
    public static byte[] Writers(Insights show, string language)
    {
        var table = new Csv(Headings(
            language, ("Written by", "执笔"), ("Fallback", "改由影片讲述"), ("Beats", "段数"), ("Lines", "句数"), ("Share of lines", "句数占比"), ("Tokens read", "读入词元"), ("Tokens written", "写出词元"),
            ("Tokens a beat", "每段词元"), ("Seconds a beat", "每段秒数"), ("Beats rewritten", "重写段数"), ("Beats never told", "未讲段数"), ("Tokens of those", "未讲词元")));
        var lines = show.Writers.Sum(writer => writer.Lines);
        foreach (var writer in show.Writers)
        {
            // The film and its director count no tokens.
            var counts = writer.TokensIn + writer.TokensOut > 0 && writer.Beats > 0;
            table.Row(
                CreditWords.Name(writer.Writer).In(language), null, writer.Beats, writer.Lines, lines == 0 ? null : Math.Round((double)writer.Lines / lines, 4), counts ? writer.TokensIn : null, counts ? writer.TokensOut : null,
                counts ? Math.Round((double)(writer.TokensIn + writer.TokensOut) / writer.Beats, 1) : null, counts ? Seconds(writer.TookMs / writer.Beats) : null, counts ? writer.Repaired : null,
                writer.Untold > 0 || counts ? writer.Untold : null, writer.Untold > 0 || counts ? writer.UntoldTokens : null);
        }

        foreach (var reason in show.FallbackReasons)
            table.Row(null, CreditWords.Reason(reason.Reason)?.In(language), reason.Beats, null, null, null, null, null, null, null, null, null);
        return table.Bytes();
    }

    private static IEnumerable<string> Headings(string language, params IEnumerable<(string English, string Chinese)> headings) =>
        headings.Select(heading => Text.Both(heading.English, heading.Chinese).In(language));

    private static double Seconds(long ms) => Math.Round(ms / 1000.0, 1);
}

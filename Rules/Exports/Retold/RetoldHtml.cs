using System.Globalization;
using System.Net;
using System.Text;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>
/// A retelling as one page that needs nothing else: no script, no font, no picture. What is said about the story is there in
/// both interface languages, and a switch without script shows one of them; the story is in its telling language.
/// </summary>
public static class RetoldHtml
{
    /// <summary>The page.</summary>
    /// <param name="show">The retelling.</param>
    /// <param name="language">Which language is shown at first, <c>en</c> or <c>zh</c>.</param>
    public static string Write(RetoldShow show, string language)
    {
        var told = new RetoldTelling(show);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{(language == "zh" ? "zh-Hans" : "en")}">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="referrer" content="no-referrer">
            <title>{Escape(told.Title.In(language))}</title>
            <style>
            {RetoldStyle.Css}
            </style>
            <header>
            <fieldset><legend>{Both(Text.Both("Language", "语言"))}</legend><label><input type="radio" name="language" id="en"{Checked(language != "zh")}>English</label><label><input type="radio" name="language" id="zh"{Checked(language == "zh")}>中文</label></fieldset>
            <h1>{Both(told.Title)}</h1>
            <p class="lead">{Both(RetoldTelling.Lead)}</p>
            """);
        if (told.Edition is { } edition) page.Append($"\n<p class=\"lead\">{Both(edition)}</p>");
        page.Append($"\n<p class=\"sum\">{Both(told.Sum)}</p>\n</header>\n<main>\n");
        foreach (var beat in show.Beats) Beat(page, show, told, beat);
        page.Append("</main>\n</html>\n");
        return page.ToString();
    }

    private static void Beat(StringBuilder page, RetoldShow show, RetoldTelling told, RetoldBeat beat)
    {
        var palette = show.Film.Places.FirstOrDefault(place => string.Equals(place.Id, beat.Row.Beat.Place, StringComparison.Ordinal))?.Palette ?? ["#14110d", "#ece5d8", "#e0a44a"];
        page.Append($"<section style=\"--ground:{Escape(palette[0])};--words:{Escape(palette[1])};--light:{Escape(palette[2])}\">\n<h2>{Both(told.Heading(beat))}</h2>\n<p class=\"why\">{Both(beat.Row.Plan.Reason)}</p>\n<div class=\"pair\">\n");
        Side(page, told, RetoldTelling.Then, RetoldTelling.WriterThen(beat), null, told.LinesThen(beat), beat, beat.Row.Beat);
        Side(page, told, RetoldTelling.Again, told.WriterAgain(beat), RetoldTelling.Trouble(beat), told.LinesAgain(beat), beat, beat.Again);
        page.Append("</div>\n</section>\n");
    }

    private static void Side(
        StringBuilder page, RetoldTelling told, Text side, Text writer, Text? trouble, IReadOnlyList<RetoldLine> lines, RetoldBeat beat, Contracts.Sessions.Beat? asks)
    {
        page.Append($"<article>\n<h3>{Both(side)} <small>{Both(writer)}</small></h3>\n");
        if (trouble is not null) page.Append($"<p class=\"trouble\">{Both(trouble)}</p>\n");
        foreach (var line in lines)
        {
            var speaker = line.Speaker is { } name ? $"<b>{Escape(told.In(name))}</b>" : "";
            var mark = line.Director ? $"<small>{Both(Text.Both("the director", "导演"))}</small>" : "";
            page.Append($"<p class=\"line{(line.Speaker is null ? "" : " said")}{(line.Same ? " same" : "")}\">{speaker}{Escape(line.Words)}{mark}</p>\n");
        }

        if (asks?.Question is { } question)
        {
            page.Append($"<p class=\"question\">{Escape(told.In(question))}</p>\n<ol>");
            for (var i = 0; i < asks.Options.Length; i++)
            {
                var taken = i == RetoldTelling.Taken(beat);
                var votes = ReferenceEquals(asks, beat.Row.Beat) && beat.Row.Votes is [.., var last] && i < last.Counts.Length ? last.Counts[i].ToString(CultureInfo.InvariantCulture) : "";
                page.Append($"<li{(taken ? " class=\"taken\"" : "")}><i>{Telling.Letter(i)}</i><span>{Escape(told.In(asks.Options[i].Label))}</span><small>{votes}</small></li>");
            }

            page.Append("</ol>\n");
        }

        page.Append("</article>\n");
    }

    /// <summary>Both languages, of which the page shows one.</summary>
    private static string Both(Text text) => $"<span class=\"en\" lang=\"en\">{Escape(text.In("en"))}</span><span class=\"zh\" lang=\"zh-Hans\">{Escape(text.In("zh"))}</span>";

    private static string Checked(bool yes) => yes ? " checked" : "";

    private static string Escape(string words) => WebUtility.HtmlEncode(PlainWords.Of(words));
}

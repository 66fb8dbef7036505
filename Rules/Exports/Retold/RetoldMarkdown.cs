using System.Text;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>A retelling as Markdown (GitHub's, with tables): both tellings of a beat side by side.</summary>
public static class RetoldMarkdown
{
    /// <summary>The text.</summary>
    /// <param name="show">The retelling.</param>
    /// <param name="language">Of what is said about it, <c>en</c> or <c>zh</c>; the story is in its telling language.</param>
    public static string Write(RetoldShow show, string language)
    {
        var told = new RetoldTelling(show);
        var file = new StringBuilder();
        file.Append($"# {Cell(told.Title.In(language))}\n\n{RetoldTelling.Lead.In(language)}\n\n");
        if (told.Edition is { } edition) file.Append($"{edition.In(language)}\n\n");
        file.Append($"**{told.Sum.In(language)}**\n");
        foreach (var beat in show.Beats)
        {
            file.Append($"\n## {Cell(told.Heading(beat).In(language))}\n\n*{Cell(beat.Row.Plan.Reason.In(language))}*\n\n");
            file.Append($"| {RetoldTelling.Then.In(language)}: {Cell(RetoldTelling.WriterThen(beat).In(language))} | {RetoldTelling.Again.In(language)}: {Cell(told.WriterAgain(beat).In(language))} |\n|---|---|\n");
            file.Append($"| {Lines(told.LinesThen(beat), told)} | {Trouble(beat, language)}{Lines(told.LinesAgain(beat), told)} |\n");
            file.Append(Asked(told, beat));
        }

        return file.ToString();
    }

    private static string Lines(IReadOnlyList<RetoldLine> lines, RetoldTelling told) =>
        string.Join("<br>", lines.Select(line => $"{(line.Speaker is { } speaker ? $"**{Cell(told.In(speaker))}** " : "")}{Cell(line.Words)}{(line.Director ? " ✎" : "")}"));

    private static string Trouble(RetoldBeat beat, string language) => RetoldTelling.Trouble(beat) is { } trouble ? $"⚠ {Cell(trouble.In(language))}<br>" : "";

    private static string Asked(RetoldTelling told, RetoldBeat beat)
    {
        if (beat.Row.Beat.Question is not { } question) return "";
        var taken = RetoldTelling.Taken(beat);
        return $"| **{Cell(told.In(question))}** | **{(beat.Again?.Question is { } again ? Cell(told.In(again)) : "")}** |\n"
            + $"| {Options(beat.Row.Beat.Options.Select(option => option.Label), taken, told)} | {Options(beat.Again?.Options.Select(option => option.Label) ?? [], taken, told)} |\n";
    }

    private static string Options(IEnumerable<Text> labels, int? taken, RetoldTelling told) =>
        string.Join("<br>", labels.Select((label, i) => $"{(i == taken ? "→" : "·")} {Telling.Letter(i)} {Cell(told.In(label))}"));

    /// <summary>Words in a cell: nothing in them is a mark of Markdown or of HTML.</summary>
    private static string Cell(string words)
    {
        var cell = new StringBuilder(words.Length);
        foreach (var letter in PlainWords.Of(words))
        {
            if (letter is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '!' or '&') cell.Append('\\');
            cell.Append(letter);
        }

        return cell.ToString();
    }
}

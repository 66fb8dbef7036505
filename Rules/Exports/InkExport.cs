using System.Globalization;
using System.Text;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// The recording as a story to play in ink (inkle, Writing with ink, 1.2): a knot a beat, the options as choices. The
/// option that won leads on; each other leads to a short knot with the beginning of its road, and back.
/// </summary>
/// <remarks>A backslash before whatever ink would read as a mark, as "Writing with ink" has it; comments are taken out before the rest is read, so their two signs are parted by it.</remarks>
public static class InkExport
{
    private static readonly string[] Keywords = ["INCLUDE", "VAR", "CONST", "LIST", "EXTERNAL", "TODO", "function", "else", "return", "temp", "ref"];

    /// <summary>The story.</summary>
    /// <param name="recording">The show.</param>
    /// <param name="language">The language it is told in.</param>
    public static string Write(Recording recording, string language)
    {
        var told = new Telling(recording, language);
        var file = new StringBuilder();
        file.Append($"# title: {Escape(told.Title)}\n# date: {Escape(told.Date)}\n-> {(recording.Beats.IsEmpty ? "END" : Knot(0))}\n");
        for (var i = 0; i < recording.Beats.Length; i++) Beat(file, told, recording, i);
        return file.ToString();
    }

    private static void Beat(StringBuilder file, Telling told, Recording recording, int i)
    {
        var beat = recording.Beats[i];
        var next = i + 1 < recording.Beats.Length ? Knot(i + 1) : "END";
        file.Append($"\n=== {Knot(i)} ===\n# act: {Escape(told.Act(beat))}\n# scene: {Escape(told.Scene(beat.Place, beat.Moment))}\n# writer: {Escape(beat.Writer)}\n");
        foreach (var line in beat.Lines)
        {
            var words = told.Speaker(line) is { } speaker ? told.Said(speaker, told.Of(line.Words)) : told.Of(line.Words);
            file.Append(Escape(words)).Append('\n');
        }

        if (beat.Vote is not { } vote)
        {
            file.Append($"-> {next}\n");
            return;
        }

        file.Append($"-> {Ballot(i)}\n\n=== {Ballot(i)} ===\n{Escape(told.Of(vote.Choice.Question))}\n");
        for (var option = 0; option < vote.Choice.Options.Length; option++)
        {
            // A choice that is not sticky leaves once it was taken; the winner stays, so that there always is a way on.
            var won = option == vote.Choice.Taken;
            var label = Escape(told.Option(vote, option));
            file.Append($"{(won ? '+' : '*')} [{label}] -> {(won ? Verdict(i) : Road(i, option))}\n");
        }

        file.Append($"\n=== {Verdict(i)} ===\n{Escape(told.Verdict(vote))}\n-> {next}\n");
        for (var option = 0; option < vote.Choice.Options.Length; option++)
        {
            if (option == vote.Choice.Taken) continue;
            file.Append($"\n=== {Road(i, option)} ===\n{Escape(told.Road(vote, option) ?? told.NoRoad)}\n{Escape(told.WayBack)}\n-> {Ballot(i)}\n");
        }
    }

    private static string Knot(int i) => string.Create(CultureInfo.InvariantCulture, $"beat_{i}");

    private static string Ballot(int i) => string.Create(CultureInfo.InvariantCulture, $"vote_{i}");

    private static string Verdict(int i) => string.Create(CultureInfo.InvariantCulture, $"taken_{i}");

    private static string Road(int i, int option) => string.Create(CultureInfo.InvariantCulture, $"road_{i}_{option}");

    private static string Escape(string words)
    {
        var escaped = new StringBuilder(words.Length);
        if (words[0] is '*' or '+' or '-' or '=' or '(' or '@' or '!' or '&') escaped.Append('\\');
        else if (Keywords.Any(keyword => words.StartsWith(keyword, StringComparison.Ordinal))) escaped.Append('\\');
        for (var i = 0; i < words.Length; i++)
        {
            if (IsSpecial(words, i)) escaped.Append('\\');
            escaped.Append(words[i]);
        }

        return escaped.ToString();
    }

    private static bool IsSpecial(string words, int i) => words[i] switch
    {
        '\\' or '{' or '}' or '|' or '[' or ']' or '#' or '<' or '>' or '~' => true,
        '/' or '*' => i > 0 && words[i - 1] == '/',
        _ => false,
    };
}

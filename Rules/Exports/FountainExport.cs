using System.Text;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Rules.Exports;

/// <summary>
/// The recording as a screenplay in Fountain (fountain.io/syntax, 1.1): title page, acts as sections, beats as scenes,
/// the planner's reasons as synopses, votes and roads not taken as notes. The film does not say whether a place is inside
/// or outside, so headings are forced with a full stop.
/// </summary>
/// <remarks>
/// Fountain escapes emphasis with a backslash and has no other escape. A backslash also goes before whatever a parser
/// would otherwise take for a mark: it hides the mark, and at worst is seen itself.
/// </remarks>
public static class FountainExport
{
    private static readonly string[] Headings = ["INT", "EXT", "EST", "I/E"];

    /// <summary>The screenplay.</summary>
    /// <param name="recording">The show.</param>
    /// <param name="language">The language it is told in.</param>
    public static string Write(Recording recording, string language)
    {
        var told = new Telling(recording, language);
        var file = new StringBuilder();
        file.Append($"Title: {Escape(told.Title)}\nCredit: {told.Credit}\nDraft date: {told.Date}\nNotes: {Escape(told.Of(recording.Film.Logline))}\n");
        Paragraph(file, $"> {told.Open}");
        string? act = null;
        for (var i = 0; i < recording.Beats.Length; i++)
        {
            var beat = recording.Beats[i];
            if (i > 0) Paragraph(file, $"> {told.Cut}");
            if (beat.Act != act) Paragraph(file, $"# {Escape(told.Act(beat))}");
            act = beat.Act;
            Paragraph(file, "." + Guard(Escape(told.Scene(beat.Place, beat.Moment).ToUpperInvariant(), '#')));
            if (beat.Reason.In(language).Length > 0) Paragraph(file, $"= {Escape(told.Of(beat.Reason))}");
            if (CreditWords.Sentence(beat) is { } credit) Paragraph(file, $"[[ {Escape(told.Of(credit))} ]]");
            foreach (var line in beat.Lines)
            {
                Paragraph(file, Line(told, line));
                if (line.ByDirector) Paragraph(file, $"[[ {told.ByDirector} ]]");
            }

            foreach (var vote in beat.Void ?? []) Paragraph(file, $"[[ {Escape(told.Ballot(vote))} ]]");
            if (beat.Vote is { } counted) Votes(file, told, counted);
        }

        Paragraph(file, $"> {told.Close}");
        return file.ToString();
    }

    private static void Paragraph(StringBuilder file, string words) => file.Append('\n').Append(words).Append('\n');

    private static string Line(Telling told, RecordedLine line)
    {
        var words = Escape(told.Of(line.Words));
        return told.Speaker(line) is { } speaker ? $"{CueOf(speaker)}\n{Guard(words)}" : Action(words);
    }

    private static void Votes(StringBuilder file, Telling told, RecordedVote vote)
    {
        Paragraph(file, $"[[ {Escape(told.Ballot(vote))} ]]");
        for (var option = 0; option < vote.Choice.Options.Length; option++)
        {
            // A road that led where the hall went all the same is no road not taken.
            if (option == vote.Choice.Taken || told.Road(vote, option) is not { } road || road == told.Road(vote, vote.Choice.Taken)) continue;
            Paragraph(file, $"[[ {Escape(told.Said(told.NotTaken(option), road))} ]]");
        }
    }

    /// <summary>A cue is capital Latin letters, or is forced.</summary>
    private static string CueOf(string name)
    {
        var capitals = name.ToUpperInvariant();
        var plain = char.IsAsciiLetterUpper(capitals[0])
            && capitals.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is ' ' or '\'' or '-')
            && !IsHeading(capitals);
        return plain ? capitals : "@" + Guard(Escape(capitals, '^'));
    }

    /// <summary>Action is forced where it would be read as something else.</summary>
    private static string Action(string words)
    {
        var misread = IsMark(words[0]) || IsHeading(words) || words.EndsWith("TO:", StringComparison.Ordinal) || FountainImport.Mistakes(words);
        return misread ? "!" + words : words;
    }

    private static string Guard(string words) => IsMark(words[0]) ? "\\" + words : words;

    private static bool IsMark(char first) => first is '.' or '@' or '!' or '>' or '~' or '=' or '#' or '(' or '（' or '+';

    private static bool IsHeading(string words) => Headings.Any(heading =>
        words.StartsWith(heading, StringComparison.OrdinalIgnoreCase) && words.Length > heading.Length && words[heading.Length] is '.' or ' ' or '/');

    /// <summary>Emphasis, notes and boneyards, anywhere in a line; scene numbers in headings and dual dialogue in cues.</summary>
    private static string Escape(string words, char also = '*')
    {
        var escaped = new StringBuilder(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var letter = words[i];
            var before = i > 0 ? words[i - 1] : ' ';
            var special = letter is '\\' or '*' or '_' || letter == also || (letter is '[' or ']' && before == letter) || (letter == '/' && before == '*');
            if (special) escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}

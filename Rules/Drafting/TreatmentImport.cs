using System.Collections.Immutable;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// Reads a treatment in plain text or Markdown: a first heading of one # is the title, further headings are acts, each
/// paragraph is a beat, a list item is a paragraph. Tables, code and pictures are left out.
/// </summary>
public static class TreatmentImport
{
    /// <summary>The treatment; without beats where there is no paragraph.</summary>
    public static Treatment Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? title = null, act = null;
        var beats = ImmutableArray.CreateBuilder<TreatmentBeat>();
        var paragraph = new List<string>();
        var code = false;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            var row = Prose.Clean(raw);
            if (row.StartsWith("```", StringComparison.Ordinal)) code = !code;
            else if (code || row.StartsWith('|') || row.StartsWith("![", StringComparison.Ordinal)) continue;
            else if (Heading(row) is { } heading)
            {
                Close();
                if (heading.Level == 1 && title is null && beats.Count == 0) title = heading.Words;
                else act = heading.Words;
            }
            else if (row.Length == 0 || row.Trim('-', '*', '_', '=', ' ').Length == 0) Close();
            else
            {
                if (Item(row) is { } item)
                {
                    Close();
                    row = item;
                }

                paragraph.Add(Plain(row));
            }
        }

        return Treatments.Of(title, beats);

        void Close()
        {
            // A line end inside a paragraph is a blank in English and nothing in Chinese.
            var words = string.Join(Premise.LanguageOf(string.Concat(paragraph)) == "zh" ? "" : " ", paragraph);
            paragraph.Clear();
            var lines = Prose.Sentences(words).Select(sentence => new TreatmentLine(null, sentence)).ToImmutableArray();
            if (!lines.IsEmpty) beats.Add(new TreatmentBeat(act, null, null, lines, []));
        }
    }

    private static (int Level, string Words)? Heading(string row)
    {
        var level = row.TakeWhile(letter => letter == '#').Count();
        return level is > 0 and <= 6 && row.Length > level && row[level] == ' ' ? (level, Plain(row[level..].Trim('#', ' '))) : null;
    }

    private static string? Item(string row)
    {
        if (row.Length > 2 && row[0] is '-' or '*' or '+' or '•' && row[1] == ' ') return row[2..];
        var digits = row.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 4 && row.Length > digits + 1 && row[digits] is '.' or ')' or '、' ? row[(digits + 1)..].TrimStart() : null;
    }

    /// <summary>Without emphasis, quotation marks of Markdown and the addresses of links.</summary>
    private static string Plain(string row) => Emphasis.Strip(row.TrimStart('>', ' '));
}

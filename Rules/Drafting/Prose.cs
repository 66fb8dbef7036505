using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Words of people and models made fit for a film file: nothing invisible, and no longer than what is shown.</summary>
internal static class Prose
{
    private const string Ends = ".!?。！？…";
    private const string Closers = "\"'”’」』）)";

    /// <summary>One line: invisible characters gone, blanks of any kind as single spaces.</summary>
    public static string Clean(string words) =>
        string.Join(' ', VisibleWords.Of(WellFormed(words)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// A line that the reader of a screenplay takes for what it is: no bar, no hinge, no comment, and no character's id before a colon.
    /// </summary>
    public static string Line(string words, IReadOnlyCollection<string> cast)
    {
        var clean = Clean(words).Replace('|', '/').Replace('｜', '/').TrimStart('#', '/', ' ');
        if (clean.StartsWith("[if ", StringComparison.Ordinal)) clean = "(" + clean[1..].Replace(']', ')');
        var colon = clean.IndexOfAny([':', '：']);
        return colon > 0 && cast.Contains(clean[..colon].Trim()) ? clean[(colon + 1)..].Trim() : clean;
    }

    /// <summary>At most so many characters as a reader counts them, cut at a clause where there is one, with an ellipsis.</summary>
    public static string Cut(string words, int most)
    {
        var text = new StringInfo(words);
        if (text.LengthInTextElements <= most) return words;
        var kept = text.SubstringByTextElements(0, most - 1);
        var clause = kept.LastIndexOfAny([',', ';', '，', '；', '、', '。', '.', ' ']);
        return (clause > kept.Length / 2 ? kept[..clause] : kept).TrimEnd() + "…";
    }

    /// <summary>Sentences with their closing marks; a line end ends one too.</summary>
    public static ImmutableArray<string> Sentences(string words)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var row in words.Split('\n'))
        {
            var start = 0;
            for (var i = 0; i < row.Length; i++)
            {
                if (!Ends.Contains(row[i], StringComparison.Ordinal)) continue;
                while (i + 1 < row.Length && (Ends.Contains(row[i + 1], StringComparison.Ordinal) || Closers.Contains(row[i + 1], StringComparison.Ordinal))) i++;
                // A full stop inside a word or a number ends nothing, nor does the one of a title.
                if (row[i] == '.' && ((i + 1 < row.Length && row[i + 1] != ' ') || IsTitle(row, i))) continue;
                Add(found, row[start..(i + 1)]);
                start = i + 1;
            }

            Add(found, row[start..]);
        }

        return found.ToImmutable();
    }

    /// <summary>Lines no longer than one aired line may be, cut between sentences and, where a sentence is too long, between clauses.</summary>
    public static ImmutableArray<string> Lines(string words, string language)
    {
        var most = FilmLimits.Line.In(language);
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var sentence in Sentences(words)) lines.AddRange(Pieces(sentence, most));
        return lines.ToImmutable();
    }

    private static IEnumerable<string> Pieces(string sentence, int most)
    {
        var rest = sentence;
        while (new StringInfo(rest).LengthInTextElements > most)
        {
            var head = new StringInfo(rest).SubstringByTextElements(0, most);
            var clause = head.LastIndexOfAny([',', ';', '，', '；', '、', '：', '—', ' ']);
            var cut = clause > 0 ? clause + 1 : head.Length;
            if (rest[..cut].Trim() is { Length: > 0 } piece) yield return piece;
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0) yield return rest;
    }

    private static void Add(ImmutableArray<string>.Builder found, string words)
    {
        if (Clean(words) is { Length: > 0 } clean) found.Add(clean);
    }

    private static bool IsTitle(string row, int stop)
    {
        var start = row.LastIndexOf(' ', stop) + 1;
        return row[start..stop] is "Mr" or "Mrs" or "Ms" or "Dr" or "St" or "Prof";
    }

    /// <summary>Half a surrogate pair cannot be written as UTF-8.</summary>
    private static string WellFormed(string words)
    {
        var kept = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (rune.Value != 0xFFFD) kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}

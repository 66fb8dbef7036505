using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Reading;

/// <summary>
/// Reads a model's prose as lines <c>SPEAKER｜words</c>, forgiving what models do: other bars and colons, bold names,
/// bullets, numbers, quotation marks around a whole line, stage directions after a name, a thought aloud before the answer,
/// fences. What it cannot place it keeps as it stands; the checks say whether that may air.
/// </summary>
public sealed class ProseReader(Film film, string language)
{
    /// <summary>More lines than any beat may have; what comes after is not read.</summary>
    public const int MostLines = 40;

    private static readonly string[] Narrators = ["narration", "narrator", "旁白", "叙述", "画外音"];
    private static readonly string[] Thoughts = ["think", "thinking", "reasoning"];

    /// <summary>The lines, in order; empty when there are none.</summary>
    public IReadOnlyList<Line> Read(string prose)
    {
        var lines = new List<Line>();
        foreach (var raw in WithoutThoughts(prose).Split('\n'))
        {
            if (lines.Count == MostLines) break;
            if (Line(raw) is { } line) lines.Add(line);
        }

        return lines;
    }

    /// <summary>A thought that was begun and not ended is all there is: nothing of it is for the hall.</summary>
    internal static string WithoutThoughts(string prose)
    {
        foreach (var tag in Thoughts)
        {
            var (open, close) = ($"<{tag}>", $"</{tag}>");
            for (var from = prose.IndexOf(open, StringComparison.OrdinalIgnoreCase); from >= 0; from = prose.IndexOf(open, StringComparison.OrdinalIgnoreCase))
            {
                var to = prose.IndexOf(close, from, StringComparison.OrdinalIgnoreCase);
                prose = to < 0 ? prose[..from] : prose.Remove(from, to + close.Length - from);
            }

            // Some chat templates write the opening tag themselves.
            var end = prose.IndexOf(close, StringComparison.OrdinalIgnoreCase);
            if (end >= 0) prose = prose[(end + close.Length)..];
        }

        return prose;
    }

    private Line? Line(string raw)
    {
        var text = Bare(VisibleWords.Of(raw));
        if (text.Length == 0 || text.All(letter => letter is '-' or '*' or '_' or '=' or '—' or '`') || text.StartsWith("```", StringComparison.Ordinal)) return null;
        var at = text.AsSpan().IndexOfAny("｜|");
        if (at > 0) return Spoken(Name(text[..at]), text[(at + 1)..]);
        at = text.AsSpan().IndexOfAny("：:");
        if (at > 0 && Known(Name(text[..at])) is not null) return Spoken(Name(text[..at]), text[(at + 1)..]);
        return Spoken("", text);
    }

    private Line? Spoken(string name, string words)
    {
        words = Unquoted(Bare(words));
        if (words.Length == 0) return null;
        var speaker = name.Length == 0 ? null : Known(name) ?? name;
        return new Line(string.IsNullOrEmpty(speaker) ? null : speaker, Text.Of(language, words));
    }

    /// <summary>The character's id, an empty string for the narrator, or <see langword="null"/> for nobody that the film knows.</summary>
    private string? Known(string name)
    {
        if (Narrators.Contains(name, StringComparer.OrdinalIgnoreCase)) return "";
        var one = film.Cast.FirstOrDefault(character =>
            Same(character.Id, name) || Same(character.Name.Words, name) || character.Name.Others.Any(other => Same(other.Words, name)));
        return one?.Id;
    }

    /// <summary>A name without bold marks and without a stage direction in brackets.</summary>
    private static string Name(string text)
    {
        var at = text.AsSpan().IndexOfAny("(（[【");
        return (at > 0 ? text[..at] : text).Trim(' ', '*', '_', '　', '“', '”', '"', '「', '」');
    }

    /// <summary>Without what stands before a line in a list, and without bold marks.</summary>
    private static string Bare(string text)
    {
        text = text.Trim().Replace("**", "", StringComparison.Ordinal);
        if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal) || text.StartsWith("• ", StringComparison.Ordinal) || text.StartsWith("> ", StringComparison.Ordinal)) text = text[2..].TrimStart();
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits is > 0 and < 3 && digits < text.Length && text[digits] is '.' or ')' or '、' or '．' && text.Length > digits + 1 && !char.IsAsciiDigit(text[digits + 1]))
            text = text[(digits + 1)..].TrimStart();
        return text;
    }

    internal static string Unquoted(string words)
    {
        if (words.Length < 3) return words;
        var (first, last) = (words[0], words[^1]);
        var paired = (first, last) is ('"', '"') or ('“', '”') or ('「', '」') or ('『', '』') or ('‘', '’');
        return paired && words.AsSpan(1, words.Length - 2).IndexOfAny(first, last) < 0 ? words[1..^1].Trim() : words;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

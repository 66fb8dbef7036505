using System.Globalization;
using System.Text;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>
/// Finds characters that a reader cannot see but a renderer, a model or a diff obeys: controls, bidirectional marks,
/// zero-width characters, variation selectors and tags.
/// </summary>
internal static class HiddenCharacters
{
    /// <summary>Reports the character.</summary>
    public static void Report(Rune hidden, Spot at, ProblemList problems) => problems.Error(
        at,
        Both($"there is an invisible character here (U+{hidden.Value:X4})", $"这里有一个看不见的字符（U+{hidden.Value:X4}）"),
        Both("Delete it; retype the words around it if you cannot see it.", "请删掉它；如果看不到，请把前后的字重打一遍。"));

    /// <summary>Reports every hidden character in the raw source, comments included.</summary>
    public static void Report(FilmSource file, ProblemList problems)
    {
        var (line, column) = (1, 1);
        foreach (var rune in file.Content.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                (line, column) = (line + 1, 1);
                continue;
            }

            if (rune.Value == '\t')
                problems.Error(new Spot(file.Path, line, column), Both("there is a tab here", "这里有一个制表符"), Both("Write spaces instead; YAML knows no tabs.", "请改用空格；YAML 不认制表符。"));
            else if (IsHidden(rune))
                Report(rune, new Spot(file.Path, line, column), problems);
            column++;
        }
    }

    /// <summary>The first hidden character in <paramref name="words"/>, if any.</summary>
    public static Rune? FirstIn(string words)
    {
        foreach (var rune in words.EnumerateRunes())
        {
            if (IsHidden(rune)) return rune;
        }

        return null;
    }

    /// <summary>Whether a reader cannot see it but a program obeys it.</summary>
    public static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0xFFFD
            or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0;
}

using System.Globalization;
using System.Text;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// A remark as it is kept: what a viewer typed, less all that does not show. No markup is looked for, since none is ever
/// read: pages set remarks as text alone. Composed form (NFC) is the page's work, since the server runs without tables for
/// it; a page that leaves it undone writes letters that look the same and count as two.
/// </summary>
public static class RemarkWords
{
    /// <summary>Longest remark, characters (Unicode scalar values) after cleaning: two lines of the strip on the wall.</summary>
    public const int Longest = 80;

    /// <summary>Longest text that is looked at at all, UTF-16 units; more was not typed on a phone.</summary>
    public const int LongestTyped = 1000;

    /// <summary>Marks on one letter: Vietnamese and Thai need two, Hebrew three. More are a tower over the lines above.</summary>
    private const int MostMarks = 3;

    /// <summary>The words, or <see langword="null"/> when there are none left or too many.</summary>
    public static string? Clean(string? typed)
    {
        if (typed is null || typed.Length > LongestTyped) return null;
        var kept = new StringBuilder(typed.Length);
        var marks = 0;
        var space = false;
        foreach (var letter in VisibleWords.Of(typed).EnumerateRunes())
        {
            if (VisibleWords.IsBlank(letter))
            {
                space = kept.Length > 0;
                continue;
            }

            marks = IsMark(letter) ? marks + 1 : 0;
            // A mark without a letter would stand on the strip's edge, or on the quotation mark before it.
            if (marks > MostMarks || (marks > 0 && (kept.Length == 0 || space))) continue;
            if (space) kept.Append(' ');
            space = false;
            kept.Append(letter.ToString());
        }

        var words = kept.ToString();
        return words.Length > 0 && words.EnumerateRunes().Count() <= Longest ? words : null;
    }

    private static bool IsMark(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;
}

using System.Globalization;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Safety;

/// <summary>What came of screening a viewer's words.</summary>
/// <param name="Words">The words, cleaned; <see langword="null"/> where they were refused.</param>
/// <param name="Refusal">Why they were refused, or <see langword="null"/>.</param>
public readonly record struct Screened(string? Words, Refusal? Refusal);

/// <summary>
/// Whether a viewer's words may reach anybody at all: the staff's queue, the wall, other phones, a model. A refusal has a code and
/// a sentence; what passes is one line of visible characters without links, personal data, code, or words above the rating.
/// For a model it is quoted besides (<see cref="Quotation"/>). A person's yes is asked all the same.
/// </summary>
public static class RemarkScreen
{
    /// <summary>More of one character in a row says no more.</summary>
    private const int LongestRun = 8;

    /// <summary>Screens what was typed.</summary>
    /// <param name="typed">As it came from the phone.</param>
    /// <param name="rating">The age rating in force.</param>
    /// <param name="list">The words in force, or <see langword="null"/> for the built-in ones.</param>
    public static Screened Of(string? typed, string rating, Blocklist? list = null)
    {
        if (RemarkWords.Clean(typed) is not { } clean) return new(null, RemarkRefusals.BadRemark);
        if (IsTower(clean)) return new(null, RemarkRefusals.Unreadable);
        var words = Shortened(clean);
        return Refuses(words, rating, list ?? Blocklist.BuiltIn) is { } refusal ? new(null, refusal) : new(words, null);
    }

    private static Refusal? Refuses(string words, string rating, Blocklist list)
    {
        var folded = Lookalikes.Fold(words);
        if (RemarkShapes.IsCode(words, folded)) return RemarkRefusals.Code;
        if (PersonalData.In(folded)) return RemarkRefusals.Personal;
        if (RemarkShapes.Link().IsMatch(folded)) return RemarkRefusals.Link;
        var spelled = Lookalikes.Spelled(folded);
        if (RemarkShapes.IsInstruction(folded) || RemarkShapes.IsInstruction(spelled)) return RemarkRefusals.Instructions;
        if (RemarkShapes.IsHarm(folded) || RemarkShapes.IsHarm(spelled)) return RemarkRefusals.Harm;
        if (RemarkShapes.Advert().IsMatch(folded)) return RemarkRefusals.Advert;
        return list.In(words, rating).IsEmpty ? null : RemarkRefusals.Words;
    }

    /// <summary>More marks than letters is no language.</summary>
    private static bool IsTower(string words)
    {
        var (marks, letters) = (0, 0);
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) marks++;
            else if (Rune.IsLetterOrDigit(rune)) letters++;
        }

        return marks > 2 && marks > letters;
    }

    private static string Shortened(string words)
    {
        var kept = new StringBuilder(words.Length);
        var (last, run) = (default(Rune), 0);
        foreach (var rune in words.EnumerateRunes())
        {
            run = rune == last ? run + 1 : 1;
            last = rune;
            if (run <= LongestRun) kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}

using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Suggestions;

/// <summary>
/// A suggestion as it is kept: cleaned as a remark is, without the characters with which a prompt is built, and short
/// enough for an option's card. What may stand on the wall may be quoted to a writer, and the other way round.
/// </summary>
public static class SuggestionWords
{
    /// <summary>Longest suggestion, characters (Unicode scalar values) after cleaning: an option's card holds no more.</summary>
    public static int Longest => FilmLimits.Label.Letters;

    /// <summary>The words, or <see langword="null"/> when there are none left or too many, or nothing in them can be read.</summary>
    public static string? Clean(string? typed) =>
        Quotation.Of(typed) is { } words && words.EnumerateRunes().Count() <= Longest && words.Any(char.IsLetterOrDigit) ? words : null;

    /// <summary>The words as an option's label: in the language of the hall that they look like, which is the only one they exist in.</summary>
    /// <param name="words">The words.</param>
    /// <param name="languages">The languages on the wall, the telling language first.</param>
    public static Text Label(string words, IReadOnlyList<string> languages)
    {
        var letters = words.Count(c => char.IsLetter(c));
        var wide = 2 * words.Count(c => c >= '\u2E80' && char.IsLetter(c)) >= letters;
        return Text.Of(languages.FirstOrDefault(language => FilmLimits.IsIdeographic(language) == wide) ?? (wide ? "zh" : "en"), words);
    }
}

using System.Text;
using Orleans.Story.Rules.Films.Reading;

namespace Orleans.Story.Rules.Safety;

/// <summary>What a reader sees of a text, whoever wrote it: a viewer, a model.</summary>
public static class VisibleWords
{
    /// <summary>A character without a picture, though its category says otherwise: the Braille cell with no dots.</summary>
    private const int BlankBraille = 0x2800;

    /// <summary>Line ends, tabs and blanks of any width as one space each; whatever else cannot be seen goes.</summary>
    public static string Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
        {
            if (IsBlank(letter)) kept.Append(' ');
            else if (!HiddenCharacters.IsHidden(letter)) kept.Append(letter.ToString());
        }

        return kept.ToString();
    }

    /// <summary>Whether it parts words and is nothing itself.</summary>
    public static bool IsBlank(Rune letter) => Rune.IsWhiteSpace(letter) || letter.Value == BlankBraille;
}

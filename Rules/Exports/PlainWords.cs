using System.Text;
using Orleans.Story.Rules.Films.Reading;

namespace Orleans.Story.Rules.Exports;

/// <summary>Words as a text format may hold them: on one line, nothing in them that cannot be seen.</summary>
internal static class PlainWords
{
    /// <summary>What stands for words of which nothing can be seen: an empty line would end a cue or a speech.</summary>
    public const string Unseen = "…";

    /// <summary>The words, runs of white space as one space; never empty.</summary>
    public static string Of(string words)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
            }
            else if (!HiddenCharacters.IsHidden(rune))
            {
                plain.Append(rune);
            }
        }

        var seen = plain.ToString().TrimEnd(' ');
        return seen.Length == 0 ? Unseen : seen;
    }
}

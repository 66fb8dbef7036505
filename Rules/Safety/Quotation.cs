using System.Text;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// A viewer's words as they may stand between quotation marks in a prompt: nothing invisible, no line end, and none of
/// the characters with which a prompt or an answer is built, so that the words cannot leave their quotation.
/// </summary>
public static class Quotation
{
    /// <summary>The words, or <see langword="null"/> when none are left or they are longer than <see cref="RemarkWords.Longest"/>.</summary>
    public static string? Of(string? words)
    {
        if (RemarkWords.Clean(words) is not { } clean) return null;
        var quoted = new StringBuilder(clean.Length);
        foreach (var letter in clean) quoted.Append(Harmless(letter));
        return RemarkWords.Clean(quoted.ToString());
    }

    /// <summary>Quotation marks become apostrophes; brackets, bars and fences become spaces.</summary>
    private static char Harmless(char letter) => letter switch
    {
        '"' or '“' or '”' or '„' or '«' or '»' or '「' or '」' or '『' or '』' or '＂' => '\'',
        '<' or '>' or '{' or '}' or '[' or ']' or '|' or '｜' or '`' or '#' or '\\' or '＜' or '＞' or '｛' or '｝' or '［' or '］' or '《' or '》' or '〈' or '〉' => ' ',
        _ => letter,
    };
}

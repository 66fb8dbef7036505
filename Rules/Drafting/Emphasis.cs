using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Takes away the marks that Fountain and Markdown put around words, and the backslash that hides such a mark.</summary>
internal static partial class Emphasis
{
    /// <summary>The words alone.</summary>
    public static string Strip(string words)
    {
        // What was escaped is put aside first: a private letter stands for it until the marks are gone.
        var aside = Escaped().Replace(words, found => found.Value[1] < 0x80 ? ((char)(0xE000 + found.Value[1])).ToString() : found.Value[1..]);
        var plain = Links().Replace(Marks().Replace(aside, ""), "${words}");
        return string.Create(plain.Length, plain, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++) to[i] = from[i] is >= '\uE000' and < '\uE080' ? (char)(from[i] - 0xE000) : from[i];
        }).Trim();
    }

    [GeneratedRegex(@"\\[\x21-\x7E（]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\*{1,3}|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|`+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\[(?<words>[^\[\]]{0,400})\]\([^()\s]{0,400}\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}

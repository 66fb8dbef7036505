using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// Text as the measures count it: words where a script sets them apart, single characters where it does not. Case and
/// punctuation do not count.
/// </summary>
public static class Tokens
{
    /// <summary>The first of the ideographs, kana and hangul syllables, which are tokens by themselves.</summary>
    internal const int FirstIdeograph = 0x2E80;

    /// <summary>
    /// The tokens in order: a run of letters and digits is one, in lower case, apostrophes inside it included
    /// (<c>don't</c>); an ideograph is one.
    /// </summary>
    public static ImmutableArray<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            // A lone half of a surrogate pair is U+FFFD, which is no letter.
            _ = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            if (IsWordPart(rune)) Append(word, rune);
            else if (!(IsApostrophe(rune) && word.Length > 0 && IsWordPart(After(text, i + length)))) End(word, tokens);
            else word.Append('\'');
            if (IsIdeograph(rune)) tokens.Add(rune.ToString());
            i += length;
        }

        End(word, tokens);
        return tokens.ToImmutable();
    }

    /// <summary>Whether a character stands for itself.</summary>
    internal static bool IsIdeograph(Rune rune) => rune.Value >= FirstIdeograph && Rune.IsLetter(rune);

    private static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune) && !IsIdeograph(rune)
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2019';

    private static Rune After(string text, int at)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(Math.Min(at, text.Length)), out var rune, out _);
        return rune;
    }

    private static void Append(StringBuilder word, Rune rune) => word.Append(Rune.ToLowerInvariant(rune).ToString());

    private static void End(StringBuilder word, ImmutableArray<string>.Builder tokens)
    {
        if (word.Length == 0) return;
        tokens.Add(word.ToString());
        word.Clear();
    }
}

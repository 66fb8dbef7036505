namespace Orleans.Story.Rules.Safety;

/// <summary>A word written with letters, where it stands in a folded text.</summary>
/// <param name="Text">The word, signs that stand for letters included.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last.</param>
internal readonly record struct LatinToken(string Text, int Start, int End)
{
    /// <summary>Whether it is one letter alone.</summary>
    public bool IsLetter => Text.Length == 1 && char.IsAsciiLetter(Text[0]);
}

/// <summary>Finds the words of a folded text, as they stand and as they were pulled apart to get past a list.</summary>
internal static class LatinTokens
{
    /// <summary>What has neither vowel nor sense by itself is a splinter; these are words.</summary>
    private static readonly HashSet<string> Short = new(StringComparer.Ordinal)
    {
        "a", "i", "o", "am", "an", "as", "at", "be", "by", "do", "go", "ha", "he", "hi", "if", "in", "is", "it", "la", "ma", "me", "mm", "my", "no", "of", "oh", "ok", "on", "or", "pa", "so", "to", "uh",
        "um", "up", "us", "we", "ye", "yo",
    };

    /// <summary>The words in order. An apostrophe is no end of a word and is left out of it.</summary>
    public static List<LatinToken> Of(string folded)
    {
        var tokens = new List<LatinToken>();
        for (var i = 0; i < folded.Length; i++)
        {
            if (!IsInside(folded[i])) continue;
            var start = i;
            while (i < folded.Length && IsInside(folded[i])) i++;
            var (from, to) = (start, i);
            while (from < to && IsEdge(folded[from])) from++;
            while (to > from && IsEdge(folded[to - 1])) to--;
            if (to == from) continue;
            var text = folded[from..to];
            if (text.AsSpan().ContainsAny('\'', '’')) text = text.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
            tokens.Add(new LatinToken(text, from, to));
        }

        return tokens;
    }

    /// <summary>Words that were pulled apart, put together: <c>f u c k</c>, <c>f.u.c.k</c>, <c>fu-ck</c>.</summary>
    public static IEnumerable<LatinToken> Joined(string folded, List<LatinToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsLetter && (i == 0 || !tokens[i - 1].IsLetter))
            {
                var end = i + 1;
                while (end < tokens.Count && tokens[end].IsLetter && tokens[end].Start - tokens[end - 1].End <= 3) end++;
                if (end - i >= 3) yield return Join(tokens, i, end);
            }

            if (i + 1 < tokens.Count && tokens[i + 1].Start - tokens[i].End == 1 && IsSplit(folded[tokens[i].End], tokens[i].Text, tokens[i + 1].Text))
                yield return Join(tokens, i, i + 2);
        }
    }

    private static LatinToken Join(List<LatinToken> tokens, int start, int end) =>
        new(string.Concat(tokens.Skip(start).Take(end - start).Select(token => token.Text)), tokens[start].Start, tokens[end - 1].End);

    /// <summary>Two halves belong together at a dot, dash or underscore; at a space only where one of them is a splinter.</summary>
    private static bool IsSplit(char gap, string one, string other) => gap switch
    {
        '-' or '_' or '.' or '~' or '/' => true,
        ' ' => IsSplinter(one) || IsSplinter(other),
        _ => false,
    };

    private static bool IsSplinter(string part) =>
        part.All(char.IsAsciiLetter) && part.Length is 2 or 3 && !Short.Contains(part) && !part.Any(letter => "aeiouy".Contains(letter, StringComparison.Ordinal));

    private static bool IsInside(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '@' or '$' or '!' or '*' or '#' or '|' or '+' or '\'' or '’' or '%' or '&';

    private static bool IsEdge(char letter) => IsInside(letter) && !char.IsAsciiLetterOrDigit(letter) && letter is not ('@' or '$');
}

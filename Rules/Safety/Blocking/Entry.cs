namespace Orleans.Story.Rules.Safety;

/// <summary>Where something was found in a folded text.</summary>
internal readonly record struct Span(int Start, int End)
{
    public bool Overlaps(Span other) => Start < other.End && other.Start < End;
}

/// <summary>A text made ready to be looked through by every entry of a list.</summary>
internal sealed class Looked
{
    public Looked(string words)
    {
        Folded = Lookalikes.Fold(words);
        Tokens = LatinTokens.Of(Folded);
        Joined = [.. LatinTokens.Joined(Folded, Tokens)];
        HasIdeographs = Folded.Any(Lookalikes.IsIdeograph);
    }

    public string Folded { get; }

    public List<LatinToken> Tokens { get; }

    public List<LatinToken> Joined { get; }

    public bool HasIdeographs { get; }
}

/// <summary>A blocked word made ready to be found.</summary>
internal sealed class Entry
{
    /// <summary>More between two characters is no trick but a sentence.</summary>
    private const int WidestGap = 3;

    private readonly string key;
    private readonly LatinPattern[] patterns = [];

    /// <summary>Compiles it. The word has at least one letter.</summary>
    public Entry(BlockedWord word)
    {
        Word = word;
        key = Key(word.Word);
        if (!IsIdeographic) patterns = [.. key.Split(' ').Select(part => new LatinPattern(part))];
    }

    public BlockedWord Word { get; }

    /// <summary>Entries with one key are one word.</summary>
    public static string Key(string word) =>
        string.Join(' ', Lookalikes.Fold(word).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries)).Replace("’", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    private bool IsIdeographic => key.Any(Lookalikes.IsIdeograph);

    /// <summary>Whether it is an abbreviation of Chinese in letters, which says nothing in other languages.</summary>
    private bool IsAbbreviation => !IsIdeographic && Word.Language is "zh";

    /// <summary>Where it is.</summary>
    public IEnumerable<Span> In(Looked text, string? language)
    {
        if (IsIdeographic) return Ideographs(text.Folded);
        if (IsAbbreviation && language is not "zh" && !text.HasIdeographs && text.Tokens.Count > 1) return [];
        return patterns.Length == 1
            ? text.Tokens.Concat(text.Joined).Where(token => patterns[0].Fits(token.Text)).Select(token => new Span(token.Start, token.End))
            : Phrases(text.Tokens);
    }

    private IEnumerable<Span> Phrases(List<LatinToken> tokens)
    {
        for (var i = 0; i + patterns.Length <= tokens.Count; i++)
        {
            var fits = true;
            for (var n = 0; fits && n < patterns.Length; n++)
                fits = patterns[n].Fits(tokens[i + n].Text) && (n == 0 || tokens[i + n].Start - tokens[i + n - 1].End <= WidestGap);
            if (fits) yield return new Span(tokens[i].Start, tokens[i + patterns.Length - 1].End);
        }
    }

    /// <summary>The characters in order, with nothing between them or with signs that no sentence has there.</summary>
    private IEnumerable<Span> Ideographs(string folded)
    {
        for (var start = folded.IndexOf(key[0], StringComparison.Ordinal); start >= 0; start = folded.IndexOf(key[0], start + 1))
        {
            if (char.IsAsciiLetterOrDigit(key[0]) && start > 0 && char.IsAsciiLetterOrDigit(folded[start - 1])) continue;
            var (at, next) = (start + 1, 1);
            var gap = 0;
            while (next < key.Length && at < folded.Length)
            {
                if (folded[at] == key[next])
                {
                    (at, next, gap) = (at + 1, next + 1, 0);
                }
                else if (IsFiller(folded[at]) && ++gap <= WidestGap) at++;
                else break;
            }

            if (next < key.Length) continue;
            if (char.IsAsciiLetterOrDigit(key[^1]) && at < folded.Length && char.IsAsciiLetterOrDigit(folded[at])) continue;
            yield return new Span(start, at);
        }
    }

    private static bool IsFiller(char sign) =>
        !char.IsLetterOrDigit(sign) && sign is not ('，' or '。' or '、' or '；' or '：' or '？' or '！' or '…' or '“' or '”' or '‘' or '’' or '《' or '》' or '（' or '）' or '—' or ',' or ';' or ':' or '?' or '!' or '"' or '(' or ')');
}

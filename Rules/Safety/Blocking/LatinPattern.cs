namespace Orleans.Story.Rules.Safety;

/// <summary>A word of a list in letters, and the ways in which it is disguised: figures for letters, stars, stretched letters.</summary>
internal sealed class LatinPattern
{
    private readonly string letters;
    private readonly bool isStem;

    /// <summary>A word, or a stem with <c>*</c> at its end.</summary>
    public LatinPattern(string word)
    {
        isStem = word.EndsWith('*');
        letters = word.TrimEnd('*').Replace("'", "", StringComparison.Ordinal);
    }

    /// <summary>Whether the token is this word. One with figures or signs counts where at least half of it is letters.</summary>
    public bool Fits(string token)
    {
        if (token.Length < letters.Length || !Stands(token[0], letters[0], first: true)) return false;
        if (token.StartsWith(letters, StringComparison.Ordinal) && (isStem || token.Length == letters.Length)) return true;
        return letters.Length > 2 && IsMostlyLetters(token) && Runs(token, 0, 0);
    }

    /// <summary>
    /// Each letter once as written, or drawn out: a letter of the word by any length of itself, in stems by three or more, so
    /// that <c>shiitake</c> is no stretched word.
    /// </summary>
    private bool Runs(string token, int at, int letter)
    {
        if (letter == letters.Length) return at == token.Length || isStem;
        var least = 1;
        while (letter + least < letters.Length && letters[letter + least] == letters[letter]) least++;
        var run = 0;
        while (at + run < token.Length && Stands(token[at + run], letters[letter], first: at + run == 0)) run++;
        if (run < least) return false;
        for (var taken = run; taken >= least; taken--)
        {
            if (isStem && taken > least && taken < 3) continue;
            if (Runs(token, at + taken, letter + least)) return true;
        }

        return false;
    }

    private static bool IsMostlyLetters(string token)
    {
        var count = token.Count(letter => char.IsAsciiLetter(letter) || letter is '@' or '$');
        return token.Any(char.IsAsciiLetter) && count * 2 >= token.Length;
    }

    /// <summary>Whether a sign stands for a letter. A star stands for any, but for the first.</summary>
    private static bool Stands(char sign, char letter, bool first) => sign == letter || sign switch
    {
        '0' => letter is 'o',
        '1' or '!' or '|' => letter is 'i' or 'l',
        '3' => letter is 'e',
        '4' or '@' => letter is 'a',
        '5' or '$' => letter is 's',
        '7' or '+' => letter is 't',
        '8' => letter is 'b',
        '6' or '9' => letter is 'g',
        '*' or '#' or '%' or '&' => !first,
        _ => false,
    };
}

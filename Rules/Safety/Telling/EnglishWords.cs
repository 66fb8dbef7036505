namespace Orleans.Story.Rules.Safety;

/// <summary>A word in Latin letters as it stands in a text.</summary>
/// <param name="Text">As written.</param>
/// <param name="Start">Index of its first letter.</param>
/// <param name="Key">In lower case, without a possessive: by it words are compared.</param>
internal readonly record struct EnglishWord(string Text, int Start, string Key)
{
    /// <summary>Written as names are: a capital, and small letters after it.</summary>
    public bool IsCapitalised => Text.Length > 2 && char.IsUpper(Text[0]) && char.IsLower(Text[1]);
}

/// <summary>Takes text in Latin letters apart.</summary>
internal static class EnglishWords
{
    /// <summary>The words in order; hyphens part them, apostrophes do not.</summary>
    public static List<EnglishWord> Of(string text)
    {
        var words = new List<EnglishWord>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLetter(text[i])) continue;
            var start = i;
            while (i < text.Length && (IsLetter(text[i]) || (text[i] is '\'' or '’' && i + 1 < text.Length && IsLetter(text[i + 1])))) i++;
            var word = text[start..i];
            words.Add(new EnglishWord(word, start, Key(word)));
        }

        return words;
    }

    private static string Key(string word)
    {
        var key = word.ToLowerInvariant().Replace('’', '\'');
        return key.EndsWith("'s", StringComparison.Ordinal) ? key[..^2] : key;
    }

    private static bool IsLetter(char letter) => letter < 0x250 && char.IsLetter(letter);
}

namespace Orleans.Story.Rules.Sessions;

/// <summary>Codes that a viewer reads off a wall and types in the dark: six characters without look-alikes.</summary>
public static class JoinCodes
{
    /// <summary>No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.</summary>
    public const string Alphabet = "34679ACDEFGHJKMNPQRTWXY";

    /// <summary>Characters in a code; 23⁶ ≈ 148 million codes.</summary>
    public const int Length = 6;

    /// <summary>A code that is not taken.</summary>
    /// <param name="below">Draws a whole number from 0 to its argument, exclusive.</param>
    /// <param name="taken">Codes in use.</param>
    public static string New(Func<int, int> below, IEnumerable<string> taken)
    {
        var used = taken.ToHashSet(StringComparer.Ordinal);
        string code;
        do
        {
            code = string.Create(Length, below, static (letters, draw) =>
            {
                for (var i = 0; i < letters.Length; i++) letters[i] = Alphabet[draw(Alphabet.Length)];
            });
        }
        while (used.Contains(code));
        return code;
    }

    /// <summary>What was typed, without spaces and hyphens, in capitals.</summary>
    public static string Fold(string typed) =>
        new([.. typed.Where(c => !char.IsWhiteSpace(c) && c != '-').Take(Length + 1).Select(char.ToUpperInvariant)]);
}

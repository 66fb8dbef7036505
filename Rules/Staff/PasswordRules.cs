using System.Text;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Staff;

/// <summary>
/// What a password must be. Length is what counts (NIST SP 800-63B-4, 3.1.1): no classes of characters, no expiry by date.
/// </summary>
public static class PasswordRules
{
    /// <summary>Fewest characters (Unicode scalar values).</summary>
    public const int Shortest = 10;

    /// <summary>Most UTF-16 units; longer ones are refused before anything is hashed.</summary>
    public const int Longest = 256;

    private const int FewestDifferent = 4;

    /// <summary>How far a full-width form lies above its plain letter.</summary>
    private const int Wide = 0xfee0;

    /// <summary>
    /// The password as it is hashed: a Chinese input method's full-width letters, digits, signs and space are the same as plain
    /// ones. <see langword="null"/> when it is no text (half a surrogate pair) or too long.
    /// </summary>
    public static string? Fold(string password)
    {
        if (password.Length > Longest) return null;
        for (var i = 0; i < password.Length;)
        {
            if (!Rune.TryGetRuneAt(password, i, out var rune)) return null;
            i += rune.Utf16SequenceLength;
        }

        return string.Create(password.Length, password, static (letters, from) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = from[i] switch
                {
                    >= '\uff01' and <= '\uff5e' => (char)(from[i] - Wide),
                    '\u3000' => ' ',
                    var letter => letter,
                };
            }
        });
    }

    /// <summary>Why this cannot be the account's new password, or <see langword="null"/>.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="old">The password it has.</param>
    /// <param name="wanted">The password it is to have.</param>
    public static Refusal? Check(string name, string old, string wanted)
    {
        if (Fold(wanted) is not { } folded) return StaffRefusals.PasswordTooLong;
        if (folded.EnumerateRunes().Count() < Shortest) return StaffRefusals.PasswordTooShort;
        if (folded.EnumerateRunes().Distinct().Count() < FewestDifferent) return StaffRefusals.PasswordTooPlain;
        if (name.Length > 2 && Rest(folded, name) < Shortest / 2) return StaffRefusals.PasswordTooPlain;
        return string.Equals(folded, Fold(old), StringComparison.Ordinal) ? StaffRefusals.PasswordUnchanged : null;
    }

    /// <summary>How much is left of a password without the account's name.</summary>
    private static int Rest(string password, string name) => password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length;
}

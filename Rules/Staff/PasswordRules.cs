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

    /// <summary>
    /// The password as it is hashed: compatibility characters folded (NFKC), so that a Chinese input method's full-width letters are
    /// the same as plain ones. <see langword="null"/> when it is no text or too long.
    /// </summary>
    public static string? Fold(string password)
    {
        if (password.Length > Longest) return null;
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return null;
        }
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

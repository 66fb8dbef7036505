using System.Globalization;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// Codes of single seats, printed and handed out one by one: the session's join code, a hyphen, and eight characters made
/// from the session's secret. Nothing is stored for them. 23⁸ ≈ 78 billion, of which a full hall uses ten thousand.
/// </summary>
public static class SeatCodes
{
    /// <summary>Characters after the hyphen.</summary>
    public const int Length = 8;

    /// <summary>The code of a seat, as <c>JGYMDW-K3F9QX7T</c>.</summary>
    public static string Of(string joinCode, string secret, int seat) => $"{joinCode}-{Part(secret, seat)}";

    /// <summary>The part of a seat's code after the hyphen.</summary>
    public static string Part(string secret, int seat) =>
        SecretCodes.Of(secret, string.Create(CultureInfo.InvariantCulture, $"seat/{seat}"), Length);

    /// <summary>
    /// What was typed, in two parts: the join code, and the seat's part or <see langword="null"/> when only a join code was
    /// typed. Spaces, hyphens and case do not matter.
    /// </summary>
    public static (string JoinCode, string? Seat) Split(string typed)
    {
        var folded = new string([.. typed.Where(c => !char.IsWhiteSpace(c) && c != '-').Take(JoinCodes.Length + Length + 1).Select(char.ToUpperInvariant)]);
        return folded.Length > JoinCodes.Length
            ? (folded[..JoinCodes.Length], folded[JoinCodes.Length..])
            : (folded, null);
    }
}

using System.Collections.Immutable;
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
    /// <param name="joinCode">The session's join code.</param>
    /// <param name="part">The seat's part, one of <see cref="Parts(string, int)"/>.</param>
    public static string Of(string joinCode, string part) => $"{joinCode}-{part}";

    /// <summary>
    /// The parts after the hyphen of seats 1 to <paramref name="seats"/>, in order and no two alike: a seat whose code a lower
    /// seat has takes its next one (in a full hall of ten thousand that happens once in some 1,600 shows). More seats give
    /// the same codes to the first ones.
    /// </summary>
    public static ImmutableArray<string> Parts(string secret, int seats) => Parts(seats, purpose => SecretCodes.Of(secret, purpose, Length));

    /// <summary>The same from any source of codes: a purpose, such as <c>seat/17</c> or <c>seat/17/1</c>, to a code.</summary>
    public static ImmutableArray<string> Parts(int seats, Func<string, string> code)
    {
        var parts = ImmutableArray.CreateBuilder<string>(seats);
        var given = new HashSet<string>(seats, StringComparer.Ordinal);
        for (var seat = 1; seat <= seats; seat++)
        {
            var part = code(string.Create(CultureInfo.InvariantCulture, $"seat/{seat}"));
            for (var again = 1; !given.Add(part); again++) part = code(string.Create(CultureInfo.InvariantCulture, $"seat/{seat}/{again}"));
            parts.Add(part);
        }

        return parts.MoveToImmutable();
    }

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

using System.Globalization;

namespace Orleans.Story.Rules.Voting;

/// <summary>
/// The code under which a ballot stands in the published record of a show: HMAC-SHA256 (RFC 2104) over round, seat, number
/// and choice under the session's secret, as ten characters that can be read aloud. Whoever holds the receipt finds the
/// ballot; nobody else can tell whose it is; a changed ballot has another code. 23¹⁰ codes: among ten thousand ballots two
/// share one with a chance of about one in a million.
/// </summary>
public static class Proofs
{
    /// <summary>Characters of a code, without its hyphen.</summary>
    public const int Length = 10;

    /// <summary>The code, as <c>K7QMX-3PDA4</c>; empty for a seat without a ballot.</summary>
    /// <param name="secret">The session's secret.</param>
    /// <param name="round">The round.</param>
    /// <param name="seat">The seat.</param>
    /// <param name="n">The ballot's number; 0 for none.</param>
    /// <param name="choice">Its canonical choice.</param>
    public static string Of(string secret, int round, int seat, int n, string choice)
    {
        if (n == 0) return "";
        var code = SecretCodes.Of(secret, string.Create(CultureInfo.InvariantCulture, $"ballot/{round}/{seat}/{n}/{choice}"), Length);
        return $"{code[..5]}-{code[5..]}";
    }
}

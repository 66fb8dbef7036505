using System.Security.Cryptography;
using System.Text;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules;

/// <summary>Codes that only the holder of a secret can make: HMAC-SHA256 (RFC 2104), written in the alphabet of join codes.</summary>
internal static class SecretCodes
{
    /// <summary>A code for one purpose.</summary>
    /// <param name="secret">Hexadecimal digits.</param>
    /// <param name="purpose">What it is for; another purpose gives an unrelated code.</param>
    /// <param name="length">Characters, 1–12: what 64 bits fill evenly enough.</param>
    internal static string Of(string secret, string purpose, int length)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Convert.FromHexString(secret), Encoding.UTF8.GetBytes(purpose), hash);
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(length, bits, static (letters, left) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = JoinCodes.Alphabet[(int)(left % (ulong)JoinCodes.Alphabet.Length)];
                left /= (ulong)JoinCodes.Alphabet.Length;
            }
        });
    }
}

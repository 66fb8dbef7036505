using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Rules.Staff;

/// <summary>In whose name a call is made, and with which roles; sealed, so that only who holds the key can make one.</summary>
/// <param name="Name">The account's name; the house's own passes say whom it acts for, such as <c>demo</c>.</param>
/// <param name="Roles">Of <see cref="StaffRoles"/>.</param>
/// <param name="UntilMs">From when on it is void, UTC milliseconds.</param>
public sealed record StaffPass(string Name, ImmutableArray<string> Roles, long UntilMs)
{
    /// <summary>Whether the program itself calls.</summary>
    public bool IsHouse => Roles.Contains(StaffRoles.House);

    /// <summary>Whether it has one of the roles.</summary>
    public bool HasOneOf(IReadOnlyList<string> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role)) return true;
        }

        return false;
    }
}

/// <summary>
/// Seals passes and opens them: HMAC-SHA256 (RFC 2104) over name, roles and end. What was changed by a single bit, sealed
/// with another key or has lapsed opens to nothing.
/// </summary>
public sealed class StaffKey
{
    private const string Format = "1";
    private const char Between = ';';
    private const int LeastBytes = 32;

    /// <summary>Longer than any pass with a name of 32 and four roles.</summary>
    private const int Longest = 256;

    private readonly byte[] key;

    /// <summary>A key of the caller's: at least 32 bytes that nobody can guess.</summary>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public StaffKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastBytes) throw new ArgumentException($"A key has at least {LeastBytes} bytes; this one has {bytes.Length}.", nameof(bytes));
        key = bytes.ToArray();
    }

    /// <summary>A key that nobody else has, and that ends with the process.</summary>
    public static StaffKey New() => new(RandomNumberGenerator.GetBytes(LeastBytes));

    /// <summary>The pass as it travels with a call.</summary>
    /// <exception cref="ArgumentException">The name or a role holds what divides the parts.</exception>
    public string Seal(StaffPass pass)
    {
        if (pass.Name.Contains(Between, StringComparison.Ordinal) || pass.Roles.Any(role => role.AsSpan().IndexOfAny(Between, ',') >= 0))
            throw new ArgumentException("A name or a role of a pass holds no semicolon or comma.", nameof(pass));
        var body = string.Create(CultureInfo.InvariantCulture, $"{Format}{Between}{pass.UntilMs}{Between}{string.Join(',', pass.Roles)}{Between}{pass.Name}");
        return $"{body}{Between}{Mac(body)}";
    }

    /// <summary>The pass, or <see langword="null"/> if it is none of this key's or has lapsed.</summary>
    public StaffPass? Open(string? text, long nowMs)
    {
        if (text is null or { Length: > Longest }) return null;
        var end = text.LastIndexOf(Between);
        if (end < 0) return null;
        var body = text[..end];
        if (!CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text.AsSpan(end + 1)), MemoryMarshal.AsBytes(Mac(body).AsSpan()))) return null;
        return body.Split(Between) is [Format, var until, var roles, var name]
            && long.TryParse(until, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var untilMs)
            && nowMs < untilMs
                ? new StaffPass(name, [.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries)], untilMs)
                : null;
    }

    /// <summary>Compared as text: one pass has one spelling, and there is nothing to decode.</summary>
    private string Mac(string body) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)));
}

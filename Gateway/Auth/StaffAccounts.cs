using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>Checks passwords and makes the first account. Passwords are hashed here and go no further.</summary>
internal sealed partial class StaffAccounts(IClusterClient cluster)
{
    /// <summary>The account the first start makes.</summary>
    public const string FirstName = "operator";

    private static readonly ImmutableArray<string> FirstRoles = [Policies.Operator, Policies.Director, Policies.Admin];
    private readonly PasswordHasher<string> _hasher = new();
    private readonly Lazy<string> _nobodysHash = new(() => new PasswordHasher<string>().HashPassword("", ReadablePassword.New()));

    /// <summary>
    /// The account, if name and password belong together. An unknown name costs the same hashing as a wrong password, so
    /// that the time of the answer does not tell them apart.
    /// </summary>
    public async Task<StaffAccount?> SignIn(string name, string password)
    {
        var account = await Find(name);
        // On a thread of the pool: a hash takes as long as a hundred ballots, and what comes in is handled where it arrives.
        var verdict = await Task.Run(() => _hasher.VerifyHashedPassword("", account?.PasswordHash ?? _nobodysHash.Value, password));
        return verdict == PasswordVerificationResult.Failed ? null : account;
    }

    /// <summary>The account, or <see langword="null"/>.</summary>
    public async Task<StaffAccount?> Find(string name) =>
        NamePattern().IsMatch(name) ? await cluster.Staff(name).Account() : null;

    /// <summary>
    /// Makes the first account, or gives it a new password when <paramref name="reset"/>. Answers the password in the
    /// clear, the only time it exists so, or <see langword="null"/> if the account is there already.
    /// </summary>
    public async Task<string?> MakeFirst(bool reset)
    {
        var grain = cluster.Staff(FirstName);
        var account = await grain.Account();
        if (account is not null && !reset) return null;
        var password = ReadablePassword.New();
        await grain.Keep(new StaffAccount(_hasher.HashPassword("", password), account?.Roles ?? FirstRoles));
        return password;
    }

    /// <summary>Changes with the password, so that a new password ends old sign-ins.</summary>
    public static string Stamp(StaffAccount account) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(account.PasswordHash)).AsSpan(0, 8));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,31}\z", RegexOptions.None, 100)]
    private static partial Regex NamePattern();
}

/// <summary>Passwords that can be read aloud across a projection booth and still hold 49 bits.</summary>
internal static class ReadablePassword
{
    private const string Consonants = "bdfghjkmnprstvz";
    private const string Vowels = "aeiou";

    /// <summary>Four groups of four letters, such as <c>buso-kita-ramo-jeza</c>.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => Group()));

    private static string Group() => string.Concat(
        RandomNumberGenerator.GetItems<char>(Consonants, 2).Zip(
            RandomNumberGenerator.GetItems<char>(Vowels, 2), (consonant, vowel) => $"{consonant}{vowel}"));
}

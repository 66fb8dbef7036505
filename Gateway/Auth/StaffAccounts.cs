using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>Checks passwords and makes new ones. Passwords are hashed here, by the framework, and go no further.</summary>
internal sealed class StaffAccounts(IClusterClient cluster, StaffDoor door)
{
    /// <summary>The account the first start makes.</summary>
    public const string FirstName = "operator";

    private readonly PasswordHasher<string> _hasher = new();
    private readonly Lazy<string> _nobodysHash = new(() => new PasswordHasher<string>().HashPassword("", ReadablePassword.New()));

    /// <summary>
    /// The account, if name and password belong together. An unknown name costs the same hashing as a wrong password, so
    /// that the time of the answer does not tell them apart.
    /// </summary>
    public async Task<StaffAccount?> SignIn(string name, string password)
    {
        var account = await Find(name);
        if (PasswordRules.Fold(password) is not { } folded) return null;
        // On a thread of the pool: a hash takes as long as a hundred ballots, and what comes in is handled where it arrives.
        var verdict = await Task.Run(() => _hasher.VerifyHashedPassword("", account?.PasswordHash ?? _nobodysHash.Value, folded));
        if (verdict == PasswordVerificationResult.Failed || account is null) return null;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            using var house = door.SpeakAsHouse();
            await cluster.StaffBook().Rehash(name, account.PasswordHash, await Hash(folded));
        }

        return account;
    }

    /// <summary>The account, or <see langword="null"/>.</summary>
    public async Task<StaffAccount?> Find(string name)
    {
        if (!StaffRules.IsName(name)) return null;
        using var house = door.SpeakAsHouse();
        return await cluster.StaffBook().Account(name);
    }

    /// <summary>
    /// Makes the first account, or gives it a new password when <paramref name="reset"/>. Answers the password in the
    /// clear, the only time it exists so, or <see langword="null"/> if the account is there already.
    /// </summary>
    public async Task<string?> MakeFirst(Patience patience, bool reset, bool mustChange, CancellationToken stop)
    {
        var password = ReadablePassword.New();
        var hash = await Hash(password);
        using var house = door.SpeakAsHouse();
        return await patience.Ask(() => cluster.StaffBook().MakeFirst(FirstName, hash, reset, mustChange), stop) ? password : null;
    }

    /// <summary>Gives an account the password that its owner chose; the caller has checked the old one.</summary>
    public async Task<Outcome> ChangeOwn(string name, string wanted)
    {
        var hash = await Hash(PasswordRules.Fold(wanted)!);
        using var house = door.SpeakAsHouse();
        return await cluster.StaffBook().ChangeOwn(name, hash);
    }

    /// <summary>Makes an account in the name of whoever's pass this call has; answers its password to hand over.</summary>
    public async Task<(Refusal? Refusal, string Password)> Make(string name, ImmutableArray<string> roles, string reason)
    {
        var password = ReadablePassword.New();
        return ((await cluster.StaffBook().Make(name, await Hash(password), roles, reason)).Refusal, password);
    }

    /// <summary>Gives an account a new password in the name of whoever's pass this call has; answers it to hand over.</summary>
    public async Task<(Refusal? Refusal, string Password)> Reset(string name, string reason)
    {
        var password = ReadablePassword.New();
        return ((await cluster.StaffBook().Reset(name, await Hash(password), reason)).Refusal, password);
    }

    private Task<string> Hash(string password) => Task.Run(() => _hasher.HashPassword("", password));
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

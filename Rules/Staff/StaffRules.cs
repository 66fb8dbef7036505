using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Rules.Staff;

/// <summary>Every account of a house.</summary>
/// <param name="Members">By name, ordinally; names are unique.</param>
public sealed record StaffBook(ImmutableArray<StaffMember> Members)
{
    /// <summary>Nobody yet.</summary>
    public static StaffBook Empty { get; } = new([]);

    /// <summary>The account, or <see langword="null"/>.</summary>
    public StaffAccount? Find(string name) => Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal))?.Account;

    /// <summary>How many accounts keep accounts.</summary>
    public int Admins => Members.Count(member => member.Account.Roles.Contains(StaffRoles.Admin));

    internal StaffBook With(string name, StaffAccount account) => new(
        [.. Members.Where(member => !string.Equals(member.Name, name, StringComparison.Ordinal)).Append(new StaffMember(name, account)).OrderBy(member => member.Name, StringComparer.Ordinal)]);

    internal StaffBook Without(string name) => new([.. Members.Where(member => !string.Equals(member.Name, name, StringComparison.Ordinal))]);
}

/// <summary>The book as it is to be, or why it stays.</summary>
/// <param name="Book">The new book, or <see langword="null"/> when refused.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
public readonly record struct StaffDecision(StaffBook? Book, Refusal? Refusal);

/// <summary>
/// What may be done to accounts. Whoever calls these has the right to; here is decided whether the book may look so. A house
/// that has an admin always has one, and a change of password or roles always moves <see cref="StaffAccount.SinceMs"/> on,
/// which is what voids earlier sign-ins.
/// </summary>
public static partial class StaffRules
{
    /// <summary>Accounts of a house: more than any has, few enough to keep as one state.</summary>
    public const int MostAccounts = 100;

    /// <summary>Longest reason, characters.</summary>
    public const int LongestReason = 200;

    private static readonly ImmutableArray<string> Known = [StaffRoles.Operator, StaffRoles.Director, StaffRoles.Admin];

    /// <summary>A name as accounts have it.</summary>
    public static string Fold(string name) => name.Trim().ToLowerInvariant();

    /// <summary>Whether an account can be called so: 1–32 of a–z, 0–9, dot, hyphen and underscore, a letter or digit first.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>The roles in their order, or <see langword="null"/> if there is none, one twice, or one that no account can have.</summary>
    public static ImmutableArray<string>? Ordered(ImmutableArray<string> roles) =>
        !roles.IsDefaultOrEmpty && roles.Length <= Known.Length && roles.Distinct(StringComparer.Ordinal).Count() == roles.Length && roles.All(role => Known.Contains(role))
            ? [.. Known.Where(role => roles.Contains(role))]
            : null;

    /// <summary>Makes an account whose password somebody else chose.</summary>
    public static StaffDecision Make(StaffBook book, string name, string hash, ImmutableArray<string> roles, long nowMs)
    {
        if (!IsName(name)) return No(StaffRefusals.BadName);
        if (Ordered(roles) is not { } ordered) return No(StaffRefusals.BadRoles);
        if (book.Find(name) is not null) return No(StaffRefusals.AccountExists);
        if (book.Members.Length >= MostAccounts) return No(StaffRefusals.TooManyAccounts);
        return Yes(book.With(name, new StaffAccount(hash, ordered, nowMs, MustChange: true)));
    }

    /// <summary>Makes the first account, or gives it a new password; it has every role in any case, so that a house can be opened again.</summary>
    public static StaffDecision MakeFirst(StaffBook book, string name, string hash, bool mustChange, long nowMs) => IsName(name)
        ? Yes(book.With(name, new StaffAccount(hash, Known, Later(book.Find(name), nowMs), mustChange)))
        : No(StaffRefusals.BadName);

    /// <summary>Gives an account a password that somebody else chose.</summary>
    public static StaffDecision Reset(StaffBook book, string name, string hash, long nowMs) => book.Find(name) is { } account
        ? Yes(book.With(name, account with { PasswordHash = hash, SinceMs = Later(account, nowMs), MustChange = true }))
        : No(StaffRefusals.NoAccount);

    /// <summary>Gives an account the password its owner chose.</summary>
    public static StaffDecision ChangeOwn(StaffBook book, string name, string hash, long nowMs) => book.Find(name) is { } account
        ? Yes(book.With(name, account with { PasswordHash = hash, SinceMs = Later(account, nowMs), MustChange = false }))
        : No(StaffRefusals.NoAccount);

    /// <summary>Writes the same password under a newer hash; nothing if it is not the same any more.</summary>
    public static StaffBook Rehash(StaffBook book, string name, string oldHash, string newHash) =>
        book.Find(name) is { } account && string.Equals(account.PasswordHash, oldHash, StringComparison.Ordinal)
            ? book.With(name, account with { PasswordHash = newHash })
            : book;

    /// <summary>Gives an account other roles; the same ones change nothing and void no sign-in.</summary>
    public static StaffDecision SetRoles(StaffBook book, string name, ImmutableArray<string> roles, long nowMs)
    {
        if (book.Find(name) is not { } account) return No(StaffRefusals.NoAccount);
        if (Ordered(roles) is not { } ordered) return No(StaffRefusals.BadRoles);
        if (IsLastAdmin(book, account) && !ordered.Contains(StaffRoles.Admin)) return No(StaffRefusals.LastAdmin);
        return account.Roles.SequenceEqual(ordered, StringComparer.Ordinal) ? Yes(book) : Yes(book.With(name, account with { Roles = ordered, SinceMs = Later(account, nowMs) }));
    }

    /// <summary>Removes an account.</summary>
    public static StaffDecision Remove(StaffBook book, string name)
    {
        if (book.Find(name) is not { } account) return No(StaffRefusals.NoAccount);
        return IsLastAdmin(book, account) ? No(StaffRefusals.LastAdmin) : Yes(book.Without(name));
    }

    private static bool IsLastAdmin(StaffBook book, StaffAccount account) => account.Roles.Contains(StaffRoles.Admin) && book.Admins == 1;

    /// <summary>Grows with every change, even where the machine's clock was set back between two.</summary>
    private static long Later(StaffAccount? account, long nowMs) => Math.Max(nowMs, (account?.SinceMs ?? 0) + 1);

    private static StaffDecision Yes(StaffBook book) => new(book, null);

    private static StaffDecision No(Refusal refusal) => new(null, refusal);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,31}\z", RegexOptions.None, 100)]
    private static partial Regex NamePattern();
}

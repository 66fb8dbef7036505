using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Staff;

/// <summary>
/// One account as versions before the staff book kept it; the key is the account name, lower case. The book takes it over
/// once, at its first opening, and keeps all accounts from then on.
/// </summary>
[Alias("story.IStaffGrain")]
public interface IStaffGrain : IGrainWithStringKey
{
    /// <summary>The account, or <see langword="null"/> if there is none.</summary>
    [Alias("Account"), ForRole(StaffRoles.House)]
    Task<StaffAccount?> Account();
}

/// <summary>
/// Every staff account of a house; the key is the house's name (<c>main</c> where there is one). One grain, so that the
/// last admin cannot be lost to two changes at once. Passwords arrive here hashed, never in the clear.
/// </summary>
/// <remarks>
/// Who acts is read from the caller's pass. Every change is on record in the audit log before it is made; where that log
/// cannot be written the answer is <c>busy</c> and nothing has changed.
/// </remarks>
[Alias("story.IStaffBookGrain")]
public interface IStaffBookGrain : IGrainWithStringKey
{
    /// <summary>The account, or <see langword="null"/> if there is none.</summary>
    [Alias("Account"), ForRole(StaffRoles.House)]
    Task<StaffAccount?> Account(string name);

    /// <summary>Makes the first account with every role, or with <paramref name="reset"/> gives it a new password; false if it was there and stays as it is. Asked again with the same hash it answers as before.</summary>
    [Alias("MakeFirst"), ForRole(StaffRoles.House)]
    Task<bool> MakeFirst(string name, string passwordHash, bool reset, bool mustChange);

    /// <summary>A member of staff changed the own password. The caller has checked the old one.</summary>
    [Alias("ChangeOwn"), ForRole(StaffRoles.House)]
    Task<Outcome> ChangeOwn(string name, string passwordHash);

    /// <summary>The same password under a newer hash; nothing if the account was changed meanwhile. Signs nobody out.</summary>
    [Alias("Rehash"), ForRole(StaffRoles.House)]
    Task Rehash(string name, string oldHash, string newHash);

    /// <summary>All accounts by name, without their hashes.</summary>
    [Alias("List"), ForRole(StaffRoles.Admin)]
    Task<ImmutableArray<StaffCard>> List();

    /// <summary>Makes an account, whose password must be changed at the first sign-in. Refused with <c>bad-account</c>, <c>account-exists</c> or <c>too-many-accounts</c>.</summary>
    [Alias("Make"), ForRole(StaffRoles.Admin)]
    Task<Outcome> Make(string name, string passwordHash, ImmutableArray<string> roles, string reason);

    /// <summary>Gives an account a password that must be changed at the next sign-in. Refused with <c>no-account</c>.</summary>
    [Alias("Reset"), ForRole(StaffRoles.Admin)]
    Task<Outcome> Reset(string name, string passwordHash, string reason);

    /// <summary>Gives an account other roles. Refused with <c>no-account</c>, <c>bad-account</c> or <c>last-admin</c>.</summary>
    [Alias("SetRoles"), ForRole(StaffRoles.Admin)]
    Task<Outcome> SetRoles(string name, ImmutableArray<string> roles, string reason);

    /// <summary>Removes an account. Refused with <c>no-account</c> or <c>last-admin</c>.</summary>
    [Alias("Remove"), ForRole(StaffRoles.Admin)]
    Task<Outcome> Remove(string name, string reason);
}

/// <summary>A staff account.</summary>
/// <param name="PasswordHash">As the framework's password hasher writes it.</param>
/// <param name="Roles">Of <see cref="StaffRoles"/>, in their order.</param>
/// <param name="SinceMs">Since when it stands as it is, UTC milliseconds; sign-ins from before a change are void.</param>
/// <param name="MustChange">Whether the password was given by somebody else and must be changed at the next sign-in.</param>
[GenerateSerializer, Immutable, Alias("story.StaffAccount")]
public sealed record StaffAccount(
    [property: Id(0)] string PasswordHash,
    [property: Id(1)] ImmutableArray<string> Roles,
    [property: Id(2)] long SinceMs = 0,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MustChange = false);

/// <summary>An account with its name, as the staff book keeps it.</summary>
/// <param name="Name">Lower case, 1–32 characters.</param>
/// <param name="Account">The account.</param>
[GenerateSerializer, Immutable, Alias("story.StaffMember")]
public sealed record StaffMember([property: Id(0)] string Name, [property: Id(1)] StaffAccount Account);

/// <summary>An account as admins see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="SinceMs">When it was last changed, UTC milliseconds.</param>
/// <param name="MustChange">Whether it has not been signed in to since somebody else chose its password.</param>
[GenerateSerializer, Immutable, Alias("story.StaffCard")]
public sealed record StaffCard(
    [property: Id(0)] string Name,
    [property: Id(1)] ImmutableArray<string> Roles,
    [property: Id(2)] long SinceMs,
    [property: Id(3)] bool MustChange);

using System.Collections.Immutable;

namespace Orleans.Story.Contracts.Staff;

/// <summary>A staff account; the key is the account name, lower case. Passwords arrive here hashed, never in the clear.</summary>
[Alias("story.IStaffGrain")]
public interface IStaffGrain : IGrainWithStringKey
{
    /// <summary>The account, or <see langword="null"/> if there is none.</summary>
    [Alias("Account")]
    Task<StaffAccount?> Account();

    /// <summary>Creates or replaces the account.</summary>
    [Alias("Keep")]
    Task Keep(StaffAccount account);
}

/// <summary>A staff account.</summary>
/// <param name="PasswordHash">As the framework's password hasher writes it.</param>
/// <param name="Roles"><c>operator</c>, <c>director</c>, <c>admin</c>.</param>
[GenerateSerializer, Immutable, Alias("story.StaffAccount")]
public sealed record StaffAccount(
    [property: Id(0)] string PasswordHash,
    [property: Id(1)] ImmutableArray<string> Roles);

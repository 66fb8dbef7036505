namespace Orleans.Story.Contracts.Staff;

/// <summary>What a member of staff may do. An account has one or more of the first three.</summary>
public static class StaffRoles
{
    /// <summary>Runs the hall.</summary>
    public const string Operator = "operator";

    /// <summary>Steers the story.</summary>
    public const string Director = "director";

    /// <summary>Keeps accounts and reads the audit log.</summary>
    public const string Admin = "admin";

    /// <summary>The program itself: its demo, its opening, one grain to another. No account ever has it.</summary>
    public const string House = "house";
}

/// <summary>
/// Who may call a grain's method: a caller whose pass has one of the roles. Methods without it ask for no pass. The check
/// is an incoming call filter's, so it holds whoever sends the call.
/// </summary>
/// <param name="roles">One of <see cref="StaffRoles"/>, or several of which one is enough.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForRoleAttribute(params string[] roles) : Attribute
{
    /// <summary>The roles of which one is needed.</summary>
    public IReadOnlyList<string> Roles => roles;
}

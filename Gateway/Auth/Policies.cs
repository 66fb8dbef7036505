using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>Names of authentication schemes, policies and roles.</summary>
internal static class Policies
{
    /// <summary>Scheme: a viewer or wall ticket on a hub.</summary>
    public const string TicketScheme = "Ticket";

    /// <summary>Scheme: the staff cookie.</summary>
    public const string StaffScheme = "Staff";

    /// <summary>Scheme: the read token of the house.</summary>
    public const string HouseScheme = "House";

    /// <summary>Policy: may look at the house: signed in, or with its read token.</summary>
    public const string House = "house";

    /// <summary>Policy: holds a viewer ticket.</summary>
    public const string Viewer = "viewer";

    /// <summary>Policy: holds a wall ticket.</summary>
    public const string Wall = "wall";

    /// <summary>Policy: signed in, even with a password that must be changed before anything else.</summary>
    public const string Account = "account";

    /// <summary>Policy: signed in, whatever the role.</summary>
    public const string Staff = "staff";

    /// <summary>Policy and role: runs the hall.</summary>
    public const string Operator = StaffRoles.Operator;

    /// <summary>Policy and role: steers the story.</summary>
    public const string Director = StaffRoles.Director;

    /// <summary>Policy and role: keeps accounts and reads the audit log.</summary>
    public const string Admin = StaffRoles.Admin;
}

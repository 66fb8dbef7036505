namespace Orleans.Story.Gateway.Auth;

/// <summary>Names of authentication schemes, policies and roles.</summary>
internal static class Policies
{
    /// <summary>Scheme: a viewer or wall ticket on a hub.</summary>
    public const string TicketScheme = "Ticket";

    /// <summary>Scheme: the staff cookie.</summary>
    public const string StaffScheme = "Staff";

    /// <summary>Policy: holds a viewer ticket.</summary>
    public const string Viewer = "viewer";

    /// <summary>Policy: holds a wall ticket.</summary>
    public const string Wall = "wall";

    /// <summary>Policy: signed in, whatever the role.</summary>
    public const string Staff = "staff";

    /// <summary>Policy and role: runs the hall.</summary>
    public const string Operator = "operator";

    /// <summary>Policy and role: steers the story.</summary>
    public const string Director = "director";

    /// <summary>Role: keeps accounts.</summary>
    public const string Admin = "admin";
}

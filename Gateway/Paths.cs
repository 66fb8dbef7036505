using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway;

/// <summary>Where things are.</summary>
internal static class Paths
{
    /// <summary>Phones.</summary>
    public const string AudienceHub = "/hubs/audience";

    /// <summary>Big screens.</summary>
    public const string WallHub = "/hubs/wall";

    /// <summary>The operator's console.</summary>
    public const string ConsoleHub = "/hubs/console";

    /// <summary>All hubs.</summary>
    public const string Hubs = "/hubs";

    /// <summary>All screenings of this hall, for staff and for other halls.</summary>
    public const string House = "/api/house";

    /// <summary>Orleans's dashboard, where a cluster has it.</summary>
    public const string Dashboard = "/orleans";

    /// <summary>REST.</summary>
    public const string Api = "/api";

    /// <summary>Whether a path is one that a viewer asks with a ticket, <c>/api/sessions/{id}/story</c> or <c>/aside</c>, and of which session.</summary>
    public static bool IsForViewers(PathString path, out SessionId session)
    {
        session = default;
        return path.StartsWithSegments("/api/sessions", StringComparison.Ordinal, out var rest)
            && rest.Value?.Split('/') is ["", var id, "story" or "aside"]
            && SessionId.TryParse(id, out session);
    }
}

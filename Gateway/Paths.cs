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

    /// <summary>REST.</summary>
    public const string Api = "/api";
}

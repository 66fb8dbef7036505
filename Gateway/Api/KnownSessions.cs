using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Api;

/// <summary>Asks the hall before anything asks a session.</summary>
internal static class KnownSessions
{
    /// <summary>
    /// Whether the hall has the session. To ask the session itself would bring a grain to life for any id that anybody makes
    /// up, and keep it for minutes. Unlike <see cref="Playbill"/> it never answers from an old list: an operator asks for the
    /// picture and the ticket of a session in the moment it is scheduled.
    /// </summary>
    public static async Task<bool> Knows(this IClusterClient cluster, SessionId session) =>
        (await cluster.Hall().Sessions()).Any(known => known.Session == session);
}

using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Journal;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What is particular about a session that was only rehearsed.</summary>
public static class RehearsalRules
{
    /// <summary>Whether a session that began with this event is a rehearsal, of which nothing is kept. What cannot be read is none.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="format">Its shape.</param>
    /// <param name="body">Its body.</param>
    public static bool Began(string type, int format, ReadOnlySpan<byte> body)
    {
        try
        {
            return EventCodecs.Session.Read(type, format, body) is SessionCreated { Terms.Rehearsal: true };
        }
        catch (UnreadableEventException)
        {
            return false;
        }
    }
}

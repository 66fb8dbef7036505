using Orleans.Story.Contracts.Staff;

namespace Orleans.Story.Rules.Staff;

/// <summary>Which entries of the audit log a reader asked for.</summary>
public static class AuditReading
{
    /// <summary>Entries a page has at most.</summary>
    public const int MostRows = 500;

    /// <summary>Entries looked at for one page: a filter that fits nothing costs so much and no more.</summary>
    public const int MostLookedAt = 4096;

    /// <summary>Whether the entry is by or about whom, and about which session, the query says.</summary>
    public static bool Fits(AuditQuery query, AuditEntry entry) =>
        (query.Person is not { } person || string.Equals(entry.By, person, StringComparison.Ordinal) || string.Equals(entry.About, person, StringComparison.Ordinal))
        && (query.Session is not { } session || entry.Session == session);
}

namespace Orleans.Story.Storage.Tables;

/// <summary>How a seat would have the story go on. Events refer to it by id; its words are in the journal only once they are an option.</summary>
/// <param name="Id">Chosen by the caller (UUIDv7); adding the same id again changes nothing.</param>
/// <param name="Session">The session.</param>
/// <param name="Seat">The seat that suggested it.</param>
/// <param name="Beat">The beat after which the story would go on so, its ordinal.</param>
/// <param name="Text">1–2,000 characters.</param>
/// <param name="AtUtcMs">When, milliseconds since 1970 UTC, by the session's clock.</param>
public sealed record SuggestionRow(Guid Id, Guid Session, int Seat, int Beat, string Text, long AtUtcMs);

/// <summary>Suggestions of all sessions; they live and die with their seat's row.</summary>
public interface ISuggestionTable
{
    /// <summary>Keeps a suggestion; false when the seat has no row in this session (its viewer was erased).</summary>
    ValueTask<bool> AddAsync(SuggestionRow suggestion, CancellationToken ct = default);

    /// <summary>The suggestions of a session, oldest first.</summary>
    ValueTask<IReadOnlyList<SuggestionRow>> ReadAsync(Guid session, CancellationToken ct = default);

    /// <summary>Erases a session's suggestions for all beats before one; returns how many there were.</summary>
    ValueTask<int> EraseBeforeAsync(Guid session, int beat, CancellationToken ct = default);
}

namespace Orleans.Story.Storage.Tables;

/// <summary>What a seat said. Events refer to it by id and never carry the text.</summary>
/// <param name="Id">Chosen by the caller (UUIDv7); adding the same id again changes nothing.</param>
/// <param name="Session">The session.</param>
/// <param name="Seat">The seat that said it.</param>
/// <param name="Text">1–2,000 characters.</param>
/// <param name="AtUtcMs">When, milliseconds since 1970 UTC, by the session's clock.</param>
public sealed record RemarkRow(Guid Id, Guid Session, int Seat, string Text, long AtUtcMs);

/// <summary>Remarks of all sessions; they live and die with their seat's row.</summary>
public interface IRemarkTable
{
    /// <summary>Keeps a remark; false when the seat has no row in this session (its viewer was erased).</summary>
    ValueTask<bool> AddAsync(RemarkRow remark, CancellationToken ct = default);

    /// <summary>The remarks of a session, oldest first.</summary>
    ValueTask<IReadOnlyList<RemarkRow>> ReadAsync(Guid session, CancellationToken ct = default);

    /// <summary>Erases some remarks of a session; returns how many there were.</summary>
    ValueTask<int> EraseAsync(Guid session, IReadOnlyCollection<Guid> remarks, CancellationToken ct = default);

    /// <summary>Erases what one seat said; returns how many remarks went.</summary>
    ValueTask<int> EraseBySeatAsync(Guid session, int seat, CancellationToken ct = default);
}

namespace Orleans.Story.Storage.Tables;

/// <summary>Who sits where in one session; the only place where a seat and a viewer meet.</summary>
/// <param name="Seat">The viewer's number in the session.</param>
/// <param name="Viewer">The viewer's id.</param>
public sealed record SeatRow(int Seat, Guid Viewer);

/// <summary>
/// Seats of all sessions. Personal data, therefore not in the journal: erasing rows here leaves every show replayable.
/// Writes throw <see cref="Journal.JournalUnavailableException"/> when the queue is full or the database fails.
/// </summary>
public interface ISeatTable
{
    /// <summary>The seats taken in a session, by number.</summary>
    ValueTask<IReadOnlyList<SeatRow>> ReadAsync(Guid session, CancellationToken ct = default);

    /// <summary>The sessions a viewer has a seat in.</summary>
    ValueTask<IReadOnlyList<Guid>> SessionsOfAsync(Guid viewer, CancellationToken ct = default);

    /// <summary>Takes a seat; false when the seat or the viewer already has a row in this session.</summary>
    ValueTask<bool> TakeAsync(Guid session, int seat, Guid viewer, CancellationToken ct = default);

    /// <summary>Parts a seat from its viewer, whose remarks and suggestions from it go too; false when nobody had it.</summary>
    ValueTask<bool> FreeAsync(Guid session, int seat, CancellationToken ct = default);

    /// <summary>
    /// Erases a viewer: the seats in all sessions, and every remark and suggestion made from them. Returns how many rows went, theirs included.
    /// </summary>
    ValueTask<int> EraseViewerAsync(Guid viewer, CancellationToken ct = default);
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>Who sits where. The table is the truth; this is its copy in the session's hands.</summary>
/// <param name="table">The table.</param>
/// <param name="session">The session.</param>
internal sealed class SessionSeats(ISeatTable table, Guid session)
{
    private readonly Dictionary<Guid, int> byViewer = [];
    private int highest;

    /// <summary>Seats taken.</summary>
    internal int Count => byViewer.Count;

    /// <summary>Reads what is taken.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        byViewer.Clear();
        highest = 0;
        foreach (var row in await table.ReadAsync(session, cancellationToken))
        {
            byViewer[row.Viewer] = row.Seat;
            highest = Math.Max(highest, row.Seat);
        }
    }

    /// <summary>The viewer's seat, the same one each time; a new one is on disk before the answer.</summary>
    internal async Task<Seating> TakeAsync(ViewerId viewer, int capacity)
    {
        // A second try follows a row that another activation wrote; a third would mean the table contradicts itself.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (byViewer.TryGetValue(viewer.Value, out var seat)) return new Seating(seat, null);
            if (highest >= capacity) return new Seating(0, Refusals.Full);
            var next = highest + 1;
            if (await table.TakeAsync(session, next, viewer.Value))
            {
                byViewer[viewer.Value] = next;
                highest = next;
                return new Seating(next, null);
            }

            await LoadAsync(CancellationToken.None);
        }

        return new Seating(0, Refusals.Busy);
    }
}

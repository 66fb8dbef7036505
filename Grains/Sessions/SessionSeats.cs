using System.Collections.Immutable;
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
    private Dictionary<string, int>? byCode;
    private int highest;

    /// <summary>Seats taken.</summary>
    internal int Count => byViewer.Count;

    /// <summary>The seats taken, ascending.</summary>
    internal ImmutableArray<int> Taken => [.. byViewer.Values.Order()];

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

    /// <summary>
    /// The seat whose code this is, for the first device that brings it and that device alone. A device that has a seat
    /// keeps it, whatever code it brings.
    /// </summary>
    internal async Task<Seating> TakeAsync(ViewerId viewer, SessionTerms terms, string? code)
    {
        if (byViewer.TryGetValue(viewer.Value, out var own)) return new Seating(own, null);
        if (code is null) return new Seating(0, Refusals.SeatCode);
        byCode ??= Enumerable.Range(1, terms.Capacity).ToDictionary(seat => SeatCodes.Part(terms.Secret!, seat), StringComparer.Ordinal);
        if (!byCode.TryGetValue(code, out var wanted)) return new Seating(0, Refusals.UnknownSeatCode);
        if (byViewer.ContainsValue(wanted)) return new Seating(0, Refusals.SeatTaken);
        if (await table.TakeAsync(session, wanted, viewer.Value))
        {
            byViewer[viewer.Value] = wanted;
            return new Seating(wanted, null);
        }

        await LoadAsync(CancellationToken.None);
        return byViewer.TryGetValue(viewer.Value, out own) ? new Seating(own, null) : new Seating(0, Refusals.SeatTaken);
    }

    /// <summary>Parts a seat from its viewer.</summary>
    internal async Task FreeAsync(int seat)
    {
        await table.FreeAsync(session, seat);
        foreach (var viewer in byViewer.Where(taken => taken.Value == seat).Select(taken => taken.Key).ToList()) byViewer.Remove(viewer);
    }

    /// <summary>The viewer's seat, the same one each time; a new one is on disk before the answer.</summary>
    internal async Task<Seating> TakeAsync(ViewerId viewer, int capacity)
    {
        // A second try follows a row that another activation wrote; a third would mean the table contradicts itself.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (byViewer.TryGetValue(viewer.Value, out var seat)) return new Seating(seat, null);
            // Numbers are given in order; one that the staff freed is given again once there are no others.
            var next = highest < capacity ? highest + 1 : Enumerable.Range(1, capacity).FirstOrDefault(free => !byViewer.ContainsValue(free));
            if (next == 0) return new Seating(0, Refusals.Full);
            if (await table.TakeAsync(session, next, viewer.Value))
            {
                byViewer[viewer.Value] = next;
                highest = Math.Max(highest, next);
                return new Seating(next, null);
            }

            await LoadAsync(CancellationToken.None);
        }

        return new Seating(0, Refusals.Busy);
    }
}

using System.Collections.Frozen;
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
    private readonly Dictionary<int, Guid> bySeat = [];

    /// <summary>Seats up to <see cref="highest"/> that nobody has.</summary>
    private readonly SortedSet<int> gaps = [];
    private FrozenDictionary<string, int>? byCode;
    private int highest;

    /// <summary>Seats taken.</summary>
    internal int Count => bySeat.Count;

    /// <summary>The seats taken, ascending.</summary>
    internal ImmutableArray<int> Taken => [.. bySeat.Keys.Order()];

    /// <summary>The viewer's seat, or <see langword="null"/>.</summary>
    internal int? Of(ViewerId viewer) => byViewer.TryGetValue(viewer.Value, out var seat) ? seat : null;

    /// <summary>Reads what is taken.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await table.ReadAsync(session, cancellationToken);
        byViewer.Clear();
        bySeat.Clear();
        gaps.Clear();
        highest = 0;
        foreach (var row in rows) Note(row.Seat, row.Viewer);
    }

    /// <summary>
    /// The viewer's seat, the same one each time whatever code is brought. A new one is on disk before the answer: where
    /// seats have codes the one whose code this is, for the first device that brings it; elsewhere the next that is free.
    /// A banned seat is given to nobody.
    /// </summary>
    internal async Task<Seating> TakeAsync(ViewerId viewer, SessionTerms terms, string? code, ImmutableSortedSet<int> banned)
    {
        // A second try follows a row that another activation wrote; a third would mean the table contradicts itself.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (Of(viewer) is { } own) return banned.Contains(own) ? Not(Refusals.Banned) : new Seating(own, null);
            var wanted = terms.Entry == Entry.SeatCode ? WithCode(terms, code) : new Seating(Next(terms.Capacity, banned), null);
            if (wanted.Refusal is not null) return wanted;
            if (wanted.Seat == 0) return Not(Refusals.Full);
            if (banned.Contains(wanted.Seat)) return Not(Refusals.Banned);
            if (await table.TakeAsync(session, wanted.Seat, viewer.Value))
            {
                Note(wanted.Seat, viewer.Value);
                return wanted;
            }

            await LoadAsync(CancellationToken.None);
        }

        return Not(Refusals.Busy);
    }

    /// <summary>Parts a seat from its viewer.</summary>
    internal async Task FreeAsync(int seat)
    {
        await table.FreeAsync(session, seat);
        if (!bySeat.Remove(seat, out var viewer)) return;
        byViewer.Remove(viewer);
        gaps.Add(seat);
    }

    private static Seating Not(Refusal refusal) => new(0, refusal);

    private Seating WithCode(SessionTerms terms, string? code)
    {
        if (code is null) return Not(Refusals.SeatCode);
        byCode ??= SeatCodes.Parts(terms.Secret!, terms.Capacity)
            .Select((part, index) => KeyValuePair.Create(part, index + 1)).ToFrozenDictionary(StringComparer.Ordinal);
        if (!byCode.TryGetValue(code, out var seat)) return Not(Refusals.UnknownSeatCode);
        return bySeat.ContainsKey(seat) ? Not(Refusals.SeatTaken) : new Seating(seat, null);
    }

    /// <summary>Numbers are given in order; one that was freed is given again once there are no others. 0 when there is none.</summary>
    private int Next(int capacity, ImmutableSortedSet<int> banned)
    {
        for (var seat = highest + 1; seat <= capacity; seat++)
        {
            if (!banned.Contains(seat)) return seat;
        }

        return gaps.FirstOrDefault(seat => !banned.Contains(seat));
    }

    private void Note(int seat, Guid viewer)
    {
        byViewer[viewer] = seat;
        bySeat[seat] = viewer;
        gaps.Remove(seat);
        for (; highest < seat; highest++)
        {
            if (highest + 1 != seat) gaps.Add(highest + 1);
        }
    }
}

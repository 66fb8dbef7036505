using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>
/// What seats wrote. The table is the truth; this is its copy in the session's hands. It holds what waits (bounded by the
/// rules) and what was decided about, which is bounded by how fast people read.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="session">The session.</param>
internal sealed class SessionRemarks(IRemarkTable table, Guid session)
{
    /// <summary>Most remarks that one look at the queue brings: more than anybody reads before the next.</summary>
    private const int MostListed = 50;

    private readonly Dictionary<Guid, RemarkRow> rows = [];
    private readonly Dictionary<int, long> lastBySeat = [];

    /// <summary>Reads what there is.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        rows.Clear();
        lastBySeat.Clear();
        foreach (var row in await table.ReadAsync(session, cancellationToken)) Note(row);
    }

    /// <summary>When a seat sent its last, UTC milliseconds; 0 for never.</summary>
    internal long Last(int seat) => lastBySeat.GetValueOrDefault(seat);

    /// <summary>How many wait for a yes or a no.</summary>
    internal int Waiting(SessionState state, long nowMs) => rows.Values.Count(row => Waits(state, row, nowMs));

    /// <summary>A remark of this seat in the same words that waits already, or <see langword="null"/>: its answer was lost.</summary>
    internal RemarkRow? Same(SessionState state, int seat, string words, long nowMs) =>
        rows.Values.FirstOrDefault(row => row.Seat == seat && string.Equals(row.Text, words, StringComparison.Ordinal) && Waits(state, row, nowMs));

    /// <summary>Whether a remark's words are at hand and anybody is to read them.</summary>
    internal bool IsThere(SessionState state, Guid remark) => rows.TryGetValue(remark, out var row) && RemarkRules.MayBeRead(state, row.Seat);

    /// <summary>Keeps a remark; false when nobody has the seat any more.</summary>
    internal async Task<bool> AddAsync(RemarkRow row)
    {
        if (!await table.AddAsync(row)) return false;
        Note(row);
        return true;
    }

    /// <summary>A seat was parted from its viewer, and what it wrote went with its row.</summary>
    internal void Forget(int seat)
    {
        foreach (var row in rows.Values.Where(row => row.Seat == seat).ToList()) rows.Remove(row.Id);
        lastBySeat.Remove(seat);
    }

    /// <summary>The show is over: what was never on the wall is nobody's to read any more.</summary>
    internal async Task EraseUnreadAsync(SessionState state)
    {
        var unread = rows.Keys.Where(id => !state.House.Shown.Contains(id)).ToList();
        if (unread.Count == 0) return;
        await table.EraseAsync(session, unread);
        foreach (var id in unread) rows.Remove(id);
    }

    /// <summary>What stands on the wall.</summary>
    internal StageRemark? OnWall(SessionState state, long nowMs) =>
        RemarkRules.Visible(state, nowMs) is { } shown && IsThere(state, shown.Id)
            ? new StageRemark(shown.Id, rows[shown.Id].Text, shown.AtMs, shown.UntilMs)
            : null;

    /// <summary>What somebody still has to do with.</summary>
    internal RemarkQueue Queue(SessionState state, long nowMs)
    {
        var approved = state.House.Approved.Where(id => IsThere(state, id)).Select(id => Held(rows[id], RemarkStanding.Approved)).ToList();
        var waiting = rows.Values.Where(row => Waits(state, row, nowMs)).OrderBy(row => row.AtUtcMs).ThenBy(row => row.Id).ToList();
        var shown = OnWall(state, nowMs) is { } on ? [Held(rows[on.Id], RemarkStanding.Shown)] : Array.Empty<HeldRemark>();
        return new RemarkQueue(
            waiting.Count, approved.Count, [.. shown, .. approved, .. waiting.Take(MostListed).Select(row => Held(row, RemarkStanding.Waiting))]);
    }

    private static bool Waits(SessionState state, RemarkRow row, long nowMs) => RemarkRules.Waits(state, row.Id, row.Seat, row.AtUtcMs, nowMs);

    private static HeldRemark Held(RemarkRow row, RemarkStanding standing) => new(row.Id, row.Seat, row.Text, row.AtUtcMs, standing);

    private void Note(RemarkRow row)
    {
        rows[row.Id] = row;
        lastBySeat[row.Seat] = Math.Max(row.AtUtcMs, lastBySeat.GetValueOrDefault(row.Seat));
    }
}

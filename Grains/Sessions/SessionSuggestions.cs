using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Suggestions;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>
/// What seats suggested for the beat on the wall. The table is the truth; this is its copy in the session's hands, bounded
/// by the rules: what was suggested for a beat that is over is dropped here and there.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="session">The session.</param>
internal sealed class SessionSuggestions(ISuggestionTable table, Guid session)
{
    /// <summary>Wordings of a group that staff see.</summary>
    private const int MostSaid = 6;

    private readonly Dictionary<Guid, (int Beat, Suggestion Said)> rows = [];

    /// <summary>The groups as last made, and what they were made from.</summary>
    private (int Rows, SessionState State, ImmutableArray<SuggestionGroup> Groups)? made;
    private int version;

    /// <summary>Reads what there is.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        rows.Clear();
        version++;
        foreach (var row in await table.ReadAsync(session, cancellationToken)) Note(row);
    }

    /// <summary>Suggestions for the present beat.</summary>
    internal int Count(SessionState state) => rows.Values.Count(row => row.Beat == state.Ordinal);

    /// <summary>Those of them that are a seat's.</summary>
    internal int Count(SessionState state, int seat) => rows.Values.Count(row => row.Beat == state.Ordinal && row.Said.Seat == seat);

    /// <summary>When a seat sent its last, UTC milliseconds; 0 for never.</summary>
    internal long Last(int seat) => rows.Values.Where(row => row.Said.Seat == seat).Select(row => row.Said.AtMs).DefaultIfEmpty(0).Max();

    /// <summary>A suggestion of this seat for the present beat in the same words, or <see langword="null"/>: its answer was lost.</summary>
    internal Suggestion? Same(SessionState state, int seat, string words) => rows.Values
        .Where(row => row.Beat == state.Ordinal && row.Said.Seat == seat && string.Equals(row.Said.Words, words, StringComparison.Ordinal))
        .Select(row => row.Said).FirstOrDefault();

    /// <summary>Whether a suggestion joins a group, or there is room for another.</summary>
    internal bool Joins(SessionState state, string words)
    {
        if (Count(state) < SuggestionGroups.Most) return true;
        var groups = Groups(state);
        var like = LikeWords.Of(words);
        return groups.Length < SuggestionGroups.Most || groups.Any(group => LikeWords.AreAlike(group.Center.Like, like));
    }

    /// <summary>Keeps a suggestion; false when nobody has the seat any more.</summary>
    internal async Task<bool> AddAsync(SuggestionRow row)
    {
        if (!await table.AddAsync(row)) return false;
        Note(row);
        return true;
    }

    /// <summary>A seat was parted from its viewer, and what it suggested went with its row.</summary>
    internal void Forget(int seat)
    {
        foreach (var id in rows.Where(row => row.Value.Said.Seat == seat).Select(row => row.Key).ToList()) rows.Remove(id);
        version++;
    }

    /// <summary>What was suggested for beats that are over is nobody's to read any more.</summary>
    internal async Task EraseSpentAsync(SessionState state)
    {
        // While a card is up the house may still go back to the beat before it.
        var before = state.Phase == SessionPhase.Ended ? int.MaxValue : state.Aired.IsEmpty ? state.Ordinal - 1 : state.Ordinal;
        if (!rows.Values.Any(row => row.Beat < before)) return;
        await table.EraseBeforeAsync(session, before);
        foreach (var id in rows.Where(row => row.Value.Beat < before).Select(row => row.Key).ToList()) rows.Remove(id);
        version++;
    }

    /// <summary>The suggestions for the present beat that anybody may read, by likeness.</summary>
    internal ImmutableArray<SuggestionGroup> Groups(SessionState state)
    {
        if (made is { } last && last.Rows == version && last.State.Ordinal == state.Ordinal && last.State.Turns == state.Turns
            && last.State.House.Muted == state.House.Muted && last.State.Banned == state.Banned) return last.Groups;
        var groups = SuggestionGroups.Of(
            [.. rows.Values.Where(row => row.Beat == state.Ordinal && RemarkRules.MayBeRead(state, row.Said.Seat)).Select(row => row.Said)],
            state.Turns.Decided);
        made = (version, state, groups);
        return groups;
    }

    /// <summary>The words of the suggestion that becomes an option, or <see langword="null"/> when they are gone or may not be read.</summary>
    internal TurnWords? Next(SessionState state)
    {
        if (state.Turns.Next is not { } next || Groups(state).FirstOrDefault(group => group.Center.Id == next.Id) is not { } group) return null;
        var words = state.Turns.Yes(next.Id)?.Words;
        return new TurnWords(SuggestionWords.Label(words ?? group.Center.Words, state.Terms!.WallLanguages), group.Seats, words is not null);
    }

    /// <summary>Whether a suggestion's words are at hand and anybody is to read them.</summary>
    internal bool IsThere(SessionState state, Guid id) =>
        rows.TryGetValue(id, out var row) && row.Beat == state.Ordinal && RemarkRules.MayBeRead(state, row.Said.Seat);

    /// <summary>What became of a seat's newest suggestion for the present beat.</summary>
    internal OwnSuggestion? Own(SessionState state, int seat)
    {
        if (rows.Values.Where(row => row.Beat == state.Ordinal && row.Said.Seat == seat).Select(row => row.Said).MaxBy(said => said.AtMs) is not { } own) return null;
        var group = Groups(state).FirstOrDefault(one => one.Members.Any(member => member.Id == own.Id));
        var offered = state.Turns.Offered is { } turn && group?.Center.Id == turn.Id ? turn.Turn : null;
        // A no looks like any other that was not taken: nobody learns who was told no.
        var standing = offered is not null ? SuggestionStanding.OnWall
            : state.Round is not null || state.Again is not null ? SuggestionStanding.NotTaken
            : SuggestionStanding.Waiting;
        return new OwnSuggestion(own.Id, own.Words, standing, Math.Max(0, (group?.Seats ?? 1) - 1), offered?.Option);
    }

    /// <summary>Groups that wait for a yes or a no.</summary>
    internal int Waiting(SessionState state) =>
        TurnRules.IsOpen(state) ? Groups(state).Count(group => Standing(state, group) == TurnStanding.Waiting) : 0;

    /// <summary>What staff see.</summary>
    internal TurnQueue Queue(SessionState state, Film film, long nowMs)
    {
        var groups = Groups(state)
            .Select(group => (Group: group, Standing: Standing(state, group)))
            .OrderBy(one => one.Standing switch { TurnStanding.Offered or TurnStanding.Chosen => 0, TurnStanding.Rejected => 2, _ => 1 })
            .ThenByDescending(one => one.Group.Seats).ThenBy(one => one.Group.AtMs)
            .Take(SuggestionGroups.Most);
        return new TurnQueue(state.Ordinal, TurnRules.IsOpen(state), Waiting(state), [.. groups.Select(one => GroupOf(state, film, one.Group, one.Standing, nowMs))]);
    }

    private static TurnStanding Standing(SessionState state, SuggestionGroup group)
    {
        var (turns, id) = (state.Turns, group.Center.Id);
        return turns.Offered?.Id == id ? TurnStanding.Offered
            : turns.Next?.Id == id ? TurnStanding.Chosen
            : turns.Yes(id) is not null ? TurnStanding.Approved
            : turns.Rejected.Contains(id) ? TurnStanding.Rejected
            : TurnStanding.Waiting;
    }

    private static TurnGroup GroupOf(SessionState state, Film film, SuggestionGroup group, TurnStanding standing, long nowMs)
    {
        var reworded = state.Turns.Yes(group.Center.Id)?.Words;
        var road = TurnRules.IsOpen(state) ? TurnRules.Road(state, film, group.Center, nowMs) : null;
        return new TurnGroup(
            group.Center.Id, reworded ?? group.Center.Words, reworded is not null, group.Seats, group.AtMs, standing, TurnRules.IsOption(state, group.Center),
            road is null ? null : StageView.Road(road, film),
            [.. group.Members.Take(MostSaid).Select(member => new HeldSuggestion(member.Seat, member.Words))]);
    }

    private void Note(SuggestionRow row)
    {
        rows[row.Id] = (row.Beat, new Suggestion(row.Id, row.Seat, row.Text, row.AtUtcMs));
        version++;
    }
}

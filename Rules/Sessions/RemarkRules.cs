using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// Whose remark is taken, who decides about it, and when it goes on the wall. A remark reaches nobody without a person's
/// yes. The session's record has ids and decisions; the words are in a table, so that a viewer can be forgotten.
/// </summary>
public static class RemarkRules
{
    /// <summary>Between two remarks of a seat, milliseconds.</summary>
    public const long PaceMs = 20_000;

    /// <summary>Remarks that may wait for a yes or a no; a further one is refused with <c>later</c>.</summary>
    public const int MostWaiting = 200;

    /// <summary>How long a remark waits, milliseconds: what was said ten minutes ago was said of another scene. It leaves the queue unread.</summary>
    public const long WaitsMs = 600_000;

    /// <summary>Approved remarks that may wait for the wall, about three minutes of it; a further yes is refused with <c>wall-full</c>.</summary>
    public const int MostApproved = 20;

    /// <summary>How long a remark is on the wall, milliseconds.</summary>
    public const int ShowsMs = 8_000;

    /// <summary>The wall's breath between two remarks, milliseconds.</summary>
    public const long PauseMs = 1_500;

    /// <summary>A remark that would be cut off sooner than this by the vote waits until after it, milliseconds.</summary>
    public const long LeastMs = 4_000;

    /// <summary>How soon to look again when the show waits for a wall, milliseconds.</summary>
    public const long LookAgainMs = 1_000;

    /// <summary>Why a seat's remark is not taken, or <see langword="null"/>.</summary>
    /// <param name="state">The session.</param>
    /// <param name="seat">The seat.</param>
    /// <param name="sitting">The sitting of the ticket.</param>
    /// <param name="words">The remark, cleaned; <see langword="null"/> if nothing was left or too much.</param>
    /// <param name="waiting">Remarks that wait.</param>
    /// <param name="lastMs">When the seat sent its last, UTC milliseconds; 0 for never.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public static Refusal? Refuses(SessionState state, int seat, int sitting, string? words, int waiting, long lastMs, long nowMs)
    {
        if (state.Terms is null) return Refusals.NoSession;
        if (state.Phase == SessionPhase.Ended) return Refusals.Ended;
        if (Sittings.Over(state.Sittings, seat, sitting) is { } over) return over;
        if (state.Banned.Contains(seat)) return Refusals.Banned;
        if (!state.House.Remarks) return RemarkRefusals.Off;
        if (state.House.Muted.Contains(seat)) return RemarkRefusals.Muted;
        if (!IsTime(state)) return RemarkRefusals.NotNow;
        if (words is null) return RemarkRefusals.BadRemark;
        if (lastMs > 0 && nowMs < lastMs + PaceMs) return RemarkRefusals.TooSoon;
        return waiting >= MostWaiting ? RemarkRefusals.Later : null;
    }

    /// <summary>Whether remarks are written and shown: in the lobby, and while a beat is told. Never during a vote or its card.</summary>
    public static bool IsTime(SessionState state) =>
        state.Phase == SessionPhase.Lobby || (state.Phase == SessionPhase.Playing && state.Round is null && !state.Aired.IsEmpty);

    /// <summary>The same, as far as a stage tells.</summary>
    public static bool IsTime(Stage stage) =>
        stage.Phase == SessionPhase.Lobby || (stage.Phase == SessionPhase.Playing && stage.Round is null && stage.Beat is not null);

    /// <summary>Whether a remark that came at some time still waits to be decided about.</summary>
    public static bool Waits(SessionState state, Guid remark, int seat, long atMs, long nowMs) =>
        state.House.Undecided(remark) && nowMs < atMs + WaitsMs && MayBeRead(state, seat);

    /// <summary>Whether anybody is to read this seat: what a muted or banned seat wrote before is out of sight, too.</summary>
    public static bool MayBeRead(SessionState state, int seat) => !state.House.Muted.Contains(seat) && !state.Banned.Contains(seat);

    /// <summary>A decision about a remark that is there. The same once more changes nothing.</summary>
    public static SessionDecision Judge(SessionState state, JudgeRemark judgement, long nowMs)
    {
        if (state.Terms is null) return SessionDecision.Not(Refusals.NoSession);
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        var (house, id) = (state.House, judgement.Id);
        switch (judgement.Verdict)
        {
            case RemarkVerdict.Approve:
                if (house.Approved.Contains(id) || house.Shown.Contains(id)) return SessionDecision.Nothing;
                if (!house.Remarks) return SessionDecision.Not(RemarkRefusals.Off);
                return house.Approved.Length >= MostApproved
                    ? SessionDecision.Not(RemarkRefusals.WallFull)
                    : SessionDecision.Of(new RemarkApproved(id, judgement.By, nowMs));
            case RemarkVerdict.Reject:
                if (house.Rejected.Contains(id)) return SessionDecision.Nothing;
                return house.Shown.Contains(id) ? SessionDecision.Not(RemarkRefusals.NoRemark) : SessionDecision.Of(new RemarkRejected(id, judgement.By, nowMs));
            case RemarkVerdict.Withdraw:
                return house.Approved.Contains(id) || house.Rejected.Contains(id) || (house.OnWall?.Id == id && nowMs < house.OnWall.UntilMs)
                    ? SessionDecision.Of(new RemarkWithdrawn(id, judgement.By, nowMs))
                    : SessionDecision.Nothing;
            default:
                return SessionDecision.Not(RemarkRefusals.NoRemark);
        }
    }

    /// <summary>The next approved remark goes on the wall, or when to look again.</summary>
    /// <param name="state">The session.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <param name="held">Whether the show waits for a wall.</param>
    /// <param name="isThere">Whether a remark's words are at hand and may be read: its viewer may have been forgotten.</param>
    /// <returns>The event, or none and when the wall may be free; <see cref="long.MaxValue"/> when something else must happen first.</returns>
    public static (RemarkShown? Shown, long AgainMs) Next(SessionState state, long nowMs, bool held, Predicate<Guid> isThere)
    {
        var house = state.House;
        if (!IsTime(state) || state.Dark || !house.Approved.Any(id => isThere(id))) return (null, long.MaxValue);
        if (held) return (null, nowMs + LookAgainMs);
        var freeMs = house.OnWall is { } last ? Math.Max(last.AtMs, last.UntilMs) + PauseMs : 0;
        if (freeMs > nowMs) return (null, freeMs);
        // What remains of the telling is too short; the vote comes first.
        if (state.Phase == SessionPhase.Playing && state.Current is { Ends: false } && nowMs + LeastMs > state.TellUntilMs) return (null, long.MaxValue);
        return (new RemarkShown(house.Approved.First(id => isThere(id)), nowMs, ShowsMs), nowMs);
    }

    /// <summary>The remark that is to be seen now, if any.</summary>
    public static RemarkOnWall? Visible(SessionState state, long nowMs) =>
        state.House.OnWall is { } shown && nowMs < shown.UntilMs && IsTime(state) && !state.Dark ? shown : null;
}

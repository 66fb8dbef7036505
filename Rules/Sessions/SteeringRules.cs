using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What an operator may do to a show that is running.</summary>
internal static class SteeringRules
{
    /// <summary>Longest notice to everyone, characters: two lines on a wall, and a glance on a phone.</summary>
    private const int LongestNotice = 120;

    /// <summary>
    /// The show is to end when the climax and the ending have been told: one beat and an ending from when the coming beat
    /// begins, or an ending from there when the climax is on the wall. It never ends later for that.
    /// </summary>
    internal static SessionDecision EndWell(SessionState state, Film? film, OperatorCommand command, long nowMs)
    {
        if (state.LandsInsteadOfMs > 0) return SessionDecision.Nothing;
        if (state.Phase != SessionPhase.Playing) return Wrong(state, command);
        if (state.Current is { Ends: true }) return SessionDecision.Not(Refusals.Ending);
        if (film is null) return SessionDecision.Not(Refusals.UnknownFilm);
        var index = FilmIndex.Of(SteeredFilm.Of(film, state.Steering), state.Terms!.WallLanguages);
        var begins = state.Current is null ? Math.Max(nowMs, state.DueMs) : SessionClock.BeginsMs(state, nowMs);
        var climax = state.CurrentPlan is { Function: BeatFunction.Climax } && state.Current is not null
            ? 0
            : (long)(1000 * index.TellingSeconds) + SessionClock.VoteMs(state.Terms);
        var ends = begins + climax + (long)(1000 * index.EndingSeconds);
        return SessionDecision.Of(new OperatorActed(command, nowMs), new EndMoved(Math.Min(ends, state.EndsAtMs)));
    }

    /// <summary>While the ending has not begun the show can still go its whole length.</summary>
    internal static SessionDecision CarryOn(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.LandsInsteadOfMs == 0) return SessionDecision.Nothing;
        if (state.Phase != SessionPhase.Playing) return Wrong(state, command);
        return state.Current is { Ends: true }
            ? SessionDecision.Not(Refusals.Ending)
            : SessionDecision.Of(new OperatorActed(command, nowMs), new EndMoved(state.LandsInsteadOfMs));
    }

    /// <summary>A round that is over already is closed.</summary>
    internal static SessionDecision Close(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase != SessionPhase.Playing || state.Round is not { } round) return Wrong(state, command);
        return nowMs >= round.DeadlineMs ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs), new RoundClosed(round.Round, nowMs));
    }

    /// <summary>At least one line of a beat is told, and an ending is told whole: a film that stops is ended.</summary>
    internal static SessionDecision Skip(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase != SessionPhase.Playing || state.Round is not null || state.Aired.IsEmpty) return Wrong(state, command);
        if (state.Current is { Ends: true }) return SessionDecision.Not(Refusals.Ending);
        return state.IsTold && nowMs >= state.DueMs ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    /// <summary>A wall that is dark already stays so.</summary>
    internal static SessionDecision Darken(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase is SessionPhase.Scheduled or SessionPhase.Ended) return Wrong(state, command);
        return state.Dark == (command.Action == OperatorAction.Blank) ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    /// <summary>The same words once more change nothing.</summary>
    internal static SessionDecision Tell(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase is SessionPhase.Scheduled or SessionPhase.Ended) return Wrong(state, command);
        var tells = command.Action == OperatorAction.Tell;
        if (tells ? command.Words is not { Length: > 0 and <= LongestNotice } words || string.IsNullOrWhiteSpace(words) : command.Words is not null)
            return SessionDecision.Not(Refusals.BadCommand($"A notice has 1 to {LongestNotice} characters.", $"通知为 1 到 {LongestNotice} 个字。"));
        return string.Equals(state.Notice, command.Words, StringComparison.Ordinal) ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    private static SessionDecision Wrong(SessionState state, OperatorCommand command) =>
        SessionDecision.Not(Refusals.WrongPhase(state.Phase));
}

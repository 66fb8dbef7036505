using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.House;

/// <summary>When a show will end, as far as anyone can know now.</summary>
public static class Forecast
{
    /// <summary>
    /// UTC milliseconds; 0 before the start. It is the scheduled end for as long as the plan can keep it. It is later once
    /// what must still be told, the rest of the beat on the wall with its round and the shortest ending, or the rest of the
    /// ending itself, no longer fits. A pause that moves the end moves it with every second.
    /// </summary>
    public static long EndsMs(SessionState state, Film film, long nowMs)
    {
        if (state.StartedMs == 0 || state.Phase == SessionPhase.Ended) return state.EndsAtMs;
        // While a show is paused its clock stands: what is left then is what will be left when it goes on.
        var paused = state.Phase == SessionPhase.Paused;
        var heldMs = paused ? nowMs - state.PausedMs : 0;
        var clockMs = paused ? state.PausedMs : nowMs;
        return Math.Max(state.EndsAtMs + (state.PauseShifts ? heldMs : 0), Soonest(state, film, clockMs) + heldMs);
    }

    private static long Soonest(SessionState state, Film film, long nowMs)
    {
        var languages = state.Terms!.WallLanguages;
        if (state.Current is not { } beat) return Math.Max(nowMs, state.DueMs) + Ending(film, languages);
        if (!beat.Ends) return SessionClock.BeginsMs(state, nowMs) + Ending(film, languages);
        var left = beat.Lines.Skip(state.Aired.Length).Sum(line => Pace.Seconds(line.Words, languages));
        return Math.Max(nowMs, state.DueMs) + (long)(1000 * SessionClock.LeastStretch * left);
    }

    private static long Ending(Film film, IReadOnlyCollection<string> languages) =>
        (long)(1000 * SessionClock.LeastStretch * FilmIndex.Of(film, languages).EndingSeconds);
}

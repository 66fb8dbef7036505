using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.House;

/// <summary>What whoever looks after many sessions sees of one.</summary>
public static class Glances
{
    /// <summary>The glance.</summary>
    /// <param name="state">The session.</param>
    /// <param name="stage">What wall and phones show now.</param>
    /// <param name="tally">The open round's count, or <see langword="null"/>.</param>
    /// <param name="health">What the operator wants to know.</param>
    /// <param name="film">The version of the film that is told from now on.</param>
    public static SessionGlance Of(SessionState state, Stage stage, Tally? tally, SessionHealth health, Film film) => new()
    {
        Session = stage.Session,
        Title = stage.Film.Title,
        Phase = state.Phase,
        Rehearsal = state.Terms!.Rehearsal,
        ScheduledMs = state.Terms.ScheduledMs,
        StartedMs = state.StartedMs,
        EndsAtMs = state.EndsAtMs,
        ForecastMs = Forecast.EndsMs(state, film, stage.NowMs),
        PausedMs = state.Phase == SessionPhase.Paused ? state.PausedMs : 0,
        Capacity = state.Terms.Capacity,
        Seated = stage.Seated,
        Present = stage.Present,
        Beat = stage.Beat?.Ordinal,
        Act = stage.Beat?.Act,
        Writer = stage.Beat?.Writer,
        Round = stage.Round is { State: RoundState.Open } open ? new GlanceRound(open.Round, open.DeadlineMs, tally?.Round == open.Round ? tally.Voters : 0) : null,
        Landing = stage.Landing,
        Dark = stage.Dark,
        Holds = stage.WallLost,
        FallbacksInARow = state.Meter.InARow,
        Health = health,
    };
}

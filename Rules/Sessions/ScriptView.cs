using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a director sees of a session.</summary>
public static class ScriptView
{
    /// <summary>Most storylets offered for one beat.</summary>
    private const int MostOthers = 6;

    /// <summary>The script as it stands.</summary>
    public static Script Of(SessionState state, Film film, long nowMs)
    {
        var may = SteeredFilm.Of(film, state.Steering);
        var due = state.Current is null ? state.Plans.GetValueOrDefault(state.Via) : state.CurrentPlan;
        ScriptBeat BeatOf(Plan plan, Beat? beat, bool replaceable) => new(
            // What few people feel is for the planner alone.
            plan with { Arousal = null },
            beat,
            beat is null ? null : StageView.PlaceOf(beat, film).Name,
            state.Approved.Contains(plan.Option),
            replaceable ? Others(state, may, plan, beat) : []);
        return new Script
        {
            NowMs = nowMs,
            Present = due is null ? null : BeatOf(due, state.Current, state.Aired.IsEmpty),
            Aired = state.Aired.Length,
            Coming = state.Current is null ? [] : [.. state.Plans.Values.Select(plan => BeatOf(plan, state.Prepared.GetValueOrDefault(plan.Option), true))],
            Facts =
            [
                .. film.Facts.Select(fact => new ScriptFact(
                    fact.Id, fact.Statement, state.Story.Facts.Contains(fact.Id), state.Steering.Pinned.Contains(fact.Id))),
            ],
            Promises = [.. state.Story.Promises.Select(id => Statement(film, id))],
            Steering = state.Steering,
            Veto = state.Veto,
            WaitsUntilMs = state.Waits && state.Phase == SessionPhase.Playing ? state.DueMs : 0,
            Left = may.Storylets.Count(one => !state.Story.Told.Contains(one.Id)),
            Storylets = film.Storylets.Length,
            Curve = Curve(state),
            Cast = [.. film.Cast.Select(one => new RecordedName(one.Id, one.Name))],
        };
    }

    private static ImmutableArray<ScriptChoice> Others(SessionState state, Film film, Plan plan, Beat? beat) =>
    [
        .. StoryletChoice.Others(film, state.Terms!.WallLanguages, plan, beat?.Storylet ?? plan.Storylet).Take(MostOthers).Select(one => new ScriptChoice(
            one.Id, one.Function, one.Tension, film.Places.First(place => string.Equals(place.Id, one.Place, StringComparison.Ordinal)).Name, one.Lines[0].Words)),
    ];

    private static Text Statement(Film film, string promise) =>
        film.Promises.FirstOrDefault(one => string.Equals(one.Id, promise, StringComparison.Ordinal))?.Statement ?? Text.Of(film.Languages[0], promise);

    /// <summary>The coming beats and who wrote them.</summary>
    public static ImmutableArray<ComingBeat> Coming(SessionState state) => state.Current is null
        ? []
        : [.. state.Plans.Keys.Select(option => state.Prepared.GetValueOrDefault(option) is { } beat ? new ComingBeat(option, beat.Writer, beat.Fallback) : new ComingBeat(option, null))];

    /// <summary>Who wrote the beat on the wall or due next; <see langword="null"/> while nobody has.</summary>
    public static BeatCredit? Credit(SessionState state) => state.Current is { } beat ? new BeatCredit(beat.Writer, beat.Fallback, beat.Writing) : null;

    /// <summary>The tension that was wanted and told, and what the hall felt, a point a beat.</summary>
    public static ImmutableArray<ScriptPoint> Curve(SessionState state)
    {
        var due = state.Current is null ? state.Plans.GetValueOrDefault(state.Via) : state.CurrentPlan;
        var told = state.Told.Select((beat, i) => new ScriptPoint(
            beat.Ordinal, i < state.Targets.Length ? state.Targets[i].Wanted : beat.Tension, beat.Tension, i < state.Targets.Length ? state.Targets[i].Felt : null));
        return due is null ? [.. told] : [.. told, new ScriptPoint(due.Beat, due.Tension, state.Current?.Tension, state.Felt)];
    }
}

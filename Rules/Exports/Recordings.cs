using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>A show as its journal tells it. The same events and film give the same recording, whenever it is made.</summary>
public static class Recordings
{
    /// <summary>The recording, or <see langword="null"/> if the show has not ended, or never started.</summary>
    /// <param name="session">The session.</param>
    /// <param name="film">The version of the film that is told at the end.</param>
    /// <param name="events">The whole stream of the session, in order.</param>
    public static Recording? Of(SessionId session, Film film, IEnumerable<SessionEvent> events)
    {
        var state = SessionState.None;
        var told = new List<(Beat Beat, Plan? Plan, List<AiredLine> Lines)>();
        var feelings = ImmutableArray.CreateBuilder<RecordedFeelings>();
        var actions = ImmutableArray.CreateBuilder<RecordedAction>();
        var endedMs = 0L;
        foreach (var happened in events)
        {
            state = SessionFold.Evolve(state, happened);
            switch (happened)
            {
                case LineAired { N: 0 }:
                    told.Add((state.Current!, state.CurrentPlan, [state.Aired[^1]]));
                    break;
                case LineAired:
                    told[^1].Lines.Add(state.Aired[^1]);
                    // A director may have written what airs now after the beat had begun.
                    told[^1] = told[^1] with { Beat = state.Current! };
                    break;
                case FeelingsMeasured { Sums.Contributors: >= Affects.FewestContributors } felt when state.StartedMs > 0:
                    feelings.Add(new RecordedFeelings(felt.AtMs - state.StartedMs, felt.Sums));
                    break;
                case OperatorActed acted:
                    if (state.StartedMs > 0) actions.Add(new RecordedAction(acted.Command.Action, acted.AtMs - state.StartedMs));
                    endedMs = acted.Command.Action == OperatorAction.End ? acted.AtMs : endedMs;
                    break;
                case SessionEnded ended:
                    endedMs = ended.AtMs;
                    break;
                default:
                    break;
            }
        }

        if (state.Phase != SessionPhase.Ended || state.StartedMs == 0) return null;
        return new Recording
        {
            Session = session,
            Film = StageView.Card(film),
            Language = state.Terms!.Language,
            WallLanguages = state.Terms.WallLanguages,
            StartedMs = state.StartedMs,
            LengthMs = endedMs - state.StartedMs,
            ScheduledMs = state.EndsAtMs - state.StartedMs,
            Cast = [.. film.Cast.Select(one => new RecordedName(one.Id, one.Name))],
            Acts = [.. film.Acts.Select(act => new RecordedName(act.Id, act.Name))],
            Beats = [.. told.Select(one => BeatOf(one.Beat, one.Plan, one.Lines, state, film))],
            Feelings = feelings.ToImmutable(),
            Actions = actions.ToImmutable(),
        };
    }

    private static RecordedBeat BeatOf(Beat beat, Plan? plan, List<AiredLine> lines, SessionState state, Film film)
    {
        var place = StageView.PlaceOf(beat, film);
        var votes = state.Decided.Where(one => one.Beat == beat.Ordinal).ToLookup(one => one.IsVoid, one => VoteOf(one, state, film));
        return new RecordedBeat
        {
            Ordinal = beat.Ordinal,
            Writer = beat.Writer,
            Storylet = beat.Storylet,
            Function = beat.Function,
            Act = beat.Act,
            Place = place.Name,
            Moment = beat.Moment,
            Palette = place.Palette,
            Tension = beat.Tension,
            Target = plan?.Tension ?? beat.Tension,
            Reason = plan?.Reason ?? Text.Both("", ""),
            Lines = [.. lines.Select(line => LineOf(beat, line, state.StartedMs))],
            Vote = votes[false].FirstOrDefault(),
            Void = votes.Contains(true) ? [.. votes[true]] : null,
            Fallback = beat.Fallback,
            Writing = beat.Writing,
        };
    }

    private static RecordedLine LineOf(Beat beat, AiredLine aired, long startedMs)
    {
        var line = beat.Lines[aired.N];
        return new RecordedLine(line.Speaker, line.Words, aired.AtMs - startedMs, aired.ForMs, line.ByDirector, Credits.Of(beat, line));
    }

    private static RecordedVote VoteOf(DecidedRound round, SessionState state, Film film) => new(
        StageView.Choice(round, film), round.Terms.Rule.Rule, Verdicts.Why(round), round.Terms.OpenedMs - state.StartedMs, round.AtMs - state.StartedMs);
}

using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Exports.Data;

/// <summary>
/// Every beat that was written for a show, told or not, with what its writer was asked. The same events and films give the
/// same rows, whenever they are made. What is not for the house alone is <see cref="Anonymous"/>'s to leave out.
/// </summary>
public static class StoryRows
{
    /// <summary>The rows in the order the beats were written, or <see langword="null"/> if the show has not ended, or never started.</summary>
    /// <param name="session">The session.</param>
    /// <param name="films">The film by version, or <see langword="null"/> for one that is lost: then nothing is checked.</param>
    /// <param name="events">The whole stream of the session, in order.</param>
    public static ImmutableArray<StoryRow>? Of(SessionId session, Func<FilmRef, Film?> films, IEnumerable<SessionEvent> events)
    {
        var state = SessionState.None;
        var show = new Show();
        foreach (var happened in events)
        {
            var before = state;
            state = SessionFold.Evolve(state, happened);
            show.Take(happened, before, state);
        }

        if (state.Phase != SessionPhase.Ended || state.StartedMs == 0) return null;
        return [.. show.Written.Select(one => RowOf(one, session, show, films, state))];
    }

    private static StoryRow RowOf(Written one, SessionId session, Show show, Func<FilmRef, Film?> films, SessionState state)
    {
        var aired = one.Lines.Count > 0;
        var terms = state.Terms!;
        return new StoryRow
        {
            Schema = StoryRow.CurrentSchema,
            Session = session,
            Film = one.Asked.Film,
            Rating = terms.Rating,
            Languages = terms.WallLanguages,
            Ordinal = one.Beat.Ordinal,
            Option = one.Beat.Option,
            Fate = aired ? Fate.Aired : one.Fate ?? (show.Written.Any(other => other.Lines.Count > 0 && other.Beat.Ordinal == one.Beat.Ordinal) ? Fate.NotTaken : Fate.Unreached),
            Plan = one.Asked.Plan with { Arousal = one.Asked.Felt },
            Past = one.Asked.Past,
            Writer = RowWriter.Of(one.Beat),
            Beat = one.Beat with { Writing = null, Fallback = Fallback.None },
            Checks = films(one.Asked.Film) is { } film ? Checked(film, one, terms) : null,
            Aired = aired ? AiringOf(one, state.StartedMs) : null,
            Votes = aired ? [.. state.Decided.Where(round => round.Beat == one.Beat.Ordinal).Select(VoteOf)] : [],
            Feelings = FeelingsOf(one.Felt),
        };
    }

    private static RowChecks Checked(Film film, Written one, SessionTerms terms)
    {
        var findings = BeatChecks.Of(film, one.Asked.Plan, one.Beat, terms.WallLanguages);
        return new RowChecks(findings.IsEmpty, [.. findings.Select(finding => new RowFinding(finding.Check, finding.What))]);
    }

    private static RowAiring AiringOf(Written one, long startedMs) => new(
        one.Lines[0].Aired.AtMs - startedMs,
        one.Lines[^1].Aired.AtMs + one.Lines[^1].Aired.ForMs - startedMs,
        one.Lines.Any(line => line.Line.ByDirector),
        one.Lines.Count < one.Beat.Lines.Length,
        [.. one.Lines.Select(line => new RowLine(line.Line.Speaker, line.Line.Words, Credits.Of(one.Beat, line.Line), line.Aired.AtMs - startedMs, line.Aired.ForMs))]);

    private static RowVote VoteOf(DecidedRound round) => new(
        round.Round, round.Terms.Rule.Rule, round.Verdict.Counts, round.Verdict.Voters, round.Verdict.Abstained, round.Verdict.Winner, round.Verdict.Tied,
        round.Overruled is { } overruled ? overruled.Taken : round.Verdict.Winner);

    private static RowFeelings? FeelingsOf(List<FeelingSums> felt)
    {
        if (felt.Count == 0) return null;
        ImmutableArray<int> sums = [.. Enumerable.Range(0, Affects.Count).Select(feeling => felt.Sum(window => window.Sums[feeling]))];
        return new RowFeelings(felt.Count, felt.Min(window => window.Contributors), Math.Round(Affects.Arousal(sums) ?? 0, 4), sums);
    }

    /// <summary>What a writer was asked and told.</summary>
    /// <param name="Plan">What the beat had to do.</param>
    /// <param name="Past">The story so far.</param>
    /// <param name="Film">The version that was told then.</param>
    /// <param name="Felt">The hall's arousal as people may see it; the planner's own may come from fewer than ten.</param>
    private sealed record Asked(Plan Plan, StorySoFar Past, FilmRef Film, double? Felt);

    /// <summary>A beat that was written, while its fate is gathered.</summary>
    private sealed class Written(Beat beat, Asked asked)
    {
        public Beat Beat => beat;

        public Asked Asked => asked;

        public Fate? Fate { get; set; }

        public List<(Line Line, AiredLine Aired)> Lines { get; } = [];

        public List<FeelingSums> Felt { get; } = [];
    }

    /// <summary>What is gathered beside the state.</summary>
    private sealed class Show
    {
        private readonly Dictionary<(int Beat, int Option), Asked> asked = [];
        private Written? present;

        public List<Written> Written { get; } = [];

        public void Take(SessionEvent happened, SessionState before, SessionState after)
        {
            switch (happened)
            {
                case PlanMade made:
                    asked[(made.Plan.Beat, made.Plan.Option)] = new Asked(made.Plan, Recall.Of(after, made.Plan.Option), after.Film!, after.Felt);
                    break;
                case BeatPrepared { Beat: var beat }:
                    Settle(beat.Ordinal, beat.Option, Fate.Replaced);
                    // A beat answers a plan; one without is no part of any show.
                    if (asked.TryGetValue((beat.Ordinal, beat.Option), out var wanted)) Written.Add(new Written(beat, wanted));
                    break;
                case DirectorActed { Command: { Action: DirectorAction.Reject or DirectorAction.Swap } command }:
                    Settle(command.Beat, command.Option, command.Action == DirectorAction.Reject ? Fate.Rejected : Fate.Replaced);
                    break;
                case BeatWithheld withheld:
                    Settle(withheld.Beat, before.Via, Fate.Withheld);
                    break;
                case LineAired { N: var n }:
                    var current = after.Current!;
                    if (n == 0) present = Latest(current.Ordinal, current.Option);
                    present?.Lines.Add((current.Lines[n], after.Aired[^1]));
                    break;
                case FeelingsMeasured { Sums: { Contributors: >= Affects.FewestContributors } sums }:
                    present?.Felt.Add(sums);
                    break;
                default:
                    break;
            }
        }

        private Written? Latest(int ordinal, int option) => Written.FindLast(one => one.Beat.Ordinal == ordinal && one.Beat.Option == option);

        private void Settle(int ordinal, int option, Fate fate)
        {
            if (Latest(ordinal, option) is { Lines.Count: 0, Fate: null } one) one.Fate = fate;
        }
    }
}

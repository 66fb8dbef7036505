using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>What a show was like, as its journal tells it. The same events and film give the same answer, whenever it is asked for.</summary>
public static class ShowInsights
{
    /// <summary>Who wrote the lines that a director wrote.</summary>
    public const string Director = Credits.Director;

    /// <summary>The insights, or <see langword="null"/> if the show has not ended, or never started.</summary>
    /// <param name="session">The session.</param>
    /// <param name="film">The version of the film that is told at the end.</param>
    /// <param name="events">The whole stream of the session, in order.</param>
    /// <param name="seated">Seats that were taken; which viewer had them is on record nowhere.</param>
    /// <param name="changed">Seats that voted again, by round, as the shards' streams tell.</param>
    public static Insights? Of(
        SessionId session, Film film, IEnumerable<SessionEvent> events, int seated, IReadOnlyDictionary<int, int> changed)
    {
        var state = SessionState.None;
        var show = new Show();
        var ahead = new WrittenAhead();
        foreach (var happened in events)
        {
            var before = state;
            state = SessionFold.Evolve(state, happened);
            show.Take(happened, before, state);
            ahead.Take(happened, state);
        }

        if (state.Phase != SessionPhase.Ended || state.StartedMs == 0) return null;
        var start = state.StartedMs;
        var ended = show.EndedMs;
        // A show that was landed is measured by the end it had before.
        var scheduled = state.LandsInsteadOfMs > 0 ? state.LandsInsteadOfMs : state.EndsAtMs;
        ImmutableArray<InsightBeat> beats = [.. show.Beats.Select(beat => BeatOf(beat, film, start) with { Ready = ahead.Ready(beat.Beat.Ordinal) })];
        return new Insights
        {
            Session = session,
            Film = StageView.Card(film),
            Language = state.Terms!.Language,
            StartedMs = start,
            LengthMs = ended - start,
            ScheduledMs = scheduled - start,
            Landed = state.LandsInsteadOfMs > 0,
            Cut = show.Cut,
            PausedMs = show.PausedMs,
            Capacity = state.Terms.Capacity,
            Seated = seated,
            Rounds = [.. state.Decided.Select(round => RoundOf(round, start, changed))],
            Beats = beats,
            Feelings = [.. show.Felt.Where(felt => felt.AtMs >= start).Select(felt => FeelingOf(felt, start))],
            Interventions = [.. show.Acted.Select(acted => ActionOf(acted, start))],
            Writers = Shares(show.Beats, ahead),
            DeadAirMs = state.Meter.DeadAirMs,
            Fallbacks = state.Meter.Fallbacks,
            FallbackReasons =
            [
                .. beats.Where(beat => beat.Fallback != Fallback.None).GroupBy(beat => beat.Fallback)
                    .Select(one => new FallbackShare(one.Key, one.Count())).OrderByDescending(one => one.Beats).ThenBy(one => one.Reason),
            ],
            Repaired = beats.Count(beat => beat.Writing is { Repaired: not null }),
            Speculation = ahead.Sum(state.Terms.TokenBudget),
        };
    }

    private static ImmutableArray<WriterShare> Shares(IEnumerable<Shown> beats, WrittenAhead ahead) =>
    [
        .. beats.SelectMany(beat => (IEnumerable<WriterShare>)[Share(beat), new(Director, 0, beat.Directed)])
            .Concat(ahead.Untold.Select(beat => new WriterShare(beat.Writer, 0, 0, Untold: 1, UntoldTokens: beat.Tokens)))
            .GroupBy(one => one.Writer, StringComparer.Ordinal)
            .Select(one => new WriterShare(
                one.Key, one.Sum(part => part.Beats), one.Sum(part => part.Lines), one.Sum(part => part.TokensIn), one.Sum(part => part.TokensOut), one.Sum(part => part.TookMs), one.Sum(part => part.Repaired),
                one.Sum(part => part.Untold), one.Sum(part => part.UntoldTokens)))
            .Where(one => one.Beats + one.Lines + one.Untold > 0)
            .OrderByDescending(one => one.Lines).ThenBy(one => one.Writer, StringComparer.Ordinal),
    ];

    private static WriterShare Share(Shown beat) => new(
        beat.Beat.Writer, 1, beat.Lines - beat.Directed, beat.Beat.Writing?.TokensIn ?? 0, beat.Beat.Writing?.TokensOut ?? 0, beat.Beat.Writing?.TookMs ?? 0, beat.Beat.Writing?.Repaired is null ? 0 : 1);

    private static InsightRound RoundOf(DecidedRound round, long start, IReadOnlyDictionary<int, int> changed) => new()
    {
        Round = round.Round,
        Question = round.Question,
        Options = round.Options,
        Counts = round.Verdict.Counts,
        Winner = round.Verdict.Winner,
        Margin = Margin(round),
        Voters = round.Verdict.Voters,
        Abstained = round.Verdict.Abstained,
        // Several options, or an order of them, take several taps: there a second ballot is no change of mind.
        Changed = round.Terms.Rule.Rule == VotingRule.Plurality && changed.TryGetValue(round.Round, out var seats) ? seats : null,
        Rule = round.Terms.Rule.Rule,
        Tied = round.Verdict.Tied,
        Protected = round.Verdict.Protected,
        OpenedMs = round.Terms.OpenedMs - start,
        DecidedMs = round.AtMs - start,
        Overruled = round.Overruled,
        Turn = round.Turn,
    };

    private static int Margin(DecidedRound round)
    {
        var counts = round.Verdict.Runoff.IsEmpty ? round.Verdict.Counts : round.Verdict.Runoff[^1].Counts;
        var others = counts.Where((_, option) => option != round.Verdict.Winner);
        return Math.Max(0, counts[round.Verdict.Winner] - others.DefaultIfEmpty(0).Max());
    }

    private static InsightBeat BeatOf(Shown beat, Film film, long start) => new(
        beat.Beat.Ordinal,
        (film.Acts.FirstOrDefault(act => string.Equals(act.Id, beat.Beat.Act, StringComparison.Ordinal)) ?? film.Acts[0]).Name,
        beat.Beat.Writer,
        beat.Beat.Fallback,
        beat.Lines,
        beat.AtMs - start,
        beat.UntilMs - start,
        beat.Beat.Tension,
        beat.Target,
        beat.LateMs,
        beat.Directed,
        beat.Beat.Writing);

    private static InsightFeeling FeelingOf(FeelingsMeasured felt, long start) =>
        new(felt.AtMs - start, felt.Sums.Contributors, Math.Round(Affects.Arousal(felt.Sums.Sums) ?? 0, 4), felt.Sums.Sums);

    private static Intervention ActionOf(SessionEvent happened, long start) => happened switch
    {
        OperatorActed { Command: var command } acted => new Intervention(
            // Cards are printed for a row of seats, of which a command names the first.
            acted.AtMs - start, command.Action.ToString(), command.By, command.Reason, command.Action == OperatorAction.PrintCodes ? 0 : command.Seat, command.Seconds, command.Words, command.Option),
        DirectorActed { Command: var command } acted => new Intervention(
            acted.AtMs - start, command.Action.ToString(), command.By, command.Reason, 0, command.Veto?.Seconds ?? 0,
            command.Name ?? (command.Tension is { } tension ? tension.ToString("0.##", CultureInfo.InvariantCulture) : null), null, command.Beat < 0 ? null : command.Beat),
        RemarkApproved remark => Judged(RemarkVerdict.Approve, remark.By, remark.AtMs - start),
        RemarkRejected remark => Judged(RemarkVerdict.Reject, remark.By, remark.AtMs - start),
        RemarkWithdrawn remark => Judged(RemarkVerdict.Withdraw, remark.By, remark.AtMs - start),
        SuggestionApproved turn => new Intervention(turn.AtMs - start, turn.Words is null ? "ApproveTurn" : "WordTurn", turn.By, "", 0, 0, turn.Words),
        SuggestionRejected turn => new Intervention(turn.AtMs - start, "RejectTurn", turn.By, "", 0, 0, null),
        SuggestionWithdrawn turn => new Intervention(turn.AtMs - start, "WithdrawTurn", turn.By, "", 0, 0, null),
        _ => throw new ArgumentException($"Nobody did {happened.GetType().Name}.", nameof(happened)),
    };

    /// <summary>A decision about a remark, whose words are on no record; called as the audit log calls it.</summary>
    private static Intervention Judged(RemarkVerdict verdict, string by, long atMs) => new(atMs, $"{verdict}Remark", by, "", 0, 0, null);

    /// <summary>A beat while its telling is gathered.</summary>
    private sealed class Shown(Beat beat, double target, long atMs)
    {
        public Beat Beat => beat;

        public double Target => target;

        public long AtMs => atMs;

        public int Lines { get; set; }

        public int Directed { get; set; }

        public long UntilMs { get; set; }

        public long LateMs { get; set; }
    }

    /// <summary>What is gathered beside the state.</summary>
    private sealed class Show
    {
        public List<Shown> Beats { get; } = [];

        public List<FeelingsMeasured> Felt { get; } = [];

        public List<SessionEvent> Acted { get; } = [];

        public long EndedMs { get; private set; }

        public long PausedMs { get; private set; }

        public bool Cut { get; private set; }

        public void Take(SessionEvent happened, SessionState before, SessionState after)
        {
            switch (happened)
            {
                case LineAired aired:
                    if (aired.N == 0) Beats.Add(new Shown(after.Current!, after.CurrentPlan?.Tension ?? after.Current!.Tension, aired.AtMs));
                    Beats[^1].Lines++;
                    if (after.Current!.Lines[aired.N].ByDirector) Beats[^1].Directed++;
                    Beats[^1].UntilMs = aired.AtMs + aired.ForMs;
                    break;
                case WallLate late:
                    if (Beats.FindLast(beat => beat.Beat.Ordinal == late.Beat) is { } told) told.LateMs += late.Ms;
                    break;
                case FeelingsMeasured { Sums.Contributors: >= Affects.FewestContributors } felt when after.StartedMs > 0:
                    Felt.Add(felt);
                    break;
                case OperatorActed acted:
                    Acted.Add(acted);
                    if (acted.Command.Action is OperatorAction.Resume or OperatorAction.End && before.PausedMs > 0) PausedMs += acted.AtMs - before.PausedMs;
                    if (acted.Command.Action != OperatorAction.End) break;
                    (EndedMs, Cut) = (acted.AtMs, true);
                    break;
                case DirectorActed or RemarkApproved or RemarkRejected or RemarkWithdrawn
                    // Where the house lets many seats suffice nobody did anything.
                    or SuggestionApproved { By: not "" } or SuggestionRejected or SuggestionWithdrawn:
                    Acted.Add(happened);
                    break;
                case SessionEnded ended:
                    EndedMs = ended.AtMs;
                    break;
                default:
                    break;
            }
        }
    }
}

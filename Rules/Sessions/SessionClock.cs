using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a session does next.</summary>
public abstract record SessionStep;

/// <summary>Nothing until this moment, or until something arrives.</summary>
/// <param name="UntilMs">UTC milliseconds; <see cref="long.MaxValue"/> when only a command can go on.</param>
public sealed record Wait(long UntilMs) : SessionStep;

/// <summary>Something is due now.</summary>
/// <param name="Events">To journal.</param>
public sealed record Happen(ImmutableArray<SessionEvent> Events) : SessionStep;

/// <summary>The round is over: ask every shard for its sealed book.</summary>
/// <param name="Round">The round.</param>
public sealed record SealRound(int Round) : SessionStep;

/// <summary>
/// The show as a function of its state and the time: the grain asks for the next step and carries it out, so that a
/// session woken up after any gap goes on from what its journal says.
/// </summary>
public static class SessionClock
{
    /// <summary>The gateway accepts ballots until this long after the deadline, milliseconds.</summary>
    public const long GraceMs = 400;

    /// <summary>The session seals this long after the deadline, milliseconds: grace and a gateway's last flush.</summary>
    public const long SealMs = 500;

    /// <summary>Longer than any lobby, milliseconds: a year.</summary>
    public const long LobbyMs = 365L * 24 * 60 * 60 * 1000;

    /// <summary>How far a line's reading time may shrink or stretch so that the show keeps its time.</summary>
    public const double LeastStretch = 0.75;

    /// <inheritdoc cref="LeastStretch"/>
    public const double MostStretch = 1.5;

    /// <summary>An ending may stretch further, since nothing can absorb it later.</summary>
    public const double MostEndingStretch = 1.8;

    /// <summary>Less than this is absorbed by the pace of the lines, seconds.</summary>
    private const double LeastLostSeconds = 5;

    /// <summary>When a round seals, UTC milliseconds.</summary>
    public static long SealsAt(OpenRound round) => round.DeadlineMs + SealMs;

    /// <summary>The next step.</summary>
    /// <param name="state">The session.</param>
    /// <param name="film">The version of its film that is told from now on.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <param name="wallLost">Whether the show holds at its next line because nobody could see it.</param>
    /// <param name="turn">The words of the suggestion that becomes an option, or <see langword="null"/> when they are gone or may not be read.</param>
    public static SessionStep Next(SessionState state, Film film, long nowMs, bool wallLost = false, TurnWords? turn = null)
    {
        var authored = film;
        film = SteeredFilm.Of(film, state.Steering);
        if (state.Terms is null || state.Phase is SessionPhase.Scheduled or SessionPhase.Ended or SessionPhase.Paused) return new Wait(long.MaxValue);
        if (Unplanned(state, film, nowMs) is { IsEmpty: false } plans) return new Happen(plans);
        if (state.Phase == SessionPhase.Lobby) return WarmUp(state, film, nowMs);
        if (state.Round is { } round) return nowMs >= SealsAt(round) ? new SealRound(round.Round) : new Wait(SealsAt(round));
        if (nowMs < state.DueMs) return new Wait(state.DueMs);
        if (wallLost) return new Wait(long.MaxValue);
        if (state.Current is not { } beat) return new Happen([Instead(state, authored)]);
        if (state is { Waits: true, Ordinal: > 0, Veto.Otherwise: Unanswered.Replace }) return new Happen([new BeatWithheld(beat.Ordinal, nowMs)]);
        if (!state.IsTold) return new Happen([Air(state, beat, nowMs)]);
        return new Happen(beat.Ends ? [new SessionEnded(nowMs)] : Opens(state, film.Ties, TurnRules.Offer(state, turn, nowMs), nowMs));
    }

    /// <summary>The round opens, with one option more where the audience suggested one.</summary>
    private static ImmutableArray<SessionEvent> Opens(SessionState state, TieRule ties, TurnOffered? offered, long nowMs)
    {
        var terms = state.Terms!;
        var options = state.Current!.Options.Length + (offered is null ? 0 : 1);
        var opened = new RoundOpened(state.NextRound, options, terms.Rule, nowMs, nowMs + (terms.WindowSeconds * 1000L), ties, terms.Protection);
        return offered is null ? [opened] : [offered, opened];
    }

    /// <summary>The wall waits and the beat is not there: a storylet tells the plan. What a director wanted replaced was written in time.</summary>
    private static BeatPrepared Instead(SessionState state, Film film) => new(StoryletTelling.Tell(film, state.Plans[state.Via]) with
    {
        Fallback = state.Meter.Withheld == state.Ordinal ? Fallback.None : Fallback.Late,
    });

    /// <summary>The lobby's light vote is open until the show begins.</summary>
    private static SessionStep WarmUp(SessionState state, Film film, long nowMs) => film.WarmUp is { } light && state.Round is null
        ? new Happen([new RoundOpened(WarmUpRound.Number, light.Options.Length, VotingRule.Plurality, nowMs, nowMs + LobbyMs)])
        : new Wait(long.MaxValue);

    /// <summary>
    /// Plans that are missing: the opening in the lobby; after that, as soon as a beat is known, one for each of its
    /// options. A beat nobody wrote in time is planned on the spot. Where time was lost after a plan was made, by a pause,
    /// a hold or a longer round, and the plan no longer fits, it is made again.
    /// </summary>
    private static ImmutableArray<SessionEvent> Unplanned(SessionState state, Film film, long nowMs)
    {
        if (state.Current is null)
        {
            var begins = Math.Max(nowMs, state.DueMs);
            return state.Plans.TryGetValue(state.Via, out var plan)
                ? Replanned(state, film, [plan], _ => state.Story, begins, nowMs)
                : [new PlanMade(MakePlan(state, film, state.Story, state.Ordinal, state.Via, begins, nowMs))];
        }

        if (state.Phase == SessionPhase.Lobby || state.Current.Ends) return [];
        var (next, options) = (BeginsMs(state, nowMs), Roads(state));
        if (state.Plans.Count == options) return Replanned(state, film, state.Plans.Values, option => After(state, option), next, nowMs);
        return
        [
            .. Enumerable.Range(0, options).Where(i => !state.Plans.ContainsKey(i)).Select(i =>
                new PlanMade(MakePlan(state, film, After(state, i), state.Ordinal + 1, i, next, nowMs))),
        ];
    }

    /// <summary>The options of the present beat, and the one that the audience's suggestion is about to be.</summary>
    private static int Roads(SessionState state) => state.Current!.Options.Length + (state.Turns is { Next: not null, Offered: null } && state.Round is null ? 1 : 0);

    /// <summary>The canon once the current beat is told and an option has won; a suggestion sets no fact.</summary>
    private static Plot.Story After(SessionState state, int option)
    {
        var (told, options) = (Told(state), state.Current!.Options);
        return option < options.Length ? told.After(options[option]) : told;
    }

    /// <summary>A plan for an option of the present beat, or for one that it might have.</summary>
    internal static Plan PlanFor(SessionState state, Film film, int option, long nowMs) =>
        MakePlan(state, film, After(state, option), state.Ordinal + 1, option, BeginsMs(state, nowMs), nowMs);

    /// <summary>The canon once the current beat has been told.</summary>
    private static Plot.Story Told(SessionState state) => state.Aired.IsEmpty ? state.Story.After(state.Current!) : state.Story;

    /// <summary>When the beat after the current one begins, as far as anyone can know now.</summary>
    internal static long BeginsMs(SessionState state, long nowMs)
    {
        var starts = Math.Max(nowMs, state.DueMs);
        if (state.Round is { } round)
        {
            starts = Math.Max(nowMs, SealsAt(round)) + (state.Terms!.CardSeconds * 1000L);
            // The lobby's vote is followed by the current beat, not by the next.
            if (round.Round != WarmUpRound.Number) return starts;
        }

        var natural = 0.0;
        var beat = state.Current!;
        for (var n = state.Aired.Length; n < beat.Lines.Length; n++) natural += Pace.Seconds(beat.Lines[n].Words, state.Terms!.WallLanguages);
        var wanted = state.Aired.IsEmpty ? state.CurrentPlan?.Seconds ?? natural : (state.TellUntilMs - starts) / 1000.0;
        return starts + (long)(1000 * Math.Clamp(wanted, LeastStretch * natural, MostStretch * natural)) + VoteMs(state.Terms!);
    }

    /// <summary>
    /// Plans made again: where the film would now end or not end with that beat, or the beat comes more than half its slot
    /// from when it was meant to. Plans of the first version do not say when they were meant to begin, and stay.
    /// </summary>
    private static ImmutableArray<SessionEvent> Replanned(
        SessionState state, Film film, IEnumerable<Plan> plans, Func<int, Plot.Story> story, long beginsMs, long nowMs)
    {
        // Before the start nothing is late, and a round that is being sealed comes first.
        if (state.StartedMs == 0 || (state.Round is { } round && nowMs >= SealsAt(round))) return [];
        var left = (state.EndsAtMs - beginsMs) / 1000.0;
        var vote = VoteMs(state.Terms!) / 1000.0;
        ImmutableArray<SessionEvent>.Builder? again = null;
        foreach (var plan in plans)
        {
            if (plan.Beat == 0 || plan.LeftSeconds is not { } planned || Math.Abs(left - planned) < LeastLostSeconds) continue;
            // Words that a director wrote stay, unless the film would now end there, or no longer.
            var kept = state.Prepared.GetValueOrDefault(plan.Option) is { } beat && beat.Lines.Any(line => line.ByDirector);
            if ((kept || Math.Abs(left - planned) <= (plan.Seconds + vote) / 2) && !EndsOtherwise(state, film, plan, left, vote)) continue;
            again ??= ImmutableArray.CreateBuilder<SessionEvent>();
            again.Add(new PlanMade(MakePlan(state, film, story(plan.Option), plan.Beat, plan.Option, beginsMs, nowMs, again: left < planned && state.LandsInsteadOfMs == 0)));
        }

        return again?.ToImmutable() ?? [];
    }

    /// <summary>A plan that ends because nothing is left to tell ends whatever the time.</summary>
    private static bool EndsOtherwise(SessionState state, Film film, Plan plan, double left, double vote)
    {
        var index = FilmIndex.Of(film, state.Terms!.WallLanguages);
        var before = Before(state);
        var lands = state.LandsInsteadOfMs > 0;
        return Planner.Ends(index, left, vote, before, lands) != plan.Ends && Planner.Ends(index, plan.LeftSeconds!.Value, vote, before, lands) == plan.Ends;
    }

    /// <summary>What the beat before the planned one had to do.</summary>
    private static BeatFunction? Before(SessionState state) => state.Current is not null ? state.CurrentPlan?.Function : state.Told.Length > 0 ? state.Told[^1].Function : null;

    private static Plan MakePlan(SessionState state, Film film, Plot.Story story, int beat, int option, long beginsMs, long nowMs, bool again = false)
    {
        var terms = state.Terms!;
        var started = state.StartedMs == 0 ? nowMs : state.StartedMs;
        var ends = state.EndsAtMs == 0 ? nowMs + (terms.RunningSeconds * 1000L) : state.EndsAtMs;
        var elapsed = state.StartedMs == 0 ? 0 : Math.Max(0, beginsMs - started) / 1000.0;
        var left = (ends - (state.StartedMs == 0 ? nowMs : beginsMs)) / 1000.0;
        return Planner.Make(new PlanInputs(
            film, story, beat, option, elapsed, left, VoteMs(terms) / 1000.0, terms.WallLanguages, state.Arousal, terms.Seed)
        {
            Before = Before(state),
            Again = again,
            Lands = state.LandsInsteadOfMs > 0,
            Made = state.Version + 1,
            Steering = state.Steering,
            Chosen = state.Chosen.GetValueOrDefault(option),
        });
    }

    /// <summary>A round, its seal and its decision card, milliseconds.</summary>
    public static long VoteMs(SessionTerms terms) => ((terms.WindowSeconds + terms.CardSeconds) * 1000L) + SealMs;

    /// <summary>The next line, held as long as its reading takes, stretched so that the beat keeps its time.</summary>
    private static LineAired Air(SessionState state, Beat beat, long nowMs)
    {
        var n = state.Aired.Length;
        var languages = state.Terms!.WallLanguages;
        var natural = beat.Lines.Skip(n).Sum(line => Pace.Seconds(line.Words, languages));
        var until = n > 0 ? state.TellUntilMs
            : beat.Ends ? state.EndsAtMs
            : nowMs + (long)(1000 * (state.CurrentPlan?.Seconds ?? natural));
        // Whoever lands the story wants it over: what skipping and closing gave back is not told away.
        var most = state.LandsInsteadOfMs > 0 ? 1 : beat.Ends ? MostEndingStretch : MostStretch;
        var stretch = Math.Clamp((until - nowMs) / 1000.0 / natural, LeastStretch, most);
        var seconds = Pace.Seconds(beat.Lines[n].Words, languages) * stretch;
        return new LineAired(beat.Ordinal, n, nowMs, (int)Math.Round(1000 * seconds));
    }
}

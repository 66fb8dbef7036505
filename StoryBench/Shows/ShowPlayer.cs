using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>
/// Plays a show by the rules that play it in a hall (the session's clock, rules and fold, the planner, the checks), with a
/// writer who takes time. Time jumps to whatever is due. A player plays once.
/// </summary>
/// <param name="film">The film.</param>
/// <param name="terms">Running time, language, windows.</param>
/// <param name="writer">Makes who writes; told the show's clock.</param>
/// <param name="house">Who comes.</param>
/// <param name="seed">All chance comes from it: the same seed and the same answers of the writer give the same show.</param>
public sealed class ShowPlayer(Film film, ShowTerms terms, Func<ShowTime, IBeatWriter> writer, House house, long seed)
{
    private const long StartMs = 1_768_680_000_000;

    /// <summary>A beat is at most 24 lines with a handful of steps around them; no show has a thousand beats.</summary>
    private const int MostSteps = 50_000;

    private readonly WritingDesk desk = Desk(film, terms, writer, seed);
    private readonly ImmutableArray<PlayedBeat>.Builder beats = ImmutableArray.CreateBuilder<PlayedBeat>();
    private readonly List<string> opened = [];
    private SessionState state = SessionState.None;
    private long nowMs = StartMs;
    private bool hit;
    private ImmutableArray<int> votes = [];

    /// <summary>Plays it.</summary>
    /// <exception cref="InvalidOperationException">The show does not end, or nothing is due: a fault of the rules.</exception>
    public async Task<PlayedShow> Play(CancellationToken cancellationToken = default)
    {
        Do(SessionRules.Create(state, terms.Of(film, seed), nowMs));
        Operate(OperatorAction.Open);
        for (var i = 0; state.Current is null && state.Prepared.IsEmpty; i++) await Step(i, cancellationToken);
        Operate(OperatorAction.Start);
        hit = state.Current is { Fallback: Fallback.None };
        for (var i = 0; state.Phase != SessionPhase.Ended; i++) await Step(i, cancellationToken);
        await desk.Want([], nowMs, cancellationToken);
        return new PlayedShow(
            seed, house.Name, beats.ToImmutable(), [.. desk.Jobs], [.. opened], [.. state.Story.Promises], (nowMs - state.EndsAtMs) / 1000.0);
    }

    private static WritingDesk Desk(Film film, ShowTerms terms, Func<ShowTime, IBeatWriter> writer, long seed)
    {
        var time = new ShowTime();
        time.Stand(StartMs);
        return new WritingDesk(writer(time), time, film, new SessionId(new Guid(1, 0, 0x7000, [.. BitConverter.GetBytes(seed)])), terms.Language);
    }

    private async Task Step(int i, CancellationToken cancellationToken)
    {
        if (i == MostSteps) throw new InvalidOperationException($"The show of {film.Ref} with seed {seed} does not end.");
        cancellationToken.ThrowIfCancellationRequested();
        await desk.Want(Wants(), nowMs, cancellationToken);
        var ready = desk.Finished(nowMs);
        foreach (var job in ready) Do(SessionRules.Prepare(state, job.Beat!));
        if (!ready.IsEmpty) return;
        if (WaitsForWriter(out var untilMs))
        {
            nowMs = untilMs;
            return;
        }

        switch (SessionClock.Next(state, film, nowMs))
        {
            case Happen happen:
                Do(happen.Events);
                break;
            case SealRound { Round: WarmUpRound.Number }:
                Do(SessionRules.Decide(state, [new BallotBook(WarmUpRound.Number, 1, [])], nowMs));
                break;
            case SealRound:
                Decide();
                break;
            case Wait wait:
                Jump(Math.Min(wait.UntilMs, desk.NextMs));
                break;
        }
    }

    /// <summary>Whether the wall is due, empty, and patient enough for what is being written.</summary>
    private bool WaitsForWriter(out long untilMs)
    {
        untilMs = Math.Min(desk.NextMs, state.DueMs + terms.PatienceMs);
        return state is { Phase: SessionPhase.Playing, Current: null, Round: null } && nowMs >= state.DueMs && untilMs > nowMs && state.Plans.ContainsKey(state.Via)
            && desk.For(state.Plans[state.Via]) is { Fate: Fate.Running };
    }

    private void Jump(long untilMs)
    {
        if (untilMs == long.MaxValue) throw new InvalidOperationException($"Nothing is due in the show of {film.Ref} with seed {seed}.");
        nowMs = untilMs;
    }

    /// <summary>While the wall has a beat, one for each of its options, the likeliest first; after the verdict the one that won.</summary>
    private ImmutableArray<Wanted> Wants()
    {
        if (state.Phase == SessionPhase.Ended) return [];
        if (state.Current is null)
            return state.Plans.TryGetValue(state.Via, out var live) ? [new Wanted(live, Recall.Of(state, live.Option), 1, IsLive: state.Phase == SessionPhase.Playing)] : [];
        if (!terms.Speculates) return [];
        var likely = Likelihood.Of(state, VotesSoFar());
        return [.. state.Plans.Values.Select(plan => new Wanted(plan, Recall.Of(state, plan.Option), likely[plan.Option], IsLive: false))];
    }

    /// <summary>Votes come in evenly over the round.</summary>
    private IReadOnlyList<int>? VotesSoFar()
    {
        if (state.Round is not { Round: >= 0 } round || votes.IsEmpty) return null;
        var share = Math.Clamp(1 - ((round.DeadlineMs - nowMs) / (terms.WindowSeconds * 1000.0)), 0, 1);
        return [.. votes.Select(count => (int)(count * share))];
    }

    private void Do(ImmutableArray<SessionEvent> events)
    {
        foreach (var happened in events)
        {
            var (before, due) = (state.Current, state.DueMs);
            state = SessionFold.Evolve(state, happened);
            if (state.Current is { } entered && !ReferenceEquals(entered, before)) Take(entered);
            if (happened is LineAired { N: 0 }) Begin(state.Current!, due);
            if (happened is RoundOpened { Round: >= 0 } && state.Current is { } asked) votes = house.Audience.Vote(new RoundAsked(film, asked, state.Story), Draw(2));
        }
    }

    private void Do(SessionDecision decision) => Do(decision.Events);

    private void Operate(OperatorAction action) =>
        Do(SessionRules.Operate(state, film, new OperatorCommand(action, "bench", "", 0, false), nowMs));

    /// <summary>A beat has come to the wall: of the writer, or the storylet instead.</summary>
    private void Take(Beat beat)
    {
        if (state.CurrentPlan is { } plan && desk.For(plan) is { Fate: Fate.Ready } job && ReferenceEquals(job.Beat, beat)) job.Fate = Fate.Told;
    }

    private void Begin(Beat beat, long dueMs)
    {
        // Before the opening the wall has the lobby to show.
        beats.Add(new PlayedBeat(state.CurrentPlan!, beat, hit, beats.Count == 0 ? 0 : DeadAir.Before(dueMs, nowMs)));
        opened.AddRange(beat.Opens);
        if (house.Audience.Feel(beat, Draw(1)) is { } felt) Do([new FeelingsMeasured(nowMs, felt)]);
    }

    private void Decide()
    {
        var round = state.Round!;
        var lines = votes.Select((count, i) => new BookLine(i.ToString(CultureInfo.InvariantCulture), 1, count)).Where(line => line.Count > 0);
        Do(SessionRules.Decide(state, [new BallotBook(round.Round, 1, [.. lines])], nowMs));
        hit = state.Current is { Fallback: Fallback.None };
        votes = [];
    }

    /// <summary>Drawn once a beat and purpose: asking again gives the same answer.</summary>
    private long Draw(int purpose) => Seeds.For(Seeds.For(seed, 7_000 + state.Ordinal), purpose);
}

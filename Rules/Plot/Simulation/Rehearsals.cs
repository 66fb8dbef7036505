using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Plot.Simulation;

/// <summary>
/// Tells a film on paper, by the rules that tell it in a hall: the session's clock, rules and fold, the planner and the
/// storylet writer. Time jumps to whatever is due, so that a show of half an hour takes about a millisecond.
/// </summary>
public static class Rehearsals
{
    /// <summary>Tells the whole film.</summary>
    /// <param name="film">The film.</param>
    /// <param name="terms">Running time, windows, languages and what goes wrong.</param>
    /// <param name="audience">Who votes and feels.</param>
    /// <param name="seed">All chance comes from it: the same seed gives the same show.</param>
    /// <exception cref="InvalidOperationException">The show does not end: a fault of the rules.</exception>
    public static ToldShow Tell(Film film, RehearsalTerms terms, IAudience audience, long seed) => new Rehearsal(film, terms, audience, seed).Play();
}

/// <summary>One telling: a scratch pad that is thrown away.</summary>
internal sealed class Rehearsal(Film film, RehearsalTerms terms, IAudience audience, long seed)
{
    private const long StartMs = 1_768_680_000_000;

    /// <summary>A beat is at most 24 lines with a handful of steps around them; no show has a thousand beats.</summary>
    private const int MostSteps = 50_000;

    private readonly Trouble trouble = terms.Trouble;
    private readonly ImmutableArray<ToldStep>.Builder steps = ImmutableArray.CreateBuilder<ToldStep>();
    private readonly List<string> opened = [];
    private SessionState state = SessionState.None;
    private long nowMs = StartMs;
    private long lostMs;
    private long beganMs;
    private long shiftedMs;
    private int heldBeat = -1;
    private Plan? plan;

    internal ToldShow Play()
    {
        Do(SessionRules.Create(state, terms.Of(film, seed), nowMs));
        Operate(OperatorAction.Open);
        for (var i = 0; i < 8 && state.Prepared.IsEmpty && state.Current is null; i++) Step();
        Operate(OperatorAction.Start);
        for (var i = 0; state.Phase != SessionPhase.Ended; i++)
        {
            if (i == MostSteps) throw new InvalidOperationException($"The show of {film.Ref} with seed {seed} does not end.");
            Step();
        }

        return new ToldShow(
            steps.ToImmutable(), [.. state.Story.Facts], [.. opened], [.. state.Story.Promises],
            Since(nowMs), Since(state.EndsAtMs));
    }

    private void Step()
    {
        Prepare();
        switch (SessionClock.Next(state, film, nowMs))
        {
            case Happen { Events: [LineAired { N: > 0 }] } when heldBeat != state.Ordinal && Chance(trouble.Hold, 5):
                // The wall is lost: the next line waits until somebody can see it.
                heldBeat = state.Ordinal;
                Lose(Length(6));
                break;
            case Happen happen:
                Do(happen.Events);
                break;
            case SealRound { Round: WarmUpRound.Number }:
                Do(SessionRules.Decide(state, [new BallotBook(WarmUpRound.Number, 1, [])], nowMs));
                break;
            case SealRound:
                Decide();
                break;
            case Wait wait when wait.UntilMs != long.MaxValue:
                nowMs = wait.UntilMs;
                break;
        }
    }

    private void Do(ImmutableArray<SessionEvent> events)
    {
        foreach (var happened in events)
        {
            state = SessionFold.Evolve(state, happened);
            if (happened is LineAired { N: 0 }) Begin();
            if (happened is LineAired aired && Chance(trouble.Pause / state.Current!.Lines.Length, 10 + aired.N)) Pause();
            if (happened is RoundOpened { Round: >= 0 } && Chance(trouble.Extend, 3)) Extend();
            if (happened is SessionEnded) End(-1);
        }
    }

    private void Do(SessionDecision decision) => Do(decision.Events);

    private void Operate(OperatorAction action, int seconds = 0, bool shift = false) =>
        Do(SessionRules.Operate(state, film, new OperatorCommand(action, "rehearsal", "", seconds, shift), nowMs));

    private void Begin()
    {
        (beganMs, lostMs, shiftedMs, plan) = (nowMs, 0, 0, state.CurrentPlan);
        opened.AddRange(state.Current!.Opens);
        if (audience.Feel(state.Current, Draw(1)) is { } felt) Do([new FeelingsMeasured(nowMs, felt)]);
    }

    private void End(int winner)
    {
        var endMs = winner < 0 ? nowMs : state.DueMs;
        var beat = winner < 0 ? state.Current! : state.Told[^1];
        steps.Add(new ToldStep(plan!, beat, winner, Since(beganMs), (endMs - beganMs - lostMs - shiftedMs) / 1000.0, lostMs / 1000.0));
    }

    /// <summary>Writers are ready at once, or too late.</summary>
    private void Prepare()
    {
        foreach (var (option, wanted) in state.Plans)
        {
            if (state.Prepared.ContainsKey(option) || Chance(trouble.LateWriter, 50 + option)) continue;
            Do(SessionRules.Prepare(state, StoryletTelling.Tell(film, wanted)));
        }
    }

    private void Decide()
    {
        var round = state.Round!;
        var counts = audience.Vote(new RoundAsked(film, state.Current!, state.Story), Draw(2));
        var lines = counts.Select((votes, i) => new BookLine(i.ToString(System.Globalization.CultureInfo.InvariantCulture), 1, votes)).Where(line => line.Count > 0);
        Do(SessionRules.Decide(state, [new BallotBook(round.Round, 1, [.. lines])], nowMs));
        End(state.Via);
    }

    private void Pause()
    {
        var shift = Chance(trouble.Shift, 4);
        Operate(OperatorAction.Pause, shift: shift);
        var length = Length(7);
        if (shift) (nowMs, shiftedMs) = (nowMs + length, shiftedMs + length);
        else Lose(length);
        Operate(OperatorAction.Resume);
    }

    private void Extend()
    {
        var seconds = Math.Max(1, (int)(Length(8) / 1000));
        Operate(OperatorAction.Extend, Math.Min(SessionRules.LongestExtension, seconds));
        lostMs += seconds * 1000L;
    }

    private void Lose(long length)
    {
        nowMs += length;
        lostMs += length;
    }

    private double Since(long ms) => (ms - state.StartedMs) / 1000.0;

    private long Length(int purpose) => (long)(1000 * trouble.MostSeconds * Seeds.Fraction(Draw(purpose)));

    /// <summary>Drawn once a beat and purpose: asking again gives the same answer.</summary>
    private bool Chance(double chance, int purpose) => chance > 0 && Seeds.Fraction(Draw(purpose)) < chance;

    private long Draw(int purpose) => Seeds.For(Seeds.For(seed, 7_000 + state.Ordinal), purpose);
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Support;

/// <summary>
/// A whole show on paper: the rules alone, a clock that jumps to whatever is due, an audience and an operator drawn from a
/// seed. No grain, no journal, no waiting.
/// </summary>
public sealed class PaperShow
{
    private readonly Film film;
    private readonly long seed;
    private long draws;

    public PaperShow(Film film, SessionTerms terms, long seed)
    {
        (this.film, this.seed) = (film, seed);
        Do(SessionRules.Create(State, terms, NowMs));
    }

    public SessionState State { get; private set; } = SessionState.None;

    public List<SessionEvent> Events { get; } = [];

    public long NowMs { get; private set; } = 1_768_680_000_000;

    /// <summary>Chance a step that speculation fails and no beat is prepared, 0–1.</summary>
    public double WriterFails { get; init; }

    /// <summary>Chance a step that the operator pauses for up to 20 s, 0–1.</summary>
    public double Pauses { get; init; }

    /// <summary>Chance that a beat is a model's, 0–1: a storylet's words under another name, with what a model's record holds.</summary>
    public double Models { get; init; }

    /// <summary>Chance that a model's answers did not pass, 0–1: the storylet tells the beat and says what they cost.</summary>
    public double Refused { get; init; }

    /// <summary>Chance a step that the director writes a line into the beat on the wall, 0–1.</summary>
    public double Edits { get; init; }

    /// <summary>Seats that vote in each round, at most.</summary>
    public int Voters { get; init; } = 40;

    public static SessionTerms Terms(Film film, int minutes = 5, VotingRule rule = VotingRule.Plurality, int window = 10, int card = 3, params string[] wall) => new()
    {
        Film = film.Ref,
        Language = wall.Length > 0 ? wall[0] : "en",
        WallLanguages = wall.Length > 0 ? [.. wall] : ["en"],
        Capacity = 300,
        Shards = 1,
        Rule = rule,
        RunningSeconds = minutes * 60,
        WindowSeconds = window,
        CardSeconds = card,
        JoinCode = "PAPER1",
        Seed = 42,
    };

    public void Do(SessionDecision decision)
    {
        foreach (var happened in decision.Events)
        {
            State = SessionFold.Evolve(State, happened);
            Events.Add(happened);
        }
    }

    public SessionDecision Operate(OperatorAction action, int seconds = 0, bool shift = false, string? words = null, string reason = "", int? option = null)
    {
        var decision = SessionRules.Operate(State, film, new OperatorCommand(action, "operator", reason, seconds, shift, Words: words, Option: option), NowMs);
        Do(decision);
        return decision;
    }

    public SessionDecision Direct(DirectorAction action, int beat = -1, int option = 0, string? name = null, ImmutableArray<Line>? lines = null, double? tension = null, VetoWindow? veto = null)
    {
        var decision = DirectorRules.Decide(
            State, film, new DirectorCommand { Action = action, By = "director", Reason = "", Beat = beat, Option = option, Name = name, Lines = lines, Tension = tension, Veto = veto }, NowMs);
        Do(decision);
        return decision;
    }

    /// <summary>Plays from the lobby to the end; fails if the show never ends.</summary>
    public PaperShow Play()
    {
        Operate(OperatorAction.Open);
        Advance();
        Operate(OperatorAction.Start);
        for (var steps = 0; State.Phase != SessionPhase.Ended; steps++)
        {
            if (steps > 2000) throw new InvalidOperationException("The show never ends.");
            if (Draw() < Pauses) Hold();
            if (Edits > 0 && Draw() < Edits) Edit();
            Advance();
        }

        return this;
    }

    /// <summary>One step, or a jump to the next thing that is due.</summary>
    public void Advance()
    {
        Prepare();
        switch (SessionClock.Next(State, film, NowMs))
        {
            case Happen happen:
                Do(new SessionDecision(happen.Events, null));
                break;
            case SealRound:
                Do(SessionRules.Decide(State, [Book()], NowMs));
                break;
            case Wait wait when wait.UntilMs != long.MaxValue:
                NowMs = wait.UntilMs;
                break;
        }
    }

    /// <summary>Opens, starts and plays until what is wanted holds; fails if it never does.</summary>
    public PaperShow Until(Func<SessionState, bool> wanted)
    {
        if (State.Phase == SessionPhase.Scheduled)
        {
            Operate(OperatorAction.Open);
            Advance();
            Operate(OperatorAction.Start);
        }

        for (var steps = 0; !wanted(State); steps++)
        {
            if (steps > 2000) throw new InvalidOperationException("It never comes to that.");
            Advance();
        }

        return this;
    }

    /// <summary>Time passes and nothing is done.</summary>
    public void Wait(long milliseconds) => NowMs += milliseconds;

    public double Draw() => Seeds.Fraction(Seeds.For(seed, ++draws));

    private void Hold()
    {
        Operate(OperatorAction.Pause, shift: Draw() < 0.5);
        NowMs += (long)(20_000 * Draw());
        Operate(OperatorAction.Resume);
    }

    private void Prepare()
    {
        foreach (var plan in State.Plans.Values.Where(plan => !State.Prepared.ContainsKey(plan.Option)))
        {
            if (Draw() >= WriterFails) Do(SessionRules.Prepare(State, Written(StoryletTelling.Tell(film, plan))));
        }
    }

    private Beat Written(Beat beat)
    {
        if (Refused > 0 && Draw() < Refused) return beat with { Fallback = Fallback.Refused, Lost = 6800 };
        if (Models == 0 || Draw() >= Models) return beat;
        var took = (long)(9000 * Draw());
        return beat with { Writer = "paper-4b", Writing = new Writing("desk", "paper-4b", "beat-1.en", 3000, 400, took, took % 3 == 0 ? "repetition,length" : null) };
    }

    private void Edit()
    {
        if (State.Current is not { } beat || beat.Lines.Length >= 20) return;
        Direct(DirectorAction.Revise, beat.Ordinal, beat.Option, lines: beat.Lines.Add(new Line(null, Contracts.Text.Both($"The lamp goes out once more, {Events.Count}.", $"灯又灭了一次，{Events.Count}。"))));
    }

    private BallotBook Book()
    {
        var round = State.Round!;
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var voters = (int)(Draw() * (Voters + 1));
        for (var seat = 0; seat < voters; seat++)
        {
            var option = (int)(Draw() * round.Rule.Options);
            var choice = Ballots.Canonical(State.Terms!.Rule, round.Rule.Options, [option])!;
            counts[choice] = counts.GetValueOrDefault(choice) + 1;
        }

        return new BallotBook(round.Round, 1, [.. counts.Select(count => new BookLine(count.Key, 1, count.Value))]);
    }
}

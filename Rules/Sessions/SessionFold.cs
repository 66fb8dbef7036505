using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What each event makes of a session. Total: an event that was journaled always folds.</summary>
public static class SessionFold
{
    /// <summary>Weight of the newest window in the hall's smoothed arousal.</summary>
    private const double NewestWindow = 0.3;

    /// <summary>The state after an event, at the next version.</summary>
    public static SessionState Evolve(SessionState state, SessionEvent happened)
    {
        state = state with { Version = state.Version + 1, Meter = state.Meter.After(happened, state.Current) };
        return happened switch
        {
            SessionCreated created => state with { Terms = created.Terms, Film = created.Terms.Film },
            OperatorActed acted => Operated(state, acted),
            // A beat that was written for a plan before this one is no answer to it.
            PlanMade made => state with { Plans = state.Plans.SetItem(made.Plan.Option, made.Plan), Prepared = state.Prepared.Remove(made.Plan.Option) },
            BeatPrepared prepared => WithPrepared(state with { Spent = state.Spent + prepared.Beat.Tokens }, prepared.Beat),
            LineAired aired => WithLine(state, aired),
            WallLate => state,
            RoundOpened opened => TurnFold.Opened(state, opened.Options) with { Round = new OpenRound(opened.Round, new CountRule(opened.Rule, opened.Options, opened.Ties), opened.Protection, opened.AtMs, opened.DeadlineMs) },
            RoundExtended extended => state with { Round = state.Round! with { DeadlineMs = extended.DeadlineMs } },
            RoundClosed closed => state with { Round = state.Round! with { DeadlineMs = closed.DeadlineMs } },
            // What was planned was planned for another end.
            EndMoved moved => Unplanned(state with { EndsAtMs = moved.EndsAtMs }),
            DirectorActed acted => DirectorFold.Evolve(state, acted),
            BeatWithheld => DirectorFold.Withheld(state),
            RoundDecided decided => WithDecision(state, decided),
            FeelingsMeasured measured => WithFeelings(state, measured.Sums),
            SeatLeft left => state with { Sittings = Sittings.End(state.Sittings, left.Seat, OperatorAction.Free) },
            FilmReloaded reloaded => Reloaded(state, reloaded.Film),
            RemarkApproved or RemarkRejected or RemarkWithdrawn or RemarkShown => state with { House = state.House.After(happened) },
            SuggestionApproved or SuggestionRejected or SuggestionWithdrawn or TurnChosen or TurnOffered => TurnFold.Evolve(state, happened),
            SessionEnded => state with { Phase = SessionPhase.Ended, Round = null },
            _ => throw new ArgumentException($"{happened.GetType().Name} is not a session event.", nameof(happened)),
        };
    }

    private static SessionState Operated(SessionState state, OperatorActed acted) => acted.Command.Action switch
    {
        OperatorAction.Open => state with { Phase = SessionPhase.Lobby },
        OperatorAction.Start => state with
        {
            Phase = SessionPhase.Playing,
            StartedMs = acted.AtMs,
            EndsAtMs = acted.AtMs + (state.Terms!.RunningSeconds * 1000L),
            DueMs = acted.AtMs + (state.Veto is { } veto && !state.Approved.Contains(BeatKey.Opening) ? veto.Seconds * 1000L : 0),
            CardUntilMs = acted.AtMs,
            // The lobby's light vote closes when the show begins.
            Round = state.Round is { } light ? light with { DeadlineMs = acted.AtMs } : null,
        },
        OperatorAction.GoOn => state with { GoOnMs = acted.AtMs },
        OperatorAction.EndWell => state with { LandsInsteadOfMs = state.EndsAtMs },
        OperatorAction.CarryOn => state with { LandsInsteadOfMs = 0 },
        // What was not told is no part of the beat any more.
        OperatorAction.Skip => state with
        {
            Current = state.Current! with { Lines = [.. state.Current.Lines.Take(state.Aired.Length)] },
            DueMs = acted.AtMs,
            TellUntilMs = acted.AtMs,
        },
        OperatorAction.Blank or OperatorAction.Unblank => state with { Dark = acted.Command.Action == OperatorAction.Blank },
        OperatorAction.Tell or OperatorAction.Untell => state with { Notice = acted.Command.Words },
        OperatorAction.Override => Overruling.Override(state, acted),
        OperatorAction.Rerun => Overruling.Rerun(state, acted),
        OperatorAction.Mute or OperatorAction.Unmute or OperatorAction.RemarksOn or OperatorAction.RemarksOff or OperatorAction.FeelingsOn =>
            state with { House = state.House.After(acted.Command) },
        OperatorAction.TurnsOn or OperatorAction.TurnsAuto or OperatorAction.TurnsOff => TurnFold.Switched(state, acted.Command.Action),
        // What was felt before says nothing about what comes after.
        OperatorAction.FeelingsOff => state with { House = state.House.After(acted.Command), Feelings = null, Arousal = null, Felt = null },
        OperatorAction.Pause => state with { Phase = SessionPhase.Paused, PausedMs = acted.AtMs, PauseShifts = acted.Command.Shift },
        OperatorAction.Resume => Resumed(state, acted.AtMs - state.PausedMs),
        OperatorAction.End => state with { Phase = SessionPhase.Ended, Round = null },
        OperatorAction.Kick or OperatorAction.Free => state with { Sittings = Sittings.End(state.Sittings, acted.Command.Seat, acted.Command.Action) },
        OperatorAction.Ban => state with
        {
            Banned = state.Banned.Add(acted.Command.Seat),
            Sittings = Sittings.End(state.Sittings, acted.Command.Seat, OperatorAction.Ban),
        },
        // Whoever still holds a ticket from before the ban is told to come back, as after a kick.
        OperatorAction.Unban => state with
        {
            Banned = state.Banned.Remove(acted.Command.Seat),
            Sittings = state.Sittings.GetValueOrDefault(acted.Command.Seat) is { } sitting
                ? state.Sittings.SetItem(sitting.Seat, sitting with { After = OperatorAction.Kick })
                : state.Sittings,
        },
        _ => state,
    };

    private static SessionState Resumed(SessionState state, long heldMs) => state with
    {
        Phase = SessionPhase.Playing,
        PausedMs = 0,
        PauseShifts = false,
        DueMs = state.DueMs + heldMs,
        CardUntilMs = state.CardUntilMs + heldMs,
        TellUntilMs = state.TellUntilMs == 0 ? 0 : state.TellUntilMs + heldMs,
        EndsAtMs = state.PauseShifts ? state.EndsAtMs + heldMs : state.EndsAtMs,
        LandsInsteadOfMs = state.PauseShifts && state.LandsInsteadOfMs > 0 ? state.LandsInsteadOfMs + heldMs : state.LandsInsteadOfMs,
        // A round that was being sealed when the pause began takes no ballots any more and is not opened again.
        Round = state.Round is { } round && state.PausedMs < SessionClock.SealsAt(round)
            ? round with { DeadlineMs = round.DeadlineMs + heldMs }
            : state.Round,
    };

    /// <summary>A beat for the place on the wall that waits for one is the current beat; any other waits for its option to win.</summary>
    private static SessionState WithPrepared(SessionState state, Beat beat) =>
        state.Current is null && beat.Ordinal == state.Ordinal && beat.Option == state.Via
            ? Enter(state, beat)
            : state with { Prepared = state.Prepared.SetItem(beat.Option, beat) };

    private static SessionState Enter(SessionState state, Beat? beat) => state with
    {
        Current = beat,
        CurrentPlan = state.Plans.GetValueOrDefault(state.Via),
        Plans = beat is null ? state.Plans : ImmutableSortedDictionary<int, Plan>.Empty,
        Prepared = ImmutableSortedDictionary<int, Beat>.Empty,
        Chosen = beat is null ? state.Chosen : ImmutableSortedDictionary<int, string>.Empty,
        // The yes that counts from here on is the one to this beat.
        Approved = state.Approved.Contains(state.Via) ? [state.Via] : [],
    };

    /// <summary>Whatever was planned beyond the beat on the wall was planned for something else, also where the house may still overrule.</summary>
    internal static SessionState Unplanned(SessionState state) => state with
    {
        Plans = ImmutableSortedDictionary<int, Plan>.Empty,
        Prepared = ImmutableSortedDictionary<int, Beat>.Empty,
        Undo = state.Undo is { } before ? Unplanned(before) : null,
    };

    private static SessionState WithLine(SessionState state, LineAired aired)
    {
        var beat = state.Current!;
        var told = state with
        {
            Aired = state.Aired.Add(new AiredLine(aired.N, aired.AtMs, aired.ForMs)),
            DueMs = aired.AtMs + aired.ForMs,
        };
        return aired.N > 0 ? told : told with
        {
            Undo = null,
            Approved = [],
            Story = state.Story.After(beat),
            TellUntilMs = beat.Ends ? state.EndsAtMs : aired.AtMs + (long)(1000 * (state.CurrentPlan?.Seconds ?? 0)),
        };
    }

    /// <summary>What is on the wall stays; what comes after it is planned again from the new version.</summary>
    private static SessionState Reloaded(SessionState state, FilmRef film)
    {
        var onAir = state.Current is not null && !state.Aired.IsEmpty;
        // The new version may not have the scene that a suggestion led to; which one it leads to now is looked for again.
        var turns = state.Turns with { Next = null };
        return Unplanned(state with { Film = film, Current = onAir ? state.Current : null, Turns = turns });
    }

    private static SessionState WithDecision(SessionState state, RoundDecided decided)
    {
        var round = state.Round!;
        if (decided.Round == WarmUpRound.Number) return WarmedUp(state, decided);
        var beat = state.Current!;
        // The winner is the journal's word, whatever a later version of the rule would draw.
        var verdict = Counting.Decide(round.Rule, decided.Book, decided.TieSeed) with { Winner = decided.Winner };
        var last = new DecidedRound(
            round, beat.Question!, [.. beat.Options.Select(option => option.Label)], decided.Book, decided.TieSeed, verdict, decided.AtMs)
            {
                For = [.. beat.Options.Select(option => option.For ?? [])],
                Roads = state.Prepared,
                Beat = state.Ordinal,
                Turn = state.Turns.Offered?.Turn,
            };
        return Followed(state with { Decided = state.Decided.Add(last) }, state with { Undo = null }, last, decided.Winner, decided.AtMs);
    }

    /// <summary>The story follows an option of the beat that was on the wall before the decision.</summary>
    /// <param name="state">The session as it is now, its last decision included.</param>
    /// <param name="before">The session before that decision.</param>
    /// <param name="last">That decision as it is to be remembered.</param>
    /// <param name="taken">The option.</param>
    /// <param name="atMs">From when its card is up, UTC milliseconds.</param>
    internal static SessionState Followed(SessionState state, SessionState before, DecidedRound last, int taken, long atMs)
    {
        var beat = before.Current!;
        var card = atMs + (state.Terms!.CardSeconds * 1000L);
        var after = state with
        {
            Decided = state.Decided.SetItem(state.Decided.Length - 1, last),
            Told = before.Told.Add(beat),
            Targets = before.Targets.Add(new ToldTarget(before.CurrentPlan?.Tension ?? beat.Tension, before.Felt)),
            Story = before.Story.After(beat.Options[taken]),
            Round = null,
            Ordinal = before.Ordinal + 1,
            Via = taken,
            Aired = [],
            TellUntilMs = 0,
            Plans = before.Plans,
            Chosen = before.Chosen,
            Turns = state.Turns.AtNextBeat,
            Approved = before.Approved,
            CardUntilMs = card,
            DueMs = state.Veto is { } veto && !before.Approved.Contains(taken) ? Math.Max(card, atMs + (veto.Seconds * 1000L)) : card,
            Undo = before,
        };
        return Enter(after with { Current = null }, before.Prepared.GetValueOrDefault(taken));
    }

    /// <summary>Its words are the film's; what they were is not on record, since nothing follows from them.</summary>
    private static SessionState WarmedUp(SessionState state, RoundDecided decided)
    {
        var round = state.Round!;
        var verdict = Counting.Decide(round.Rule, decided.Book, decided.TieSeed) with { Winner = decided.Winner };
        return state with
        {
            Round = null,
            WarmUp = new DecidedRound(round, Text.Of("", ""), [], decided.Book, decided.TieSeed, verdict, decided.AtMs),
            DueMs = verdict.Voters == 0 ? state.DueMs : decided.AtMs + (state.Terms!.CardSeconds * 1000L),
        };
    }

    private static SessionState WithFeelings(SessionState state, FeelingSums sums) => state with
    {
        Feelings = sums,
        Arousal = Smoothed(state.Arousal, sums),
        Felt = sums.Contributors >= Affects.FewestContributors ? Smoothed(state.Felt, sums) : state.Felt,
    };

    private static double? Smoothed(double? before, FeelingSums sums) => Affects.Arousal(sums.Sums) is { } newest
        ? Math.Round(before is { } old ? old + (NewestWindow * (newest - old)) : newest, 4)
        : before;
}

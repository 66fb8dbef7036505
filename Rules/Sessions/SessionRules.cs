using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Events to journal, or a refusal and nothing. A repeated command yields no event.</summary>
/// <param name="Events">In order.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
public sealed record SessionDecision(ImmutableArray<SessionEvent> Events, Refusal? Refusal)
{
    /// <summary>Nothing to do.</summary>
    public static SessionDecision Nothing { get; } = new([], null);

    /// <summary>Something happens.</summary>
    public static SessionDecision Of(params ReadOnlySpan<SessionEvent> events) => new([.. events], null);

    /// <summary>Nothing happens, and why.</summary>
    public static SessionDecision Not(Refusal refusal) => new([], refusal);
}

/// <summary>What commands make happen.</summary>
public static class SessionRules
{
    /// <summary>Longest reason an operator may give, characters.</summary>
    public const int LongestReason = 200;

    /// <summary>Most that one extension may add, seconds.</summary>
    public const int LongestExtension = 120;

    /// <summary>Most codes of seats shown or printed at once.</summary>
    public const int MostPrinted = 500;

    /// <summary>Most that recovery adds to a round, milliseconds.</summary>
    public const long RecoveryMs = 10_000;

    /// <summary>Fixes the terms, which the caller has checked with <see cref="TermsCheck"/>.</summary>
    public static SessionDecision Create(SessionState state, SessionTerms terms, long nowMs)
    {
        if (state.Terms is null) return SessionDecision.Of(new SessionCreated(terms, nowMs));
        return Same(state.Terms, terms) ? SessionDecision.Nothing : SessionDecision.Not(Refusals.SessionExists);
    }

    /// <summary>A rehearsal goes on with another version of its film, which the caller has found.</summary>
    public static SessionDecision Reload(SessionState state, Film film, long nowMs)
    {
        if (state.Terms is not { } terms) return SessionDecision.Not(Refusals.NoSession);
        if (!terms.Rehearsal || !string.Equals(film.Ref.Slug, terms.Film.Slug, StringComparison.Ordinal)) return SessionDecision.Not(Refusals.NotRehearsal);
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        if (state.Film == film.Ref) return SessionDecision.Nothing;
        return TermsCheck.Of(terms, film) is { } refusal ? SessionDecision.Not(refusal) : SessionDecision.Of(new FilmReloaded(film.Ref, nowMs));
    }

    /// <summary>An operator's command.</summary>
    /// <param name="state">The session.</param>
    /// <param name="film">The version of its film that is told from now on, or <see langword="null"/> if the library has lost it.</param>
    /// <param name="command">The command.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    public static SessionDecision Operate(SessionState state, Film? film, OperatorCommand command, long nowMs)
    {
        if (state.Terms is null) return SessionDecision.Not(Refusals.NoSession);
        if (command.Reason.Length > LongestReason)
            return SessionDecision.Not(Refusals.BadCommand($"A reason has at most {LongestReason} characters.", $"理由最多 {LongestReason} 个字。"));
        return command.Action switch
        {
            OperatorAction.Open => Move(state, command, nowMs, SessionPhase.Lobby, SessionPhase.Scheduled),
            OperatorAction.Start => Move(state, command, nowMs, SessionPhase.Playing, SessionPhase.Lobby),
            OperatorAction.Pause => Move(state, command, nowMs, SessionPhase.Paused, SessionPhase.Playing),
            OperatorAction.Resume => Move(state, command, nowMs, SessionPhase.Playing, SessionPhase.Paused),
            OperatorAction.End => Move(state, command, nowMs, SessionPhase.Ended, SessionPhase.Lobby, SessionPhase.Playing, SessionPhase.Paused, SessionPhase.Scheduled),
            OperatorAction.Extend => Extend(state, command, nowMs),
            OperatorAction.Kick or OperatorAction.Ban or OperatorAction.Unban or OperatorAction.Free => Usher(state, command, nowMs),
            OperatorAction.GoOn => GoOn(state, command, nowMs),
            OperatorAction.PrintCodes => Print(state, command, nowMs),
            OperatorAction.EndWell => SteeringRules.EndWell(state, film, command, nowMs),
            OperatorAction.CarryOn => SteeringRules.CarryOn(state, command, nowMs),
            OperatorAction.Close => SteeringRules.Close(state, command, nowMs),
            OperatorAction.Skip => SteeringRules.Skip(state, command, nowMs),
            OperatorAction.Blank or OperatorAction.Unblank => SteeringRules.Darken(state, command, nowMs),
            OperatorAction.Tell or OperatorAction.Untell => SteeringRules.Tell(state, command, nowMs),
            OperatorAction.Override or OperatorAction.Rerun => Overruling.Decide(state, command, nowMs),
            OperatorAction.Mute or OperatorAction.Unmute => HouseRules.Mute(state, command, nowMs),
            OperatorAction.RemarksOn or OperatorAction.RemarksOff or OperatorAction.FeelingsOn or OperatorAction.FeelingsOff
                or OperatorAction.TurnsOn or OperatorAction.TurnsAuto or OperatorAction.TurnsOff => HouseRules.Switch(state, command, nowMs),
            _ => SessionDecision.Not(Refusals.BadCommand("There is no such command.", "没有这个指令。")),
        };
    }

    /// <summary>The viewer of a seat is forgotten. After the show no ticket is worth anything, and nothing is recorded.</summary>
    public static SessionDecision Leave(SessionState state, int seat, long nowMs) =>
        state.Terms is null || state.Phase == SessionPhase.Ended ? SessionDecision.Nothing : SessionDecision.Of(new SeatLeft(seat, nowMs));

    /// <summary>
    /// A written beat arrives. It is taken once, for the very plan that stands; whatever comes late, twice or unasked is
    /// dropped, and so is what answers a plan that was replaced.
    /// </summary>
    public static SessionDecision Prepare(SessionState state, Beat beat)
    {
        var waited = state.Current is null
            ? beat.Ordinal == state.Ordinal && beat.Option == state.Via
            : beat.Ordinal == state.Ordinal + 1 && !state.Prepared.ContainsKey(beat.Option);
        return waited && state.Phase != SessionPhase.Ended && state.Plans.TryGetValue(beat.Option, out var plan) && plan.Ends == beat.Ends && plan.Made == beat.Made
            ? SessionDecision.Of(new BeatPrepared(beat))
            : SessionDecision.Nothing;
    }

    /// <summary>The verdict over all shards' sealed books, once a round.</summary>
    public static SessionDecision Decide(SessionState state, IReadOnlyList<BallotBook> books, long nowMs)
    {
        if (state.Round is not { } round || state.Phase != SessionPhase.Playing) return SessionDecision.Nothing;
        var book = Books.Sum(books, round.Round);
        var tieSeed = Seeds.For(state.Terms!.Seed, 1_000 + round.Round);
        var verdict = Counting.Decide(round.Rule, book, tieSeed);
        return SessionDecision.Of(new RoundDecided(round.Round, book, [.. books.Select(shard => shard.Version)], tieSeed, verdict.Winner, nowMs));
    }

    /// <summary>
    /// What a restart owes the audience: an open round stays open for min(window, 10 s) from now, if it would have
    /// closed earlier. A round that a shard has sealed is over, whatever the clock says: it goes on to its verdict.
    /// </summary>
    public static SessionDecision Recover(SessionState state, bool isSealed, long nowMs)
    {
        if (isSealed || state.Phase != SessionPhase.Playing || state.Round is not { } round) return SessionDecision.Nothing;
        var deadline = nowMs + Math.Min(state.Terms!.WindowSeconds * 1000L, RecoveryMs);
        return deadline > round.DeadlineMs
            ? SessionDecision.Of(new RoundExtended(round.Round, deadline, ExtensionCause.Recovery))
            : SessionDecision.Nothing;
    }

    private static SessionDecision Move(SessionState state, OperatorCommand command, long nowMs, SessionPhase to, params ReadOnlySpan<SessionPhase> from)
    {
        if (state.Phase == to) return SessionDecision.Nothing;
        return from.Contains(state.Phase)
            ? SessionDecision.Of(new OperatorActed(command, nowMs))
            : SessionDecision.Not(Refusals.WrongPhase(state.Phase));
    }

    private static SessionDecision Usher(SessionState state, OperatorCommand command, long nowMs)
    {
        if (command.Seat < 1 || command.Seat > state.Terms!.Capacity)
            return SessionDecision.Not(Refusals.BadCommand($"Seats are numbered 1 to {state.Terms!.Capacity}.", $"座位号为 1 到 {state.Terms.Capacity}。"));
        var changesNothing = command.Action switch
        {
            OperatorAction.Ban => state.Banned.Contains(command.Seat),
            OperatorAction.Unban => !state.Banned.Contains(command.Seat),
            _ => false,
        };
        return changesNothing ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    private static SessionDecision Print(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Terms!.Entry != Entry.SeatCode) return SessionDecision.Not(Refusals.NoSeatCodes);
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        if (command.Seat < 1 || command.UpTo < command.Seat || command.UpTo > state.Terms.Capacity)
            return SessionDecision.Not(Refusals.BadCommand($"Seats are numbered 1 to {state.Terms.Capacity}.", $"座位号为 1 到 {state.Terms.Capacity}。"));
        if (command.UpTo - command.Seat >= MostPrinted)
            return SessionDecision.Not(Refusals.BadCommand($"At most {MostPrinted} codes at once.", $"一次最多 {MostPrinted} 个代码。"));
        return SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    private static SessionDecision GoOn(SessionState state, OperatorCommand command, long nowMs) =>
        state.Phase is SessionPhase.Playing or SessionPhase.Paused
            ? SessionDecision.Of(new OperatorActed(command, nowMs))
            : SessionDecision.Not(Refusals.WrongPhase(state.Phase));

    private static SessionDecision Extend(SessionState state, OperatorCommand command, long nowMs)
    {
        if (command.Seconds is < 1 or > LongestExtension)
            return SessionDecision.Not(Refusals.BadCommand($"An extension is 1 to {LongestExtension} seconds.", $"一次可延长 1 到 {LongestExtension} 秒。"));
        if (state.Phase != SessionPhase.Playing || state.Round is not { } round || nowMs >= SessionClock.SealsAt(round))
            return SessionDecision.Not(Refusals.WrongPhase(state.Phase));
        var deadline = Math.Max(round.DeadlineMs, nowMs) + (command.Seconds * 1000L);
        return SessionDecision.Of(new OperatorActed(command, nowMs), new RoundExtended(round.Round, deadline, ExtensionCause.Operator));
    }

    private static bool Same(SessionTerms a, SessionTerms b) =>
        a with { WallLanguages = [] } == b with { WallLanguages = [] }
        && a.WallLanguages.SequenceEqual(b.WallLanguages, StringComparer.Ordinal);
}

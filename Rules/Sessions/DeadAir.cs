using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// Dead air: time after a decision card (or after the line before) in which the wall had nothing due to show. A painted
/// frame, one network hop and a timer tick are not dead air, so only what exceeds <see cref="AllowanceMs"/> counts.
/// </summary>
public static class DeadAir
{
    /// <summary>What a healthy wall needs between a line's due time and its paint, milliseconds.</summary>
    public const long AllowanceMs = 250;

    /// <summary>Dead air before a line, milliseconds.</summary>
    /// <param name="dueMs">When the wall was free for it.</param>
    /// <param name="shownMs">When the wall reported it.</param>
    public static long Before(long dueMs, long shownMs) => Math.Max(0, shownMs - dueMs - AllowanceMs);

    /// <summary>
    /// Events with the dead air of the beat that they finish, where there was any: at most one row a beat, and none of its
    /// own transaction. What a crash in the middle of a beat loses is that beat's.
    /// </summary>
    /// <param name="events">What happens.</param>
    /// <param name="state">The session before.</param>
    /// <param name="lateMs">What the beat on the wall came late so far, milliseconds.</param>
    public static ImmutableArray<SessionEvent> OnRecord(ImmutableArray<SessionEvent> events, SessionState state, long lateMs) =>
        lateMs > 0 && state.Current is { } beat && events.Any(Finishes) ? [new WallLate(beat.Ordinal, lateMs), .. events] : events;

    private static bool Finishes(SessionEvent happened) =>
        happened is RoundOpened or RoundDecided or SessionEnded or OperatorActed { Command.Action: OperatorAction.End };
}

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
}

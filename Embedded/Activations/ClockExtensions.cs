namespace Orleans.Story.Embedded;

internal static class ClockExtensions
{
    /// <summary>A timer whose callback runs in a clean execution context, whoever makes it.</summary>
    public static ITimer CreateQuietTimer(this TimeProvider clock, TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}

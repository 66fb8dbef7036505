namespace Orleans.Story.Gateway.Preflight;

/// <summary>
/// Whether this machine's clock was set, or stood still in its sleep: the time of day against a clock that only runs forward.
/// </summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _day = time.GetUtcNow();
    private long _stamp = time.GetTimestamp();

    /// <summary>How far it was set since this was asked last (since the program started, the first time), milliseconds; forward is positive.</summary>
    public double Stepped()
    {
        lock (_gate)
        {
            var (day, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            var stepped = (day - _day - time.GetElapsedTime(_stamp, stamp)).TotalMilliseconds;
            (_day, _stamp) = (day, stamp);
            return stepped;
        }
    }
}

using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Gateway.Telemetry;

/// <summary>
/// Says what went wrong, but not once for each of a thousand phones: five at once, then one every five seconds, with how
/// many were left out. Whoever can make a call fail must not be able to fill the disk with it.
/// </summary>
internal sealed class SparingLog(ILogger<SparingLog> log, TimeProvider time)
{
    private readonly TokenBucket _pace = new(new Rate(PerSecond: 0.2, Burst: 5), time);
    private int _leftOut;

    /// <summary>Something failed; <paramref name="what"/> is our own word for it, never a caller's.</summary>
    public void Failed(string what, Exception? e)
    {
        if (!_pace.Take())
        {
            Interlocked.Increment(ref _leftOut);
            return;
        }

        log.LogWarning(e, "{What} failed; {LeftOut} such lines were left out before this one.", what, Interlocked.Exchange(ref _leftOut, 0));
    }
}

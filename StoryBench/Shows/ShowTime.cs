namespace Orleans.Story.StoryBench.Shows;

/// <summary>
/// A show's clock for whoever writes: it stands where the show stands when a beat is begun and moves on by what each answer
/// took, when it was given or when it was recorded. Rests, budgets and the time that a beat says it took are so the same in both. Timers
/// run in earnest: what a server does not say takes real time to notice.
/// </summary>
public sealed class ShowTime : TimeProvider
{
    private long nowMs;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1000;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref nowMs));

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref nowMs);

    /// <summary>The show is here, UTC milliseconds; it may be before where the last beat ended.</summary>
    internal void Stand(long atMs) => Interlocked.Exchange(ref nowMs, atMs);

    /// <summary>An answer took so long, milliseconds.</summary>
    internal void Pass(long milliseconds) => Interlocked.Add(ref nowMs, milliseconds);
}

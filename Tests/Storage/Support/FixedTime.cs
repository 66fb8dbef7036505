namespace Orleans.Story.Tests.Storage.Support;

/// <summary>A clock that stands where it is put; its stopwatch goes one step with every look.</summary>
internal sealed class FixedTime : TimeProvider
{
    private long _looks;

    public DateTimeOffset Now { get; set; } = new(2031, 5, 17, 20, 15, 0, TimeSpan.Zero);

    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Interlocked.Add(ref _looks, Step.Ticks);
}

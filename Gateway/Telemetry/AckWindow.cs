namespace Orleans.Story.Gateway.Telemetry;

/// <summary>
/// The last acknowledgements of one session, for the console: how many a second and how slow the slowest percent. A ring
/// of 1,024; the oldest is forgotten.
/// </summary>
internal sealed class AckWindow(TimeProvider time)
{
    private const int Size = 1024;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly long[] _at = new long[Size];
    private readonly float[] _ms = new float[Size];
    private long _count;
    private long _second;
    private int _thisSecond;
    private int _lastSecond;

    /// <summary>A ballot was acknowledged.</summary>
    public void Add(TimeSpan took)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            Roll();
            _thisSecond++;
            _at[_count % Size] = now;
            _ms[_count % Size] = (float)took.TotalMilliseconds;
            _count++;
        }
    }

    /// <summary>When the first acknowledgement after a moment was, among those remembered; <see langword="null"/> if there was none.</summary>
    public long? FirstSince(long timestamp)
    {
        lock (_gate)
        {
            for (var i = Math.Max(0, _count - Size); i < _count; i++)
            {
                if (_at[i % Size] > timestamp) return _at[i % Size];
            }

            return null;
        }
    }

    /// <summary>Acknowledgements in the last whole second.</summary>
    public int PerSecond
    {
        get
        {
            lock (_gate)
            {
                Roll();
                return _lastSecond;
            }
        }
    }

    /// <summary>The 99th percentile of the last five seconds, milliseconds; 0 when there was none.</summary>
    public double P99()
    {
        var now = time.GetTimestamp();
        float[] recent;
        lock (_gate)
        {
            recent = [.. Enumerable.Range(0, (int)Math.Min(_count, Size)).Where(i => time.GetElapsedTime(_at[i], now) <= Span).Select(i => _ms[i])];
        }

        if (recent.Length == 0) return 0;
        Array.Sort(recent);
        return Math.Round(recent[Math.Min(recent.Length - 1, (int)Math.Ceiling(recent.Length * 0.99) - 1)], 1);
    }

    private void Roll()
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        if (second == _second) return;
        _lastSecond = second == _second + 1 ? _thisSecond : 0;
        _thisSecond = 0;
        _second = second;
    }
}

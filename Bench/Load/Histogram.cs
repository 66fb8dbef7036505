using System.Numerics;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// Latencies in fixed buckets: 64 to each doubling from one microsecond to over an hour, so a value is off by less than
/// 1.6 %. Not safe from several threads.
/// </summary>
internal sealed class Histogram
{
    private const int PerDoubling = 64;
    private const int Doublings = 33;
    private readonly long[] _buckets = new long[PerDoubling * Doublings];

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The largest, milliseconds.</summary>
    public double MaxMs { get; private set; }

    /// <summary>Records a latency; less than a microsecond counts as none.</summary>
    public void Add(TimeSpan took)
    {
        var micros = Math.Max(0, took.Ticks / TimeSpan.TicksPerMicrosecond);
        _buckets[Bucket(micros)]++;
        Count++;
        MaxMs = Math.Max(MaxMs, micros / 1000.0);
    }

    /// <summary>The upper end of the bucket that holds the given share, milliseconds; <see cref="double.NaN"/> when empty.</summary>
    public double At(double share)
    {
        if (Count == 0) return double.NaN;
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted) return Math.Min(MaxMs, UpperMicros(i) / 1000.0);
        }

        return MaxMs;
    }

    /// <summary>Adds everything another one holds.</summary>
    public void Add(Histogram other)
    {
        for (var i = 0; i < _buckets.Length; i++) _buckets[i] += other._buckets[i];
        Count += other.Count;
        MaxMs = Math.Max(MaxMs, other.MaxMs);
    }

    private static int Bucket(long micros)
    {
        if (micros < PerDoubling) return (int)micros;
        var doubling = BitOperations.Log2((ulong)micros) - BitOperations.Log2(PerDoubling);
        var within = (int)(micros >> doubling) - PerDoubling;
        return Math.Min((PerDoubling * Doublings) - 1, (PerDoubling * (doubling + 1)) + within);
    }

    private static double UpperMicros(int bucket)
    {
        if (bucket < PerDoubling) return bucket;
        var doubling = (bucket / PerDoubling) - 1;
        return (double)((long)((bucket % PerDoubling) + PerDoubling + 1) << doubling);
    }
}

using System.Diagnostics;

namespace Orleans.Story.Tests.Cluster.Support;

/// <summary>Moments at which something happened.</summary>
internal sealed class Timeline
{
    private readonly Lock _gate = new();
    private readonly List<long> _moments = [];

    /// <summary>Whether anything happened yet.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _moments.Count == 0;
        }
    }

    /// <summary>It happens now.</summary>
    public void Mark()
    {
        lock (_gate) _moments.Add(Stopwatch.GetTimestamp());
    }

    /// <summary>Whether it happened after a timestamp.</summary>
    public bool HasAfter(long timestamp)
    {
        lock (_gate) return _moments.Count > 0 && _moments[^1] > timestamp;
    }

    /// <summary>The longest time between two timestamps in which it did not happen, seconds.</summary>
    public double Silence(long from, long to)
    {
        lock (_gate)
        {
            var (longest, last) = (TimeSpan.Zero, from);
            foreach (var moment in _moments.Where(moment => moment > from && moment < to).Append(to))
            {
                var gap = Stopwatch.GetElapsedTime(last, moment);
                if (gap > longest) longest = gap;
                last = moment;
            }

            return longest.TotalSeconds;
        }
    }
}

using System.Diagnostics;

namespace Orleans.Story.Bench.Load;

/// <summary>A ballot with the moment it is due.</summary>
/// <param name="Phone">Which phone.</param>
/// <param name="Round">The round.</param>
/// <param name="Option">The option.</param>
/// <param name="N">Its number.</param>
/// <param name="Due">On the clock of <see cref="Stopwatch"/>.</param>
internal readonly record struct Vote(int Phone, int Round, int Option, int N, long Due);

/// <summary>
/// Sends every ballot when it is due, whatever became of the ones before: an open loop on a thread of its own. Also keeps
/// idle connections alive.
/// </summary>
internal sealed class Pacer : IDisposable
{
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Vote, long> _waiting = new();
    private readonly Action<Vote> _send;
    private readonly Action<int> _keepAlive;
    private readonly int _phones;
    private readonly Thread _thread;
    private volatile bool _over;

    /// <summary>Starts the thread.</summary>
    public Pacer(int phones, Action<Vote> send, Action<int> keepAlive)
    {
        (_phones, _send, _keepAlive) = (phones, send, keepAlive);
        _thread = new Thread(Run) { IsBackground = true, Name = "pacer" };
        _thread.Start();
    }

    /// <summary>Ballots not sent yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Adds ballots.</summary>
    public void Add(IEnumerable<Vote> votes)
    {
        lock (_gate)
        {
            foreach (var vote in votes) _waiting.Enqueue(vote, vote.Due);
        }
    }

    /// <summary>Sends a ballot again after a while; it stays due when it was.</summary>
    public void Again(Vote vote, TimeSpan after)
    {
        lock (_gate) _waiting.Enqueue(vote, Stopwatch.GetTimestamp() + (long)(after.TotalSeconds * Stopwatch.Frequency));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over = true;
        _thread.Join();
    }

    private void Run()
    {
        var began = Stopwatch.GetTimestamp();
        var kept = 0L;
        while (!_over)
        {
            while (Next() is { } vote) _send(vote);
            var due = (long)(Stopwatch.GetElapsedTime(began) / KeepAliveEvery * _phones);
            for (; kept < due; kept++) _keepAlive((int)(kept % _phones));
            Thread.Sleep(1);
        }
    }

    private Vote? Next()
    {
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var vote, out var at) || at > Stopwatch.GetTimestamp()) return null;
            _waiting.Dequeue();
            return vote;
        }
    }
}

using System.Diagnostics;
using System.Net;

namespace Orleans.Story.Bench.Load;

/// <summary>One phone: its link, what it sent, and what it was told stands.</summary>
internal sealed class PhoneState(Link link)
{
    /// <summary>Ballots in flight that are remembered; more than any server keeps waiting.</summary>
    private const int Ring = 1024;

    private readonly long[] _due = new long[Ring];
    private readonly sbyte[] _option = new sbyte[Ring];
    private readonly bool[] _open = new bool[Ring];

    /// <summary>The link.</summary>
    public Link Link => link;

    /// <summary>The highest number given to a ballot.</summary>
    public int Numbered { get; set; }

    /// <summary>The highest number sent in this round, or 0.</summary>
    public int SentN { get; set; }

    /// <summary>The number that stands in this round by the highest receipt, or 0.</summary>
    public int StandsN { get; private set; }

    /// <summary>The option that stands.</summary>
    public int Stands { get; private set; }

    /// <summary>Voters acknowledged when this phone's first ballot of the round was, until a tally shows as many; else 0.</summary>
    public int Awaits { get; set; }

    /// <summary>When that was.</summary>
    public long AckedAt { get; set; }

    /// <summary>Voters in the last tally of the round.</summary>
    public int Seen { get; set; }

    /// <summary>Ballots without an answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>A new round.</summary>
    public void Begin() => (SentN, StandsN, Stands, Awaits, Seen) = (0, 0, -1, 0, 0);

    /// <summary>Remembers a ballot before it goes out.</summary>
    public void Sends(int n, int option, long due)
    {
        if (!_open[n % Ring]) Unanswered++;
        (_due[n % Ring], _option[n % Ring], _open[n % Ring]) = (due, (sbyte)option, true);
        SentN = Math.Max(SentN, n);
    }

    /// <summary>The ballot was answered; tells when it was due, and false if it was answered before.</summary>
    public bool Answered(int n, out long due)
    {
        due = _due[n % Ring];
        if (!_open[n % Ring]) return false;
        _open[n % Ring] = false;
        Unanswered--;
        return true;
    }

    /// <summary>The option of a ballot sent lately.</summary>
    public int OptionOf(int n) => _option[n % Ring];

    /// <summary>A receipt says what stands; true for the first of the round.</summary>
    public bool Stand(int n, int option)
    {
        var first = StandsN == 0;
        if (n > StandsN) (StandsN, Stands) = (n, option);
        return first;
    }
}

/// <summary>Brings the phones in.</summary>
internal static class Seating
{
    /// <summary>How many come through the door at once when there is no pace.</summary>
    private const int AtOnce = 8;

    /// <summary>Connects them all in order of index, fills them in as they come, and starts their receive loops.</summary>
    public static async Task Seat(LoadPlan plan, IWire wire, IWireEvents events, PhoneState[] phones, CancellationToken stop)
    {
        var server = new IPEndPoint(IPAddress.Loopback, plan.Port);
        using var doors = new SemaphoreSlim(plan.JoinSeconds > 0 ? 64 : AtOnce);
        var started = Stopwatch.StartNew();

        async Task Come(int i)
        {
            await Task.Yield();
            if (plan.JoinSeconds > 0)
            {
                var wait = TimeSpan.FromSeconds(plan.JoinSeconds * i / plan.Phones) - started.Elapsed;
                if (wait > TimeSpan.Zero) await Task.Delay(wait, stop);
            }

            await doors.WaitAsync(stop);
            try
            {
                var link = await wire.Connect(i, server, stop);
                phones[i] = new PhoneState(link);
                _ = link.Receive((from, message) => wire.Read(from, message, events));
            }
            finally
            {
                doors.Release();
            }
        }

        await Come(0);
        await Task.WhenAll(Enumerable.Range(1, plan.Phones - 1).Select(Come));
    }
}

using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>
/// The seats of one session as this gateway sees them: who is here, and how fast each may go. It keeps a seat once it was
/// here, so that reconnecting does not refill a bucket; a session has at most 10,000.
/// </summary>
internal sealed class SeatBook(GatewayOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, SeatEntry> _seats = [];
    private int _present;

    /// <summary>Seats with at least one connection; two tabs count once.</summary>
    public int Present => Volatile.Read(ref _present);

    /// <summary>A connection of the seat came. Answers <see langword="null"/> when it has too many already.</summary>
    public SeatEntry? Arrive(int seat)
    {
        lock (_gate)
        {
            var entry = Entry(seat);
            if (entry.Connections >= options.ConnectionsPerSeat) return null;
            if (++entry.Connections == 1) _present++;
            return entry;
        }
    }

    /// <summary>Whether a seat that asks outside its connections may ask now.</summary>
    public bool MayAsk(int seat)
    {
        lock (_gate) return Entry(seat).Others.Take();
    }

    /// <summary>Whether a seat may speak to a character now.</summary>
    public bool MayTalk(int seat)
    {
        lock (_gate) return Entry(seat).Talks.Take();
    }

    /// <summary>The connections of a seat that came with a ticket of an earlier sitting, to write to.</summary>
    public IReadOnlyList<Recipient> Before(Sitting sitting)
    {
        lock (_gate)
        {
            return _seats.TryGetValue(sitting.Seat, out var entry)
                ? [.. entry.Phones.Where(phone => phone.Sitting < sitting.Number).Select(phone => phone.Recipient)]
                : [];
        }
    }

    /// <summary>A connection that arrived can be written to.</summary>
    public void Follow(SeatEntry entry, Recipient phone, int sitting)
    {
        lock (_gate) entry.Phones.Add((phone, sitting));
    }

    /// <summary>A connection of the seat went.</summary>
    public void Leave(SeatEntry entry, Recipient phone)
    {
        lock (_gate)
        {
            entry.Phones.RemoveAll(one => ReferenceEquals(one.Recipient, phone));
            if (--entry.Connections == 0) _present--;
        }
    }

    private SeatEntry Entry(int seat)
    {
        if (!_seats.TryGetValue(seat, out var entry)) _seats.Add(seat, entry = new SeatEntry(options, time));
        return entry;
    }
}

/// <summary>One seat's allowances, shared by its tabs.</summary>
internal sealed class SeatEntry(GatewayOptions options, TimeProvider time)
{
    /// <summary>Connections open now; guarded by the book.</summary>
    public int Connections { get; set; }

    /// <summary>What can be written to, and the sitting of its ticket; guarded by the book.</summary>
    public List<(Recipient Recipient, int Sitting)> Phones { get; } = [];

    /// <summary>Ballots.</summary>
    public TokenBucket Casts { get; } = new(options.Casts, time);

    /// <summary>Feelings.</summary>
    public TokenBucket Feels { get; } = new(options.Feels, time);

    /// <summary>Words with a character.</summary>
    public TokenBucket Talks { get; } = new(options.Talks, time);

    /// <summary>Remarks.</summary>
    public TokenBucket Remarks { get; } = new(options.Remarks, time);

    /// <summary>Suggested turns.</summary>
    public TokenBucket Suggestions { get; } = new(options.Suggestions, time);

    /// <summary>Everything else.</summary>
    public TokenBucket Others { get; } = new(options.Others, time);
}

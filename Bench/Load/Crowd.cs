using System.Diagnostics;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// The phones together: sends what is due, measures from the moment it was due, keeps its own count from
/// acknowledgements alone. What a storm or a hall does with it is theirs.
/// </summary>
internal sealed class Crowd : IWireEvents, IAsyncDisposable
{
    private static readonly TimeSpan BusyAgain = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly LoadPlan _plan;
    private readonly IWire _wire;
    private Histogram _ack = new();
    private Histogram _lag = new();
    private Histogram _late = new();
    private PhoneState[] _phones = [];
    private Pacer? _pacer;
    private int _round;
    private int _firsts;
    private long _from;
    private long _until = long.MaxValue;
    private long _sent;
    private long _accepted;
    private long _busy;
    private long _stale;
    private long _refused;

    /// <summary>A crowd of nobody.</summary>
    public Crowd(LoadPlan plan, IWire wire) => (_plan, _wire) = (plan, wire);

    /// <summary>A stage with a round came to the first phone.</summary>
    public Action<StageSeen>? StageCame { get; set; }

    /// <summary>How many phones.</summary>
    public int Size => _phones.Length;

    /// <summary>Bytes all phones received and sent so far.</summary>
    public (long In, long Out) Bytes => (_phones.Sum(phone => phone.Link.BytesIn), _phones.Sum(phone => phone.Link.BytesOut));

    /// <summary>Ballots without an answer, those not sent yet among them.</summary>
    public int Open => (_pacer?.Waiting ?? 0) + _phones.Sum(phone => phone.Unanswered);

    /// <summary>Everybody goes, without a word.</summary>
    public void Leave()
    {
        _pacer?.Dispose();
        foreach (var phone in _phones) phone?.Link.Dispose();
    }

    /// <summary>Everybody comes in, or comes back.</summary>
    public async Task Arrive(CancellationToken stop)
    {
        _phones = new PhoneState[_plan.Phones];
        _pacer = new Pacer(_phones.Length, Send, KeepAlive);
        await Seating.Seat(_plan, _wire, this, _phones, stop);
    }

    /// <summary>A new round; ballots due between the two moments are measured.</summary>
    public void Begin(int round, long from, long until)
    {
        lock (_gate)
        {
            (_round, _from, _until, _firsts) = (round, from, until, 0);
            (_ack, _lag, _late) = (new Histogram(), new Histogram(), new Histogram());
            (_sent, _accepted, _busy, _stale, _refused) = (0, 0, 0, 0, 0);
            foreach (var phone in _phones) phone.Begin();
        }
    }

    /// <summary>Ballots to send when they are due.</summary>
    public void Schedule(IEnumerable<Vote> votes) => _pacer!.Add(votes);

    /// <summary>The next number of a phone's ballots.</summary>
    public int NextNumber(int phone) => ++_phones[phone].Numbered;

    /// <summary>Waits until every ballot is answered, at most so long.</summary>
    public async Task Settle(TimeSpan most, CancellationToken stop)
    {
        var until = Stopwatch.GetTimestamp() + (long)(most.TotalSeconds * Stopwatch.Frequency);
        while (Open > 0 && Stopwatch.GetTimestamp() < until) await Task.Delay(20, stop);
    }

    /// <summary>What was measured since <see cref="Begin"/>.</summary>
    public LoadNews Report(string what, int options)
    {
        lock (_gate)
        {
            var own = new int[options];
            foreach (var phone in _phones.Where(phone => phone.StandsN > 0)) own[phone.Stands]++;
            return new LoadNews
            {
                What = what,
                Round = _round,
                Seconds = (_until - _from) / (double)Stopwatch.Frequency,
                Sent = _sent,
                Accepted = _accepted,
                Busy = _busy,
                Stale = _stale,
                Refused = _refused,
                Lost = _phones.Sum(phone => phone.Unanswered),
                Dropped = _phones.Count(phone => phone.Link.IsClosed),
                AckP50 = _ack.At(0.5),
                AckP99 = _ack.At(0.99),
                AckMax = _ack.MaxMs,
                LagP50 = _lag.At(0.5),
                LagP99 = _lag.At(0.99),
                LateP99 = _late.At(0.99),
                Own = own,
                OwnVoters = own.Sum(),
                Unknown = _phones.Count(phone => phone.SentN > phone.StandsN),
            };
        }
    }

    /// <inheritdoc/>
    public void Acked(Link link, in Ack ack)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (ack.Id <= 0 || link.Index >= _phones.Length || _phones[link.Index] is not { } phone || !phone.Answered(ack.Id, out var due)) return;
            switch (ack.Fate)
            {
                case Fate.Counted:
                    if (due >= _from && due < _until) _ack.Add(Stopwatch.GetElapsedTime(due, now));
                    if (now >= _from && now < _until) _accepted++;
                    if (!phone.Stand(ack.N, ack.Choice >= 0 ? ack.Choice : phone.OptionOf(ack.N))) break;
                    (phone.Awaits, phone.AckedAt) = (++_firsts, now);
                    Included(phone, now);
                    break;
                case Fate.Busy:
                    _busy++;
                    _pacer!.Again(new Vote(link.Index, _round, phone.OptionOf(ack.Id), ack.Id, due), BusyAgain);
                    break;
                case Fate.Stale:
                    _stale++;
                    phone.Stand(ack.N, ack.Choice);
                    break;
                default:
                    _refused++;
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Tallied(Link link, int round, int voters)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (link.Index >= _phones.Length || _phones[link.Index] is not { } phone || (round >= 0 && round != _round)) return;
            phone.Seen = voters;
            Included(phone, now);
        }
    }

    /// <inheritdoc/>
    public void Staged(Link link, ReadOnlySpan<byte> json)
    {
        if (StageSeen.Read(json) is { } seen) StageCame?.Invoke(seen);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Leave();
        return ValueTask.CompletedTask;
    }

    /// <summary>Also while others still come: a phone that says nothing for long is given up.</summary>
    private void KeepAlive(int i)
    {
        if (_phones[i] is { } phone) _wire.KeepAlive(phone.Link);
    }

    private void Included(PhoneState phone, long now)
    {
        if (phone.Awaits == 0 || phone.Seen < phone.Awaits) return;
        if (phone.AckedAt >= _from && phone.AckedAt < _until) _lag.Add(Stopwatch.GetElapsedTime(phone.AckedAt, now));
        phone.Awaits = 0;
    }

    private void Send(Vote vote)
    {
        var phone = _phones[vote.Phone];
        lock (_gate)
        {
            if (vote.Round != _round) return;
            phone.Sends(vote.N, vote.Option, vote.Due);
            if (vote.Due >= _from && vote.Due < _until)
            {
                _sent++;
                _late.Add(Stopwatch.GetElapsedTime(vote.Due));
            }
        }

        _wire.Cast(phone.Link, vote.Round, vote.Option, vote.N);
    }
}

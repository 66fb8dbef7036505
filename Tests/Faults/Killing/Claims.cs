using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>A ballot as a seat sent it.</summary>
/// <param name="Round">The round.</param>
/// <param name="Seat">The seat.</param>
/// <param name="N">Its number.</param>
/// <param name="Choice">The canonical choice.</param>
internal readonly record struct SentBallot(int Round, int Seat, int N, string Choice);

/// <summary>
/// What the seats of one session sent and what they were told: the server must keep the second and may keep nothing that
/// is not in the first.
/// </summary>
internal sealed class Claims
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Round, int Seat), (int N, string Choice)> _acknowledged = [];
    private readonly HashSet<SentBallot> _sent = [];
    private readonly HashSet<SentBallot> _inTheAir = [];
    private int _news;

    /// <summary>The count the demo's crowd keeps, from receipts alone.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Every seat's highest acknowledged ballot.</summary>
    public List<SentBallot> Acknowledged
    {
        get
        {
            lock (_gate) return [.. _acknowledged.Select(one => new SentBallot(one.Key.Round, one.Key.Seat, one.Value.N, one.Value.Choice))];
        }
    }

    /// <summary>Ballots that a receipt has made the newest of their seat, each counted once: what is sent again and answered again is no news.</summary>
    public int News
    {
        get
        {
            lock (_gate) return _news;
        }
    }

    /// <summary>A ballot leaves the phone.</summary>
    public void Sends(SentBallot ballot)
    {
        lock (_gate)
        {
            _sent.Add(ballot);
            _inTheAir.Add(ballot);
        }
    }

    /// <summary>Its answer came, whatever it was.</summary>
    public void Answered(SentBallot ballot)
    {
        lock (_gate) _inTheAir.Remove(ballot);
    }

    /// <summary>Ballots whose answer never came since this was asked last.</summary>
    public List<SentBallot> TakeLost()
    {
        lock (_gate)
        {
            List<SentBallot> lost = [.. _inTheAir];
            _inTheAir.Clear();
            foreach (var ballot in lost) Ledger.Unknown(ballot.Round, ballot.Seat);
            return lost;
        }
    }

    /// <summary>A receipt came. Answers what is wrong with it, or <see langword="null"/>.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="isNewest">Nothing else of this seat is under way, so what was acknowledged before must still stand.</param>
    public string? Told(Receipt receipt, bool isNewest)
    {
        if (receipt.Status == ReceiptStatus.Busy) return null;
        var stands = new SentBallot(receipt.Round, receipt.Seat, receipt.N, receipt.Choice);
        lock (_gate)
        {
            var known = _acknowledged.TryGetValue((receipt.Round, receipt.Seat), out var before);
            if (Contradiction(stands, isNewest) is { } wrong) return wrong;
            Ledger.Record(receipt);
            if (receipt.N <= 0 || (known && receipt.N <= before.N)) return null;
            _acknowledged[(receipt.Round, receipt.Seat)] = (receipt.N, receipt.Choice);
            _news++;
            return null;
        }
    }

    /// <summary>What the standing ballot of a seat (number 0: none) contradicts, or <see langword="null"/>.</summary>
    public string? Contradiction(SentBallot stands, bool isNewest = true)
    {
        lock (_gate)
        {
            if (stands.N > 0 && !_sent.Contains(stands)) return $"round {stands.Round}, seat {stands.Seat}: ballot {stands.N} '{stands.Choice}' stands, which that seat never sent";
            if (!_acknowledged.TryGetValue((stands.Round, stands.Seat), out var before)) return null;
            var contradicts = (isNewest && stands.N < before.N) || (stands.N == before.N && stands.Choice != before.Choice);
            return contradicts
                ? $"round {stands.Round}, seat {stands.Seat}: ballot {before.N} '{before.Choice}' was acknowledged, and {(stands.N == 0 ? "nothing" : $"{stands.N} '{stands.Choice}'")} stands"
                : null;
        }
    }
}

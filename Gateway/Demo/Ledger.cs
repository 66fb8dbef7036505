using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// The crowd's own count, kept from receipts alone: for each round and seat the acknowledged ballot with the highest
/// number. What the server decides must equal it.
/// </summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Round, int Seat), (int N, string Choice)> _standing = [];
    private readonly HashSet<(int Round, int Seat)> _unknown = [];

    /// <summary>Ballots acknowledged, replaced ones included; those of the lobby's warm-up do not matter.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>A receipt came; receipts that hold no ballot are ignored.</summary>
    public void Record(Receipt receipt)
    {
        lock (_gate)
        {
            if (receipt.Status == ReceiptStatus.Counted && receipt.Round != WarmUpRound.Number) Acknowledged++;
            if (receipt.N == 0 || receipt.Status == ReceiptStatus.Busy) return;
            var key = (receipt.Round, receipt.Seat);
            _unknown.Remove(key);
            if (!_standing.TryGetValue(key, out var known) || known.N < receipt.N) _standing[key] = (receipt.N, receipt.Choice);
        }
    }

    /// <summary>A ballot went out and nobody learned what became of it.</summary>
    public void Unknown(int round, int seat)
    {
        lock (_gate) _unknown.Add((round, seat));
    }

    /// <summary>Compares with what was decided.</summary>
    public LedgerVerdict Compare(StageChoice decided)
    {
        lock (_gate)
        {
            var counts = new int[decided.Options.Length];
            var voters = 0;
            foreach (var (key, ballot) in _standing)
            {
                if (key.Round != decided.Round) continue;
                voters++;
                foreach (var option in Ballots.Backs(ballot.Choice)) counts[option]++;
            }

            return new LedgerVerdict(
                decided.Round, counts, voters, [.. decided.Counts], decided.Voters, _unknown.Count(key => key.Round == decided.Round));
        }
    }
}

/// <summary>One round in the crowd's book and in the server's.</summary>
/// <param name="Round">The round.</param>
/// <param name="Own">The crowd's count an option.</param>
/// <param name="OwnVoters">Seats in the crowd's book.</param>
/// <param name="Decided">The server's count an option.</param>
/// <param name="DecidedVoters">Seats in the server's book.</param>
/// <param name="Unknown">Seats whose last ballot's fate the crowd does not know.</param>
internal sealed record LedgerVerdict(int Round, int[] Own, int OwnVoters, int[] Decided, int DecidedVoters, int Unknown)
{
    /// <summary>Whether both books are equal.</summary>
    public bool IsExact => OwnVoters == DecidedVoters && Own.AsSpan().SequenceEqual(Decided);

    /// <summary>Seats that voted and are not the crowd's.</summary>
    public int Others => DecidedVoters - OwnVoters;

    /// <summary>Whether the crowd's ballots are all there and what comes on top can be votes of so many other seats.</summary>
    public bool IsExactBut(int otherSeats) =>
        Others >= 0 && Others <= otherSeats && Own.Zip(Decided, (own, decided) => decided - own is var more && more >= 0 && more <= Others).All(fits => fits);
}

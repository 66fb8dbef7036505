using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Batching;

/// <summary>
/// Ballots of one round on their way to a shard together, the highest number a seat. What a higher number replaced is
/// answered with its successor's receipt; what came late with a lower number, or the same number and another choice,
/// is answered as the shard would: stale. Ballots of one seat from two sittings meet only when its shard already refuses
/// the earlier one's, so those are answered that way here.
/// </summary>
internal sealed class BallotGathering(RoundTerms terms, long openedAt = 0)
{
    private readonly Dictionary<int, int> _bySeat = [];
    private readonly List<Entry> _entries = [];
    private List<ActivityContext>? _votes;
    private readonly List<(int Seat, TaskCompletionSource<Receipt> Waiter)> _parted = [];

    /// <summary>The round.</summary>
    public RoundTerms Terms => terms;

    /// <summary>When its first ballot came, on the lane's clock.</summary>
    public long OpenedAt => openedAt;

    /// <summary>Its votes that somebody records; the first <see cref="GatewayTracing.MostLinks"/>.</summary>
    public IReadOnlyList<ActivityContext>? Votes => _votes;

    /// <summary>Whether a ballot of this seat still fits.</summary>
    public bool HasRoomFor(int seat) => _entries.Count < BallotLane.MostInBatch || _bySeat.ContainsKey(seat);

    /// <summary>Adds a ballot; the task ends with its receipt.</summary>
    public Task<Receipt> Add(Ballot ballot)
    {
        if (GatewayTracing.Recorded is { } vote && (_votes?.Count ?? 0) < GatewayTracing.MostLinks) (_votes ??= []).Add(vote);
        var waiter = new TaskCompletionSource<Receipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_bySeat.TryGetValue(ballot.Seat, out var index))
        {
            _bySeat.Add(ballot.Seat, _entries.Count);
            _entries.Add(new Entry(ballot, [waiter], null));
            return waiter.Task;
        }

        var entry = _entries[index];
        if (ballot.Sitting < entry.Ballot.Sitting)
        {
            _parted.Add((ballot.Seat, waiter));
        }
        else if (ballot.Sitting > entry.Ballot.Sitting)
        {
            _parted.AddRange(entry.Follows.Concat(entry.Late ?? []).Select(parted => (ballot.Seat, parted)));
            _entries[index] = new Entry(ballot, [waiter], null);
        }
        else if (ballot.N > entry.Ballot.N)
        {
            entry.Follows.Add(waiter);
            _entries[index] = entry with { Ballot = ballot };
        }
        else if (ballot == entry.Ballot)
        {
            entry.Follows.Add(waiter);
        }
        else
        {
            if (entry.Late is null) _entries[index] = entry with { Late = [waiter] };
            else entry.Late.Add(waiter);
        }

        return waiter.Task;
    }

    /// <summary>What the shard is asked.</summary>
    public BallotBatch Batch() => new(terms, [.. _entries.Select(entry => entry.Ballot)]);

    /// <summary>Answers everyone, from receipts in the batch's order or with <paramref name="busy"/>; tells how many.</summary>
    public int Answer(ImmutableArray<Receipt> receipts, Func<int, Receipt> busy)
    {
        var answered = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var receipt = receipts.IsEmpty ? busy(_entries[i].Ballot.Seat) : receipts[i];
            foreach (var waiter in _entries[i].Follows) waiter.TrySetResult(receipt);
            var late = receipt.Status == ReceiptStatus.Counted ? receipt with { Status = ReceiptStatus.Stale } : receipt;
            foreach (var waiter in _entries[i].Late ?? []) waiter.TrySetResult(late);
            answered += _entries[i].Follows.Count + (_entries[i].Late?.Count ?? 0);
        }

        foreach (var (seat, waiter) in _parted) waiter.TrySetResult(busy(seat) with { Status = ReceiptStatus.Parted });
        return answered + _parted.Count;
    }

    private sealed record Entry(Ballot Ballot, List<TaskCompletionSource<Receipt>> Follows, List<TaskCompletionSource<Receipt>>? Late);
}

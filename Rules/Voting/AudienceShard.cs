using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>An event of the stream <c>audience/{session}/{shard}</c>.</summary>
public abstract record AudienceEvent;

/// <summary>Ballots that stand from now on, one row a batch.</summary>
/// <param name="Round">The round.</param>
/// <param name="Ballots">In the order they were taken.</param>
public sealed record BallotsCast(int Round, ImmutableArray<Ballot> Ballots) : AudienceEvent;

/// <summary>The round is closed for good; the book is what counts.</summary>
/// <param name="Round">The round.</param>
/// <param name="Book">Canonical ballots and how many seats cast each.</param>
public sealed record ShardSealed(int Round, ImmutableArray<BookLine> Book) : AudienceEvent;

/// <summary>Seats begin new sittings: ballots of earlier ones are not taken any more, those that stand stay.</summary>
/// <param name="Sittings">One a seat.</param>
public sealed record SittingsBegun(ImmutableArray<Sitting> Sittings) : AudienceEvent;

/// <summary>A seat's standing ballot.</summary>
/// <param name="N">Its number.</param>
/// <param name="Choice">Its canonical choice.</param>
/// <param name="Version">The stream version that holds it.</param>
/// <param name="Again">Whether it took the place of an earlier one in the same round. The number cannot tell: phones count on from round to round.</param>
public sealed record StandingBallot(int N, string Choice, long Version, bool Again = false);

/// <summary>One round in one shard.</summary>
/// <param name="Sealed">Whether it is closed for good.</param>
/// <param name="Version">The stream version of its last change.</param>
/// <param name="Standing">By seat.</param>
/// <param name="Counts">Seats a canonical choice; positive.</param>
/// <param name="SealedBook">What the seal recorded; empty before.</param>
public sealed record ShardRound(
    bool Sealed,
    long Version,
    ImmutableDictionary<int, StandingBallot> Standing,
    ImmutableSortedDictionary<string, int> Counts,
    ImmutableArray<BookLine> SealedBook)
{
    /// <summary>A round nobody voted in yet.</summary>
    public static ShardRound Empty { get; } = new(
        false,
        0,
        ImmutableDictionary<int, StandingBallot>.Empty,
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal),
        []);

    /// <summary>The round's book: as sealed, or as it stands under these weights.</summary>
    /// <param name="round">The round.</param>
    /// <param name="weights">Votes by seat, for seats that carry more than one; see <see cref="Streaks"/>.</param>
    public BallotBook Book(int round, ImmutableDictionary<int, int> weights) => new(round, Version, Sealed ? SealedBook : Lines(weights));

    private ImmutableArray<BookLine> Lines(ImmutableDictionary<int, int> weights) => weights.IsEmpty
        ? [.. Counts.Select(count => new BookLine(count.Key, 1, count.Value))]
        : [
            .. Standing.CountBy(seat => (seat.Value.Choice, Weight: weights.GetValueOrDefault(seat.Key, 1)))
                .OrderBy(line => line.Key.Choice, StringComparer.Ordinal)
                .ThenBy(line => line.Key.Weight)
                .Select(line => new BookLine(line.Key.Choice, line.Key.Weight, line.Value)),
        ];
}

/// <summary>
/// One shard of an audience as its stream tells it. A ballot with a higher number than the standing one replaces it; the
/// same number and choice is a repeat; anything else is stale; after the seal nothing changes. A ballot of a sitting that
/// has ended is parted from all that: it neither counts nor learns what does.
/// </summary>
/// <param name="Version">The stream's version.</param>
/// <param name="Rounds">By round.</param>
public sealed record AudienceShard(long Version, ImmutableSortedDictionary<int, ShardRound> Rounds)
{
    /// <summary>A shard nobody voted in.</summary>
    public static AudienceShard Empty { get; } = new(0, ImmutableSortedDictionary<int, ShardRound>.Empty);

    /// <summary>The number of each seat's sitting, for seats whose first has ended.</summary>
    public ImmutableDictionary<int, int> Sittings { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>The round, or an empty one.</summary>
    public ShardRound Round(int round) => Rounds.GetValueOrDefault(round, ShardRound.Empty);

    /// <summary>Which ballots of a batch count, or no event if none does.</summary>
    /// <exception cref="ArgumentException">A seat, number or choice is out of range; nothing of the batch may be taken.</exception>
    public BallotsCast? Decide(BallotBatch batch)
    {
        foreach (var ballot in batch.Ballots)
        {
            if (ballot.Seat < 1 || ballot.N < 1 || ballot.Sitting < 0 || !Ballots.IsCanonical(batch.Terms, ballot.Choice))
            {
                throw new ArgumentException($"Seat {ballot.Seat} sent ballot {ballot.N} '{ballot.Choice}', which round {batch.Terms.Round} does not allow.", nameof(batch));
            }
        }

        var round = Round(batch.Terms.Round);
        if (round.Sealed) return null;
        var highest = new Dictionary<int, int>();
        var taken = ImmutableArray.CreateBuilder<Ballot>();
        foreach (var ballot in batch.Ballots)
        {
            if (IsOver(ballot)) continue;
            var standing = highest.TryGetValue(ballot.Seat, out var n) ? n : round.Standing.GetValueOrDefault(ballot.Seat)?.N ?? 0;
            if (ballot.N <= standing) continue;
            highest[ballot.Seat] = ballot.N;
            taken.Add(ballot);
        }

        return taken.Count == 0 ? null : new BallotsCast(batch.Terms.Round, taken.ToImmutable());
    }

    /// <summary>The sittings among these that are news, or no event if none is.</summary>
    public SittingsBegun? Reseat(IEnumerable<Sitting> sittings)
    {
        ImmutableArray<Sitting> news = [.. sittings.Where(sitting => sitting.Number > Sittings.GetValueOrDefault(sitting.Seat))];
        return news.IsEmpty ? null : new SittingsBegun(news);
    }

    /// <summary>The seal of a round, or no event if it is sealed.</summary>
    public ShardSealed? Seal(RoundOrder order)
    {
        var state = Round(order.Round);
        return state.Sealed ? null : new ShardSealed(order.Round, state.Book(order.Round, Streaks.Weights(this, order)).Lines);
    }

    /// <summary>The ballots of a sealed round, by seat; none while it is open.</summary>
    public ImmutableArray<CountedBallot> Counted(RoundOrder order)
    {
        var state = Round(order.Round);
        if (!state.Sealed) return [];
        var weights = Streaks.Weights(this, order);
        return
        [
            .. state.Standing.OrderBy(seat => seat.Key).Select(seat => new CountedBallot(
                seat.Key, seat.Value.N, seat.Value.Choice, weights.GetValueOrDefault(seat.Key, 1), seat.Value.Version, seat.Value.Again)),
        ];
    }

    /// <summary>The receipt for a ballot as the shard stands now.</summary>
    public Receipt Receipt(int shard, int round, Ballot ballot)
    {
        if (IsOver(ballot)) return Of(ReceiptStatus.Parted, shard, round, ballot.Seat, null);
        var state = Round(round);
        var standing = state.Standing.GetValueOrDefault(ballot.Seat);
        var repeats = standing is not null && standing.N == ballot.N && string.Equals(standing.Choice, ballot.Choice, StringComparison.Ordinal);
        var status = repeats ? ReceiptStatus.Counted : state.Sealed ? ReceiptStatus.Closed : ReceiptStatus.Stale;
        return Of(status, shard, round, ballot.Seat, standing);
    }

    /// <summary>The receipt for a ballot that the journal cannot take now.</summary>
    public Receipt Busy(int shard, int round, Ballot ballot) =>
        Of(IsOver(ballot) ? ReceiptStatus.Parted : ReceiptStatus.Busy, shard, round, ballot.Seat, IsOver(ballot) ? null : Round(round).Standing.GetValueOrDefault(ballot.Seat));

    /// <summary>The receipt of whatever stands for a seat.</summary>
    public Receipt Standing(int shard, int round, int seat)
    {
        var state = Round(round);
        return Of(state.Sealed ? ReceiptStatus.Closed : ReceiptStatus.Counted, shard, round, seat, state.Standing.GetValueOrDefault(seat));
    }

    /// <summary>The shard after an event at a stream version.</summary>
    public AudienceShard Evolve(AudienceEvent happened, long version) => happened switch
    {
        BallotsCast cast => With(cast.Round, version, Take(Round(cast.Round), cast.Ballots, version)),
        ShardSealed seal => With(seal.Round, version, Round(seal.Round) with { Sealed = true, Version = version, SealedBook = seal.Book }),
        SittingsBegun begun => this with
        {
            Version = version,
            Sittings = Sittings.SetItems(begun.Sittings.Select(sitting => KeyValuePair.Create(sitting.Seat, sitting.Number))),
        },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not an audience event.", nameof(happened)),
    };

    private static Receipt Of(ReceiptStatus status, int shard, int round, int seat, StandingBallot? standing) =>
        new(status, round, seat, standing?.N ?? 0, standing?.Choice ?? "", shard, standing?.Version ?? 0);

    private AudienceShard With(int number, long version, ShardRound round) => this with { Version = version, Rounds = Rounds.SetItem(number, round) };

    private bool IsOver(Ballot ballot) => ballot.Sitting < Sittings.GetValueOrDefault(ballot.Seat);

    private static ShardRound Take(ShardRound round, ImmutableArray<Ballot> ballots, long version)
    {
        var standing = round.Standing.ToBuilder();
        var counts = round.Counts.ToBuilder();
        foreach (var ballot in ballots)
        {
            if (standing.TryGetValue(ballot.Seat, out var before) && --counts[before.Choice] == 0) counts.Remove(before.Choice);
            standing[ballot.Seat] = new StandingBallot(ballot.N, ballot.Choice, version, before is not null);
            counts[ballot.Choice] = counts.GetValueOrDefault(ballot.Choice) + 1;
        }

        return round with { Version = version, Standing = standing.ToImmutable(), Counts = counts.ToImmutable() };
    }
}

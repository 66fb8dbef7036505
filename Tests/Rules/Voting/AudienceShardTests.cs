using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

public sealed class AudienceShardTests
{
    private static readonly RoundTerms Terms = new(0, 4, VotingRule.Plurality);
    private static readonly RoundOrder Order = new(0, 0, []);

    private static Gen<Ballot> AnyBallot { get; } =
        from seat in Gen.Choose(1, 6)
        from n in Gen.Choose(1, 5)
        from choice in Gen.Choose(0, 3)
        select new Ballot(seat, n, choice.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static Gen<List<List<Ballot>>> Batches { get; } = AnyBallot.ListOf().Select(batch => batch.ToList()).ListOf().Select(batches => batches.ToList());

    [Fact]
    public void The_highest_number_of_each_seat_counts_once() => Properties.Hold(Batches, batches =>
    {
        var shard = Vote(batches);
        // The slow and obvious way: replay every ballot of a seat, keeping the first of each new highest number.
        var expected = batches.SelectMany(batch => batch).GroupBy(ballot => ballot.Seat)
            .Select(seat => seat.Aggregate((kept, next) => next.N > kept.N ? next : kept).Choice)
            .CountBy(choice => choice).OrderBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => new BookLine(count.Key, 1, count.Value));
        return shard.Round(0).Book(0, ImmutableDictionary<int, int>.Empty).Lines.SequenceEqual(expected);
    });

    [Fact]
    public void A_repeated_batch_yields_no_event_and_the_same_receipts() => Properties.Hold(Batches, batches =>
    {
        var shard = Vote(batches);
        return batches.All(batch => shard.Decide(new BallotBatch(Terms, [.. batch])) is null)
            && batches.SelectMany(batch => batch).All(ballot => shard.Receipt(0, 0, ballot) == shard.Receipt(0, 0, ballot));
    });

    [Fact]
    public void Replay_gives_the_same_shard() => Properties.Hold(Batches, batches =>
    {
        var events = new List<AudienceEvent>();
        var shard = Vote(batches, events);
        var again = AudienceShard.Empty;
        for (var i = 0; i < events.Count; i++) again = again.Evolve(events[i], i + 1);
        return again.Version == shard.Version && again.Round(0).Book(0, ImmutableDictionary<int, int>.Empty).Lines.SequenceEqual(shard.Round(0).Book(0, ImmutableDictionary<int, int>.Empty).Lines)
            && again.Round(0).Standing.OrderBy(seat => seat.Key).SequenceEqual(shard.Round(0).Standing.OrderBy(seat => seat.Key));
    });

    [Fact]
    public void After_the_seal_nothing_changes_and_the_book_stays() => Properties.Hold(
        Gen.Zip(Batches, Batches),
        halves =>
        {
            var shard = Vote(halves.Item1);
            var seal = shard.Seal(Order).ShouldNotBeNull();
            var closed = shard.Evolve(seal, shard.Version + 1);
            return closed.Seal(Order) is null
                && halves.Item2.All(batch => closed.Decide(new BallotBatch(Terms, [.. batch])) is null)
                && closed.Round(0).Book(0, ImmutableDictionary<int, int>.Empty).Lines.SequenceEqual(seal.Book);
        });

    [Fact]
    public void A_receipt_tells_what_stands()
    {
        var shard = Vote([[new Ballot(7, 2, "1")]]);
        shard.Receipt(0, 0, new Ballot(7, 2, "1")).ShouldBe(new Receipt(ReceiptStatus.Counted, 0, 7, 2, "1", 0, 1));
        shard.Receipt(0, 0, new Ballot(7, 1, "3")).ShouldBe(new Receipt(ReceiptStatus.Stale, 0, 7, 2, "1", 0, 1));
        shard.Receipt(0, 0, new Ballot(7, 2, "0")).Status.ShouldBe(ReceiptStatus.Stale);
        var closed = shard.Evolve(shard.Seal(Order)!, 2);
        closed.Receipt(0, 0, new Ballot(7, 3, "0")).ShouldBe(new Receipt(ReceiptStatus.Closed, 0, 7, 2, "1", 0, 1));
        closed.Receipt(0, 0, new Ballot(8, 1, "0")).ShouldBe(new Receipt(ReceiptStatus.Closed, 0, 8, 0, "", 0, 0));
        closed.Receipt(0, 0, new Ballot(7, 2, "1")).Status.ShouldBe(ReceiptStatus.Counted, "a repeat of the ballot that counted is told so even after the seal");
    }

    [Theory]
    [InlineData(0, 1, "1")]
    [InlineData(1, 0, "1")]
    [InlineData(1, 1, "9")]
    [InlineData(1, 1, "0+1")]
    public void A_batch_with_an_impossible_ballot_is_refused_whole(int seat, int n, string choice)
    {
        var batch = new BallotBatch(Terms, [new Ballot(1, 1, "0"), new Ballot(seat, n, choice)]);
        Should.Throw<ArgumentException>(() => AudienceShard.Empty.Decide(batch));
    }

    private static AudienceShard Vote(IEnumerable<IEnumerable<Ballot>> batches, List<AudienceEvent>? events = null)
    {
        var shard = AudienceShard.Empty;
        foreach (var batch in batches)
        {
            if (shard.Decide(new BallotBatch(Terms, [.. batch])) is not { } cast) continue;
            events?.Add(cast);
            shard = shard.Evolve(cast, shard.Version + 1);
        }

        return shard;
    }
}

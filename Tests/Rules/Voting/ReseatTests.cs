using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

/// <summary>One seat, one vote, however tickets of ended sittings, their successors and the seal come in between each other.</summary>
public sealed class ReseatTests
{
    private static readonly RoundTerms Terms = new(0, 4, VotingRule.Plurality);

    private static Gen<Step> AnyStep { get; } = Gen.Frequency(
        (6, from seat in Gen.Choose(1, 3)
            from n in Gen.Choose(1, 5)
            from choice in Gen.Choose(0, 3)
            from sitting in Gen.Choose(0, 2)
            select new Step(new Ballot(seat, n, choice.ToString(CultureInfo.InvariantCulture), sitting), null)),
        (2, from seat in Gen.Choose(1, 3)
            from number in Gen.Choose(1, 2)
            select new Step(null, new Sitting(seat, number, OperatorAction.Free))),
        (1, Gen.Constant(new Step(null, null))));

    [Fact]
    public void A_seat_has_one_ballot_and_none_was_taken_from_a_sitting_after_its_end() => Properties.Hold(AnyStep.ListOf(), steps =>
    {
        var (shard, sealedYet, right) = (AudienceShard.Empty, false, true);
        // The slow and obvious way, a seat at a time.
        var (sittings, standing) = (new Dictionary<int, int>(), new Dictionary<int, Ballot>());
        foreach (var step in steps)
        {
            if (step.Sitting is { } begun)
            {
                if (shard.Reseat([begun]) is { } news) shard = shard.Evolve(news, shard.Version + 1);
                sittings[begun.Seat] = Math.Max(sittings.GetValueOrDefault(begun.Seat), begun.Number);
            }
            else if (step.Ballot is { } ballot)
            {
                if (shard.Decide(new BallotBatch(Terms, [ballot])) is { } cast) shard = shard.Evolve(cast, shard.Version + 1);
                var over = ballot.Sitting < sittings.GetValueOrDefault(ballot.Seat);
                if (!over && !sealedYet && ballot.N > (standing.GetValueOrDefault(ballot.Seat)?.N ?? 0)) standing[ballot.Seat] = ballot;
                var receipt = shard.Receipt(0, 0, ballot);
                right &= over
                    ? receipt == new Receipt(ReceiptStatus.Parted, 0, ballot.Seat, 0, "", 0, 0)
                    : receipt.Status != ReceiptStatus.Parted && receipt.N == (standing.GetValueOrDefault(ballot.Seat)?.N ?? 0);
            }
            else if (shard.Seal(new RoundOrder(0, 0, [])) is { } seal)
            {
                (shard, sealedYet) = (shard.Evolve(seal, shard.Version + 1), true);
            }
        }

        var stands = shard.Round(0).Standing.OrderBy(seat => seat.Key).Select(seat => (seat.Key, seat.Value.N, seat.Value.Choice));
        return right && stands.SequenceEqual(standing.OrderBy(seat => seat.Key).Select(seat => (seat.Key, seat.Value.N, seat.Value.Choice)));
    });

    [Fact]
    public void What_stands_stays_when_its_sitting_ends_and_the_next_goes_on_from_its_number()
    {
        var shard = Cast(AudienceShard.Empty, new Ballot(5, 3, "1"));
        shard = shard.Evolve(shard.Reseat([new Sitting(5, 1, OperatorAction.Free)])!, shard.Version + 1);
        shard.Reseat([new Sitting(5, 1, OperatorAction.Free)]).ShouldBeNull("a repeat is no event");
        shard.Standing(0, 0, 5).Choice.ShouldBe("1");
        shard.Receipt(0, 0, new Ballot(5, 3, "1")).ShouldBe(new Receipt(ReceiptStatus.Parted, 0, 5, 0, "", 0, 0), "not even a repeat is answered");
        shard.Receipt(0, 0, new Ballot(5, 1, "2", 1)).ShouldBe(new Receipt(ReceiptStatus.Stale, 0, 5, 3, "1", 0, 1));
        Cast(shard, new Ballot(5, 4, "2", 1)).Standing(0, 0, 5).Choice.ShouldBe("2");
        shard.Busy(0, 0, new Ballot(5, 9, "2")).Choice.ShouldBeEmpty("a busy shard tells an ended sitting nothing either");
        Should.Throw<ArgumentException>(() => shard.Decide(new BallotBatch(Terms, [new Ballot(5, 9, "2", -1)])));
    }

    private static AudienceShard Cast(AudienceShard shard, Ballot ballot) =>
        shard.Evolve(shard.Decide(new BallotBatch(Terms, [ballot]))!, shard.Version + 1);

    private sealed record Step(Ballot? Ballot, Sitting? Sitting);
}

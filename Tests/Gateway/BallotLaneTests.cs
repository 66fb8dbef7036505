using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Batching;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class BallotLaneTests
{
    private static readonly RoundTerms Terms = new(3, 2, VotingRule.Plurality);
    private readonly ManualClock _clock = new();
    private readonly FakeAudience _shard = new();
    private readonly GatewayOptions _options = new() { WaitingBallots = 5 };

    [Fact]
    public async Task Ballots_that_come_together_travel_together_the_latest_a_seat()
    {
        var lane = Lane();
        var first = lane.Cast(Terms, new Ballot(1, 1, "0"));
        var other = lane.Cast(Terms, new Ballot(2, 1, "1"));
        var second = lane.Cast(Terms, new Ballot(1, 2, "1"));
        await lane.Drain();

        var batch = _shard.Batches.ShouldHaveSingleItem();
        batch.Ballots.ShouldBe([new Ballot(1, 2, "1"), new Ballot(2, 1, "1")]);
        (await second).ShouldBe(new Receipt(ReceiptStatus.Counted, 3, 1, 2, "1", 0, 1));
        (await first).ShouldBe(await second, "a replaced ballot is acknowledged with its successor's receipt");
        (await other).Seat.ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_gets_the_same_receipt_and_what_came_too_late_is_stale()
    {
        var lane = Lane();
        var standing = lane.Cast(Terms, new Ballot(1, 5, "0"));
        var repeat = lane.Cast(Terms, new Ballot(1, 5, "0"));
        var sameNumber = lane.Cast(Terms, new Ballot(1, 5, "1"));
        var lower = lane.Cast(Terms, new Ballot(1, 4, "1"));
        await lane.Drain();

        (await repeat).ShouldBe(await standing);
        (await sameNumber).ShouldBe(await standing with { Status = ReceiptStatus.Stale });
        (await lower).ShouldBe(await standing with { Status = ReceiptStatus.Stale });
    }

    [Fact]
    public async Task The_first_ballot_waits_a_moment_and_no_longer()
    {
        var lane = Lane();
        var receipt = lane.Cast(Terms, new Ballot(1, 1, "0"));
        _clock.Advance(_options.GatherBallots - TimeSpan.FromTicks(1));
        _shard.Batches.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromTicks(1));
        (await receipt.Within("the receipt")).Status.ShouldBe(ReceiptStatus.Counted);
    }

    [Fact]
    public async Task What_came_while_a_batch_was_under_way_waits_for_the_rest_of_its_moment()
    {
        var answer = HoldAnswers();
        var lane = Lane();
        var first = lane.Cast(Terms, new Ballot(1, 1, "0"));
        _clock.Advance(_options.GatherBallots);
        await Wait.For("the first batch", () => _shard.Batches.Count == 1);
        var second = lane.Cast(Terms, new Ballot(2, 1, "0"));
        _clock.Advance(_options.GatherBallots / 2);
        answer.SetResult();
        await first.Within("the first receipt");
        await Wait.For("the rest to be waited for", () => _clock.NextDue == _clock.GetUtcNow() + (_options.GatherBallots / 2));
        var third = lane.Cast(Terms, new Ballot(3, 1, "0"));
        _shard.Batches.Count.ShouldBe(1);
        _clock.Advance(_options.GatherBallots / 2);
        await second.Within("the second receipt");
        await third.Within("the third receipt");
        _shard.Batches.Select(batch => batch.Ballots.Length).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task What_waited_longer_than_its_moment_leaves_as_soon_as_the_batch_before_is_back()
    {
        var answer = HoldAnswers();
        var lane = Lane();
        var first = lane.Cast(Terms, new Ballot(1, 1, "0"));
        _clock.Advance(_options.GatherBallots);
        await Wait.For("the first batch", () => _shard.Batches.Count == 1);
        var second = lane.Cast(Terms, new Ballot(2, 1, "0"));
        _clock.Advance(_options.GatherBallots);
        answer.SetResult();
        await first.Within("the first receipt");
        (await second.Within("the second receipt")).Status.ShouldBe(ReceiptStatus.Counted);
    }

    [Fact]
    public async Task While_a_batch_is_under_way_the_next_gathers_and_too_many_are_told_busy_at_once()
    {
        var answer = HoldAnswers();
        var lane = Lane();
        var first = lane.Cast(Terms, new Ballot(1, 1, "0"));
        var drained = lane.Drain();
        await Wait.For("the first batch", () => _shard.Batches.Count == 1);
        var waiting = Enumerable.Range(2, 4).Select(seat => lane.Cast(Terms, new Ballot(seat, 1, "0"))).ToArray();

        var refused = lane.Cast(Terms, new Ballot(9, 1, "0"));
        refused.IsCompleted.ShouldBeTrue();
        (await refused).ShouldBe(new Receipt(ReceiptStatus.Busy, 3, 9, 0, "", 0, 0));
        _shard.Batches.Count.ShouldBe(1);

        answer.SetResult();
        await drained;
        (await first).Status.ShouldBe(ReceiptStatus.Counted);
        (await Task.WhenAll(waiting)).ShouldAllBe(receipt => receipt.Status == ReceiptStatus.Counted);
        _shard.Batches.Select(batch => batch.Ballots.Length).ShouldBe([1, 4]);
        lane.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_shard_that_fails_makes_everyone_busy_and_the_lane_goes_on()
    {
        _shard.Answers = _ => throw new InvalidOperationException("disk");
        var lane = Lane();
        var failed = lane.Cast(Terms, new Ballot(1, 1, "0"));
        await lane.Drain();
        (await failed).Status.ShouldBe(ReceiptStatus.Busy);

        _shard.Answers = null;
        var again = lane.Cast(Terms, new Ballot(1, 1, "0"));
        await lane.Drain();
        (await again).Status.ShouldBe(ReceiptStatus.Counted);
    }

    [Fact]
    public async Task A_shard_that_is_silent_makes_everyone_busy_in_time()
    {
        _shard.Answers = _ => new TaskCompletionSource<ImmutableArray<Receipt>>().Task;
        var lane = Lane();
        var lost = lane.Cast(Terms, new Ballot(1, 1, "0"));
        _clock.Advance(_options.GatherBallots);
        await Wait.For("the timeout to be armed", () => _shard.Batches.Count == 1 && _clock.NextDue == _clock.GetUtcNow() + _options.ShardTimeout);
        _clock.Advance(_options.ShardTimeout);
        (await lost.Within("the busy receipt")).Status.ShouldBe(ReceiptStatus.Busy);
    }

    [Fact]
    public async Task Ballots_of_two_rounds_never_share_a_batch()
    {
        var lane = Lane();
        var old = lane.Cast(Terms, new Ballot(1, 1, "0"));
        var young = lane.Cast(Terms with { Round = 4 }, new Ballot(1, 2, "0"));
        await lane.Drain();
        _shard.Batches.Select(batch => batch.Terms.Round).ShouldBe([3, 4]);
        (await old).Round.ShouldBe(3);
        (await young).Round.ShouldBe(4);
    }

    /// <summary>The shard counts every batch, and says so once the source is set.</summary>
    private TaskCompletionSource HoldAnswers()
    {
        var answer = new TaskCompletionSource();
        _shard.Answers = async batch =>
        {
            await answer.Task;
            return FakeAudience.Counted(batch);
        };
        return answer;
    }

    private BallotLane Lane() => new(0, _shard.Cast, _options, _clock, NullLogger.Instance);
}

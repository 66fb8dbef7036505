using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;

namespace Orleans.Story.Tests.Gateway;

public sealed class CrowdTests
{
    private static readonly StageRound Round = Stages.Voting(SessionId.New(DateTimeOffset.UnixEpoch)).Round!;

    [Fact]
    public void The_same_seed_is_the_same_viewer_and_a_crowd_is_divided()
    {
        var crowd = Enumerable.Range(0, 400).Select(seed => new Opinions(seed).Choose(Round, null, 0)).ToArray();
        Enumerable.Range(0, 400).Select(seed => new Opinions(seed).Choose(Round, null, 0)).ShouldBe(crowd);
        crowd.Count(option => option == 0).ShouldBeInRange(80, 320);
    }

    [Fact]
    public void The_hall_sways_some_and_never_the_other_way()
    {
        var landslide = Stages.Tally(1, 0, 100, 0);
        var alone = Enumerable.Range(0, 400).Count(seed => new Opinions(seed).Choose(Round, null, 0) == 0);
        var swayed = Enumerable.Range(0, 400).Count(seed => new Opinions(seed).Choose(Round, landslide, 0) == 0);
        swayed.ShouldBeGreaterThan(alone);
    }

    [Fact]
    public void Most_vote_within_the_window_and_a_fifth_think_again()
    {
        var crowd = Enumerable.Range(0, 1_000).Select(seed => new Opinions(seed)).ToArray();
        crowd.Count(one => one.Votes(0)).ShouldBeInRange(850, 990);
        crowd.Count(one => one.Reaction(0) < TimeSpan.FromSeconds(10)).ShouldBeGreaterThan(950);
        crowd.Count(one => one.SecondThought(0) is not null).ShouldBeInRange(150, 250);
    }

    [Fact]
    public void The_ledger_keeps_the_highest_number_a_seat_and_finds_any_difference()
    {
        var ledger = new Ledger();
        ledger.Record(Receipt(1, 2, "1"));
        ledger.Record(Receipt(1, 1, "0"));
        ledger.Record(Receipt(2, 1, "0"));
        ledger.Record(Receipt(3, 0, "") with { Status = ReceiptStatus.Busy });
        ledger.Compare(Decided(1, 1)).IsExact.ShouldBeTrue();
        ledger.Compare(Decided(2, 0)).IsExact.ShouldBeFalse();
        ledger.Compare(Decided(1, 2)).IsExact.ShouldBeFalse();
        ledger.Unknown(0, 4);
        ledger.Compare(Decided(1, 1)).Unknown.ShouldBe(1);
    }

    private static Receipt Receipt(int seat, int n, string choice) => new(ReceiptStatus.Counted, 0, seat, n, choice, 0, 1);

    private static StageChoice Decided(params int[] counts) => new(0, Round.Question, Round.Options, 0, [.. counts], counts.Sum(), 0, [], []);
}

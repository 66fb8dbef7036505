using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

public sealed class BallotTests
{
    [Theory]
    [InlineData(VotingRule.Plurality, 3, new[] { 2 }, "2")]
    [InlineData(VotingRule.Plurality, 3, new[] { 3 }, null)]
    [InlineData(VotingRule.Plurality, 3, new[] { -1 }, null)]
    [InlineData(VotingRule.Plurality, 3, new[] { 0, 1 }, null)]
    [InlineData(VotingRule.Plurality, 3, new int[0], "-")]
    [InlineData(VotingRule.Approval, 3, new[] { 2, 0 }, "0+2")]
    [InlineData(VotingRule.Approval, 3, new[] { 1 }, "1")]
    [InlineData(VotingRule.Approval, 3, new[] { 1, 1 }, null)]
    [InlineData(VotingRule.Approval, 4, new[] { 3, 2, 1, 0 }, "0+1+2+3")]
    [InlineData(VotingRule.Approval, 2, new[] { 0, 1, 1 }, null)]
    [InlineData(VotingRule.Approval, 3, new int[0], "-")]
    [InlineData(VotingRule.Ranked, 4, new[] { 2, 0, 3 }, "2>0>3")]
    [InlineData(VotingRule.Ranked, 3, new[] { 1 }, "1")]
    [InlineData(VotingRule.Ranked, 3, new[] { 1, 1 }, null)]
    [InlineData(VotingRule.Ranked, 3, new[] { 0, 3 }, null)]
    [InlineData(VotingRule.Ranked, 3, new int[0], "-")]
    public void A_choice_has_one_spelling_or_none(VotingRule rule, int options, int[] choice, string? canonical) =>
        Ballots.Canonical(rule, options, choice).ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("2+0")]
    [InlineData("0+")]
    [InlineData("0,2")]
    [InlineData("0>2")]
    [InlineData("0+1>2")]
    [InlineData("--")]
    [InlineData("4")]
    [InlineData("00")]
    [InlineData("0+1+2+3+0")]
    [InlineData("١")]
    public void What_is_not_canonical_is_told_apart(string choice) =>
        Ballots.IsCanonical(new RoundTerms(0, 4, VotingRule.Approval), choice).ShouldBeFalse();

    [Fact]
    public void A_canonical_choice_reads_back_to_itself() => Properties.Hold(
        Gen.Zip(Gen.Elements(Enum.GetValues<VotingRule>()), Gen.Choose(0, 3).ListOf()),
        drawn => Ballots.Canonical(drawn.Item1, 4, drawn.Item2) is not { } canonical
            || (Ballots.Options(canonical).Order().SequenceEqual(drawn.Item2.Order())
                && string.Equals(Ballots.Canonical(drawn.Item1, 4, Ballots.Options(canonical)), canonical, StringComparison.Ordinal)));

    [Fact]
    public void A_ranking_keeps_its_order_and_backs_its_favourite()
    {
        Ballots.Options("2>0>3").ShouldBe([2, 0, 3]);
        Ballots.Backs("2>0>3").ShouldBe([2]);
        Ballots.Backs("0+3").ShouldBe([0, 3]);
        Ballots.Backs("-").ShouldBeEmpty();
    }

    [Fact]
    public void Shards_are_fixed_by_seat_and_spread_evenly()
    {
        Shards.Count(2000).ShouldBe(1);
        Shards.Count(2001).ShouldBe(2);
        Shards.Count(10_000).ShouldBe(5);
        Shards.Of(1, 5).ShouldBe(Shards.Of(1, 5));
        // Pinned: a seat that moved to another shard in a new version would vote twice.
        new[] { 1, 2, 3, 1000, 10_000 }.Select(seat => Shards.Of(seat, 5)).ShouldBe([2, 3, 4, 3, 3]);
        var sizes = Enumerable.Range(1, 10_000).CountBy(seat => Shards.Of(seat, 5)).Select(shard => shard.Value).ToList();
        sizes.ShouldAllBe(size => size > 1900 && size < 2100);
    }
}

using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Tests.Rules.Voting;

public sealed class BookTests
{
    private static readonly CountRule Four = new(VotingRule.Approval, 4, TieRule.Draw);
    private static readonly CountRule Three = new(VotingRule.Plurality, 3, TieRule.Draw);

    /// <summary>The history of one shard: its books in the order of their versions.</summary>
    private static Gen<List<BallotBook>> History { get; } =
        from round in Gen.Choose(0, 1)
        from counts in Gen.Choose(1, 9).ListOf()
        select counts.Select((count, i) => new BallotBook(round, i + 1, [new BookLine("0", 1, count)])).ToList();

    [Fact]
    public void Books_merge_in_any_order_with_repeats_and_losses_before_the_newest() => Properties.Hold(
        Gen.Zip(History.Where(history => history.Count > 0), Properties.Seeds),
        pair =>
        {
            var (history, seed) = (pair.Item1, pair.Item2);
            var shuffled = history.Concat(history)
                .Where((_, i) => i == history.Count - 1 || Orleans.Story.Rules.Seeds.Fraction(Orleans.Story.Rules.Seeds.For(seed, i)) > 0.3)
                .OrderBy(book => Orleans.Story.Rules.Seeds.Fraction(Orleans.Story.Rules.Seeds.For(seed, 100 + book.Version)))
                .ToList();
            return shuffled.Aggregate(Books.Newer) == history[^1];
        });

    [Fact]
    public void The_sum_does_not_depend_on_the_order_of_shards() => Properties.Hold(
        Gen.Zip(History, History).Where(pair => pair.Item1.Count > 0 && pair.Item2.Count > 0),
        pair => Books.Sum([pair.Item1[^1], pair.Item2[^1]], 0).SequenceEqual(Books.Sum([pair.Item2[^1], pair.Item1[^1]], 0)));

    [Fact]
    public void Plurality_and_approval_count_what_a_slow_reading_counts() => Properties.Hold(
        (from ballots in Gen.Choose(1, 15).ListOf() from seed in Properties.Seeds select (ballots, seed)),
        drawn =>
        {
            // A mask of four bits is an approval ballot; the slow count walks every ballot and every option.
            var book = drawn.ballots
                .Select(mask => Ballots.Canonical(VotingRule.Approval, 4, [.. Enumerable.Range(0, 4).Where(option => (mask & (1 << option)) != 0)])!)
                .CountBy(choice => choice).Select(count => new BookLine(count.Key, 1, count.Value)).ToList();
            var slow = Enumerable.Range(0, 4).Select(option => drawn.ballots.Count(mask => (mask & (1 << option)) != 0)).ToList();
            var verdict = Counting.Decide(Four, book, drawn.seed);
            return verdict.Counts.SequenceEqual(slow)
                && verdict.Voters == drawn.ballots.Count
                && slow[verdict.Winner] == slow.Max()
                && (verdict.Tied.IsEmpty ? slow.Count(count => count == slow.Max()) == 1 : verdict.Tied.Contains(verdict.Winner))
                && verdict == verdict with { Winner = Counting.Decide(Four, book, drawn.seed).Winner };
        });

    [Fact]
    public void Ties_fall_evenly_over_seeds()
    {
        BookLine[] level = [new("0", 1, 5), new("1", 1, 5), new("2", 1, 5)];
        var wins = Enumerable.Range(0, 3000).CountBy(seed => Counting.Decide(Three, level, seed).Winner).ToDictionary();
        wins.Keys.Order().ShouldBe([0, 1, 2]);
        wins.Values.ShouldAllBe(count => count > 900 && count < 1100);
    }

    [Fact]
    public void With_no_votes_the_film_goes_on()
    {
        var verdict = Counting.Decide(Three, [], 1);
        verdict.Winner.ShouldBeInRange(0, 2);
        verdict.Voters.ShouldBe(0);
        verdict.Tied.ShouldBe([0, 1, 2]);
    }
}

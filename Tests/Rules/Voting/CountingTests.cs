using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;
using Draw = Orleans.Story.Rules.Seeds;

namespace Orleans.Story.Tests.Rules.Voting;

/// <summary>The arithmetic of every rule against a slow reading of it that shares no code: one ballot at a time, one option at a time.</summary>
public sealed class CountingTests
{
    /// <summary>A ballot as a person would hold it: what is written on it, and for how many votes it goes.</summary>
    private sealed record Paper(IReadOnlyList<int> Choice, int Votes);

    private sealed record Election(CountRule Rule, IReadOnlyList<Paper> Papers, long Seed);

    private static Gen<Election> Elections { get; } =
        from rule in Gen.Elements(Enum.GetValues<VotingRule>())
        from ties in Gen.Elements(Enum.GetValues<TieRule>())
        from options in Gen.Choose(2, 4)
        from heavy in Gen.Choose(1, 3)
        from papers in PaperOf(rule, options, heavy).ListOf()
        from seed in Properties.Seeds
        select new Election(new CountRule(rule, options, ties), [.. papers], seed);

    private static Gen<Paper> PaperOf(VotingRule rule, int options, int heaviest) =>
        from order in Gen.Shuffle(Enumerable.Range(0, options).ToArray())
        from length in Gen.Choose(0, rule == VotingRule.Plurality ? 1 : options)
        from votes in Gen.Choose(1, heaviest)
        select new Paper([.. order.Take(length)], votes);

    [Fact]
    public void Every_rule_counts_what_a_slow_reading_counts() => Properties.Hold(Elections, election =>
    {
        var verdict = Counting.Decide(election.Rule, Book(election), election.Seed);
        var winner = election.Rule.Rule == VotingRule.Ranked
            ? SlowRunoff(election, [.. Enumerable.Range(0, election.Rule.Options)], 0)
            : SlowMost(election);
        var first = Enumerable.Range(0, election.Rule.Options).Select(option => election.Papers.Sum(paper =>
            (election.Rule.Rule == VotingRule.Ranked ? paper.Choice.Take(1) : paper.Choice).Contains(option) ? paper.Votes : 0));
        return verdict.Winner == winner
            && verdict.Counts.SequenceEqual(first)
            && verdict.Voters == election.Papers.Count
            && verdict.Abstained == election.Papers.Count(paper => paper.Choice.Count == 0)
            && (verdict.Tied.IsEmpty || (verdict.Tied.Contains(winner) && verdict.Tied.Length > 1));
    });

    [Fact]
    public void The_order_of_ballots_and_the_split_into_shards_change_nothing() => Properties.Hold(Elections, election =>
    {
        var turned = election with { Papers = [.. election.Papers.Reverse()] };
        var halves = election.Papers.Select((paper, i) => (paper, shard: i % 3)).GroupBy(one => one.shard)
            .Select(shard => new BallotBook(0, 1, [.. Book(election with { Papers = [.. shard.Select(one => one.paper)] })]));
        var whole = Counting.Decide(election.Rule, Book(election), election.Seed);
        return Same(whole, Counting.Decide(election.Rule, Book(turned), election.Seed))
            && Same(whole, Counting.Decide(election.Rule, Books.Sum(halves, 0), election.Seed));
    });

    [Fact]
    public void A_run_off_loses_no_ballot_and_ends_with_the_winner_on_top() => Properties.Hold(
        Elections.Where(election => election.Rule.Rule == VotingRule.Ranked),
        election =>
        {
            var verdict = Counting.Decide(election.Rule, Book(election), election.Seed);
            if (verdict.Runoff.IsEmpty) return true;
            var all = election.Papers.Sum(paper => paper.Votes);
            var gone = new HashSet<int>();
            for (var count = 0; count < verdict.Runoff.Length; count++)
            {
                var votes = verdict.Runoff[count].Counts;
                var rest = election.Papers.Where(paper => paper.Choice.All(gone.Contains)).Sum(paper => paper.Votes);
                if (votes.Sum() + rest != all || gone.Any(option => votes[option] != 0)) return false;
                if (verdict.Runoff[count].Out is not { } leaves) return count == verdict.Runoff.Length - 1 && votes[verdict.Winner] == votes.Max();
                if (!gone.Add(leaves)) return false;
            }

            return false;
        });

    [Fact]
    public void Protection_says_how_many_it_raised_and_what_would_have_won_without() => Properties.Hold(Elections, election =>
    {
        var verdict = Counting.Decide(election.Rule, Book(election), election.Seed);
        var once = election with { Papers = [.. election.Papers.Select(paper => paper with { Votes = 1 })] };
        var raised = election.Papers.Where(paper => paper.Votes > 1 && paper.Choice.Count > 0).ToList();
        return raised.Count == 0
            ? verdict.Protected is null
            : verdict.Protected == new Protected(
                raised.Count, raised.Sum(paper => paper.Votes - 1), Counting.Decide(once.Rule, Book(once), once.Seed).Winner);
    });

    [Fact]
    public void Second_choices_decide_when_no_first_choice_has_most()
    {
        // 4 want A, 3 want B and then C, 2 want C and then B: C leaves, its ballots go to B.
        BookLine[] book = [new("0", 1, 4), new("1>2", 1, 3), new("2>1", 1, 2)];
        var verdict = Counting.Decide(new CountRule(VotingRule.Ranked, 3, TieRule.Draw), book, 1);
        verdict.Winner.ShouldBe(1);
        verdict.Counts.ShouldBe([4, 3, 2]);
        verdict.Runoff.Length.ShouldBe(2);
        verdict.Runoff[0].Counts.ShouldBe([4, 3, 2]);
        verdict.Runoff[0].Out.ShouldBe(2);
        verdict.Runoff[1].Counts.ShouldBe([4, 5, 0]);
        verdict.Runoff[1].Out.ShouldBeNull();
    }

    [Theory]
    [InlineData(TieRule.First, 0)]
    [InlineData(TieRule.Last, 2)]
    public void A_film_may_say_who_wins_a_tie(TieRule ties, int winner)
    {
        BookLine[] level = [new("0", 1, 5), new("1", 1, 5), new("2", 1, 5)];
        foreach (var rule in Enum.GetValues<VotingRule>())
        {
            for (var seed = 0L; seed < 20; seed++) Counting.Decide(new CountRule(rule, 3, ties), level, seed).Winner.ShouldBe(winner, rule.ToString());
        }
    }

    private static bool Same(Verdict one, Verdict other) =>
        one.Winner == other.Winner && one.Voters == other.Voters && one.Abstained == other.Abstained && one.Protected == other.Protected
        && one.Counts.SequenceEqual(other.Counts) && one.Tied.SequenceEqual(other.Tied)
        && one.Runoff.Select(count => (count.Out, string.Join(',', count.Counts))).SequenceEqual(other.Runoff.Select(count => (count.Out, string.Join(',', count.Counts))));

    private static ImmutableArray<BookLine> Book(Election election) =>
    [
        .. election.Papers
            .CountBy(paper => (Choice: Ballots.Canonical(election.Rule.Rule, election.Rule.Options, [.. paper.Choice])!, paper.Votes))
            .Select(line => new BookLine(line.Key.Choice, line.Key.Votes, line.Value)),
    ];

    private static int SlowMost(Election election)
    {
        var best = new List<int>();
        var most = -1;
        for (var option = 0; option < election.Rule.Options; option++)
        {
            var votes = 0;
            foreach (var paper in election.Papers)
            {
                if (paper.Choice.Contains(option)) votes += paper.Votes;
            }

            if (votes > most) (best, most) = ([option], votes);
            else if (votes == most) best.Add(option);
        }

        return Pick(election.Rule.Ties, best, election.Seed, wins: true);
    }

    /// <summary>Deals the papers onto piles, by hand, until one pile is more than half of all that lie on piles.</summary>
    private static int SlowRunoff(Election election, ImmutableSortedSet<int> still, int round)
    {
        var piles = still.ToDictionary(option => option, _ => 0);
        foreach (var paper in election.Papers)
        {
            foreach (var option in paper.Choice)
            {
                if (!still.Contains(option)) continue;
                piles[option] += paper.Votes;
                break;
            }
        }

        var dealt = piles.Values.Sum();
        var most = piles.Values.Max();
        if (dealt == 0 || most * 2 > dealt || still.Count == 2)
            return Pick(election.Rule.Ties, [.. piles.Where(pile => pile.Value == most).Select(pile => pile.Key).Order()], election.Seed, wins: true);
        var weakest = piles.Where(pile => pile.Value == piles.Values.Min()).Select(pile => pile.Key).Order().ToList();
        return SlowRunoff(election, still.Remove(Pick(election.Rule.Ties, weakest, Draw.For(election.Seed, round + 1), wins: false)), round + 1);
    }

    private static int Pick(TieRule rule, List<int> level, long seed, bool wins) => (rule, wins) switch
    {
        _ when level.Count == 1 => level[0],
        (TieRule.Draw, _) => level[Draw.Below(seed, level.Count)],
        (TieRule.First, true) or (TieRule.Last, false) => level.Min(),
        _ => level.Max(),
    };
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Plot;

public sealed class LikelihoodTests
{
    [Fact]
    public void WithoutAnythingKnownAllAreEqual() => Likelihood.Of(At(options: 4), null).ShouldAllBe(one => Math.Abs(one - 0.25) < 1e-9);

    [Fact]
    public void AHallGoesOnSidingAsItHasSided()
    {
        var state = At(2, "ann", "bo") with { Decided = [Took("bo"), Took("bo")] };
        var likely = Likelihood.Of(state, null);
        likely[1].ShouldBe(0.75, 1e-9);
    }

    [Fact]
    public void VotesOutweighHabit()
    {
        var state = At(2, "ann", "bo") with { Decided = [Took("bo"), Took("bo"), Took("bo")] };
        var likely = Likelihood.Of(state, [30, 2]);
        likely[0].ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void ItIsADistributionWhateverIsCast() => Properties.Hold(Properties.Seeds, seed =>
    {
        var options = 2 + Orleans.Story.Rules.Seeds.Below(seed, 3);
        var votes = Enumerable.Range(0, options).Select(i => Orleans.Story.Rules.Seeds.Below(Orleans.Story.Rules.Seeds.For(seed, i), 300)).ToList();
        var likely = Likelihood.Of(At(options), votes);
        return likely.Length == options && likely.All(one => one is > 0 and < 1) && Math.Abs(likely.Sum() - 1) < 1e-9
            && likely.IndexOf(likely.Max()) == votes.IndexOf(votes.Max());
    });

    [Fact]
    public void NothingIsLikelyWhereThereIsNoChoice() => Likelihood.Of(SessionState.None, null).ShouldBeEmpty();

    private static SessionState At(int options, params string[] sides)
    {
        var plan = Planner.Make(new PlanInputs(PaperFilm.Film, Orleans.Story.Rules.Plot.Story.Untold, 0, BeatKey.Opening, 0, 300, 13, ["en"], null, 1));
        var beat = StoryletTelling.Tell(PaperFilm.Film, plan);
        return SessionState.None with
        {
            Current = beat with { Options = [.. Enumerable.Range(0, options).Select(i => new Option(Text.Of("en", $"{i}"), [], i < sides.Length ? [sides[i]] : null))] },
        };
    }

    private static DecidedRound Took(string side) => new(
        new OpenRound(0, new CountRule(VotingRule.Plurality, 2, default), 0, 0, 0), Text.Of("en", "?"), [Text.Of("en", "a"), Text.Of("en", "b")], [], 0,
        Counting.Decide(new CountRule(VotingRule.Plurality, 2, default), [new BookLine("1", 1, 1)], 0), 0)
    {
        For = [["nobody"], [side]],
    };
}

using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>What the scorer of tension is worth on a film that it was not fitted to; <c>docs/benchmarks.md</c> says how much it was.</summary>
public sealed class TensionScorerTests
{
    [Theory]
    [InlineData("last-ferry", "seventh-night", "en")]
    [InlineData("last-ferry", "seventh-night", "zh")]
    [InlineData("seventh-night", "last-ferry", "en")]
    [InlineData("seventh-night", "last-ferry", "zh")]
    public async Task Fitted_to_one_film_it_tells_more_than_a_third_of_the_other(string film, string other, string language)
    {
        var scorer = TensionScorer.Fit([await Load(other)], language).ShouldNotBeNull();
        scorer.Agreement(await Load(film)).ShouldNotBeNull().ShouldBeGreaterThan(0.35);
    }

    private static async Task<Film> Load(string slug) =>
        (await FilmFolder.LoadAsync(Path.Combine("Films", slug), TestContext.Current.CancellationToken)).Film.ShouldNotBeNull();
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Scoring;

/// <summary>What is counted in words, by hand.</summary>
public sealed class TensionTests
{
    private static Line Says(string? speaker, string en, string zh) => new(speaker, Text.Both(en, zh));

    [Fact]
    public void Features_by_hand_in_English()
    {
        // Run and gun are tense of 10 tokens; 4 sentences of 1, 2, 5 and 2; the dots and the dash break off.
        var features = TensionFeatures.Of([Says("a", "Run! The gun...", ""), Says(null, "We drink our tea — slowly?", ""), Says("b", "Good day.", "")], "en");
        features.Tense.ShouldBe(2 / 10.0, 1e-12);
        features.Exclamations.ShouldBe(1 / 4.0);
        features.Questions.ShouldBe(1 / 4.0);
        features.Breaks.ShouldBe(2 / 4.0);
        features.SentenceLength.ShouldBe(Math.Log(10 / 4.0), 1e-12);
        features.ShortestThird.ShouldBe(0);
        features.LineLength.ShouldBe(Math.Log(10 / 3.0), 1e-12);
        features.Talk.ShouldBe(2 / 3.0);
        features.Turns.ShouldBe(1);
    }

    [Fact]
    public void Features_by_hand_in_Chinese()
    {
        // 救命 and 枪 are tense, 喝 and 茶 calm, of 6 characters; the longest word counts once.
        var features = TensionFeatures.Of([Says("a", "", "救命！枪……"), Says("a", "", "喝茶吧。")], "zh");
        features.Tense.ShouldBe(2 / 6.0, 1e-12);
        features.Calm.ShouldBe(2 / 6.0, 1e-12);
        features.Exclamations.ShouldBe(1 / 3.0, 1e-12);
        features.Breaks.ShouldBe(1 / 3.0, 1e-12);
        features.Turns.ShouldBe(0);
    }

    [Fact]
    public void Nothing_said_is_nothing_counted()
    {
        TensionFeatures.Of([], "en").ShouldBe(default);
        TensionFeatures.Of([Says(null, "…", "…")], "zh").ShouldBe(default);
        default(TensionFeatures).Values.Length.ShouldBe(TensionFeatures.Count);
    }

    [Fact]
    public void A_scorer_needs_a_film_in_its_language()
    {
        TensionScorer.Fit([PaperFilm.Film], "ja").ShouldBeNull();
        TensionScorer.Fit([], "en").ShouldBeNull();
        var scorer = TensionScorer.Fit([PaperFilm.Film], "zh").ShouldNotBeNull();
        scorer.Language.ShouldBe("zh");
        scorer.Of([]).ShouldBeInRange(0, 1);
        scorer.Of([Says("a", "", string.Concat(Enumerable.Repeat("救命！杀人了！", 200)))]).ShouldBeInRange(0, 1);
    }
}

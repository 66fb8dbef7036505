using FsCheck.Fluent;
using Orleans.Story.Rules.Scoring;

namespace Orleans.Story.Tests.Rules.Scoring;

/// <summary>Pairs judged in both orders.</summary>
public sealed class PreferenceTests
{
    [Theory]
    [InlineData(Verdict.First, Verdict.Second, 1, 0, 0, 0)]
    [InlineData(Verdict.Second, Verdict.First, 0, 0, 1, 0)]
    [InlineData(Verdict.First, Verdict.First, 0, 1, 0, 1)]
    [InlineData(Verdict.Second, Verdict.Second, 0, 1, 0, 1)]
    [InlineData(Verdict.First, Verdict.Neither, 0, 1, 0, 0)]
    [InlineData(Verdict.Neither, Verdict.Neither, 0, 1, 0, 0)]
    public void A_text_wins_only_in_both_orders(Verdict first, Verdict second, int wins, int ties, int losses, int places) =>
        Preference.None.With(first, second).ShouldBe(new Preference(wins, ties, losses, places));

    [Fact]
    public void Wilsons_interval_by_hand()
    {
        // Wilson 1927; 8 of 10 at z = 1.96: middle (0.8 + 0.19207) / 1.38415 = 0.71674, half √(0.016 + 0.0096036) · 1.95996 / 1.38415 = 0.22658.
        var (low, high) = Preference.Wilson(0.8, 10);
        low.ShouldBe(0.4902, 1e-4);
        high.ShouldBe(0.9433, 1e-4);
        Preference.Wilson(0, 10).Low.ShouldBe(0);
        Preference.Wilson(0, 10).High.ShouldBe(0.2775, 1e-4);
        Preference.None.Interval.ShouldBe(new ShareInterval(0, 1));
        Preference.None.Rate.ShouldBeNull();
        new Preference(3, 2, 1, 0).Rate.ShouldBe(4 / 6.0);
    }

    [Fact]
    public void The_interval_holds_the_share_and_narrows_with_trials() => Properties.Hold(
        Gen.Choose(1, 500).Two(),
        pair =>
        {
            var (trials, wins) = (Math.Max(pair.Item1, pair.Item2), Math.Min(pair.Item1, pair.Item2));
            var share = (double)wins / trials;
            var (low, high) = Preference.Wilson(share, trials);
            var (closer, further) = Preference.Wilson(share, 4 * trials);
            return low >= 0 && high <= 1 && low <= share + 1e-12 && share <= high + 1e-12 && further - closer < high - low;
        });

    [Fact]
    public void A_judge_who_looks_only_at_the_place_prefers_nobody() => Properties.Hold(
        Gen.Choose(1, 60),
        pairs => Enumerable.Range(0, pairs).Aggregate(Preference.None, (sum, i) => i % 2 == 0 ? sum.With(Verdict.First, Verdict.First) : sum.With(Verdict.Second, Verdict.Second)) is { Rate: 0.5 } sum
            && sum.Places == pairs);
}

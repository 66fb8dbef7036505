using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using Orleans.Story.Rules.Scoring;
using Library = MathNet.Numerics.Statistics.Correlation;

namespace Orleans.Story.Tests.Rules.Scoring;

/// <summary>Correlations and the fit against values worked out by hand and against a library of numerics.</summary>
public sealed class CorrelationTests
{
    private static FsCheck.Gen<(double[] One, double[] Other)> Series { get; } =
        from pairs in Gen.Choose(-20, 20).Two().ArrayOf()
        let some = pairs.Take(30).Append((1, 2)).Append((3, 3)).Append((2, 9)).ToArray()
        select (some.Select(pair => pair.Item1 / 4.0).ToArray(), some.Select(pair => pair.Item2 / 4.0).ToArray());

    [Fact]
    public void Pearson_by_hand()
    {
        // Deviations −2 −1 0 1 2 and −2 0 −1 2 1: products 4 0 0 2 2 = 8, squares 10 and 10.
        Correlation.Pearson([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]).ShouldNotBeNull().ShouldBe(0.8, 1e-12);
        Correlation.Pearson([1, 2, 3], [6, 4, 2]).ShouldNotBeNull().ShouldBe(-1, 1e-12);
        Correlation.Pearson([1, 1, 1], [1, 2, 3]).ShouldBeNull();
        Correlation.Pearson([1], [1]).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
    }

    [Fact]
    public void Spearman_by_hand()
    {
        Correlation.Ranks([0.3, 0.1, 0.3, 0.9]).ShouldBe([2.5, 1, 2.5, 4]);
        // Whatever rises throughout has rank correlation 1.
        Correlation.Spearman([1, 2, 3, 4], [1, 10, 100, 1000]).ShouldNotBeNull().ShouldBe(1, 1e-12);
        // Ranks 1 2 3 4 5 and 2 1 4 3 5: 1 − 6 · 4 / (5 · 24).
        Correlation.Spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]).ShouldNotBeNull().ShouldBe(0.8, 1e-12);
    }

    [Fact]
    public void Both_agree_with_the_library() => Properties.Hold(
        Series,
        series => Near(Correlation.Pearson(series.One, series.Other), Library.Pearson(series.One, series.Other))
            && Near(Correlation.Spearman(series.One, series.Other), Library.Spearman(series.One, series.Other)));

    [Fact]
    public void Order_scale_and_shift_change_nothing() => Properties.Hold(
        Series,
        series => Near(Correlation.Pearson(series.Other, series.One), Correlation.Pearson(series.One, series.Other) ?? double.NaN)
            && Near(Correlation.Pearson([.. series.One.Select(value => (3 * value) + 7)], series.Other), Correlation.Pearson(series.One, series.Other) ?? double.NaN));

    [Fact]
    public void The_fit_solves_the_penalized_equations() => Properties.Hold(
        Properties.Seeds,
        seed =>
        {
            double Draw(int i) => Orleans.Story.Rules.Seeds.Fraction(Orleans.Story.Rules.Seeds.For(seed, i));
            var examples = Enumerable.Range(0, 12).Select(i => (Features: new[] { Draw(4 * i), Draw((4 * i) + 1), Draw((4 * i) + 2) }, Value: Draw((4 * i) + 3))).ToArray();
            var x = Matrix<double>.Build.DenseOfRowArrays(examples.Select(one => one.Features));
            for (var j = 0; j < 3; j++)
            {
                var column = x.Column(j);
                var mean = column.Average();
                x.SetColumn(j, (column - mean) / Math.Sqrt(column.Average(value => (value - mean) * (value - mean))));
            }

            var y = Vector<double>.Build.DenseOfEnumerable(examples.Select(one => one.Value));
            var weights = ((x.Transpose() * x) + (2 * Matrix<double>.Build.DenseIdentity(3))).Solve(x.Transpose() * (y - y.Average()));
            var fit = Ridge.Fit(examples, 2);
            return Enumerable.Range(0, 3).All(j => Math.Abs(fit.Weights[j] - weights[j]) < 1e-9)
                && examples.Select((one, i) => Math.Abs(fit.At(one.Features) - (y.Average() + (x.Row(i) * weights)))).All(off => off < 1e-9);
        });

    [Fact]
    public void A_feature_that_never_moves_says_nothing()
    {
        var fit = Ridge.Fit([([1.0, 5], 1), ([2.0, 5], 2), ([3.0, 5], 3)], 1e-9);
        fit.Weights[1].ShouldBe(0);
        fit.At([4, 100]).ShouldBe(4, 1e-6);
        Should.Throw<ArgumentException>(() => Ridge.Fit([], 1));
    }

    private static bool Near(double? ours, double theirs) => ours is null ? double.IsNaN(theirs) : Math.Abs(ours.Value - theirs) < 1e-9;
}

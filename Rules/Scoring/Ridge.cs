using System.Collections.Immutable;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// A linear function fitted with ridge regression (Hoerl and Kennard, Technometrics 1970): least squares over standardized
/// features, weights held small so that a hundred examples are enough for a handful of them.
/// </summary>
public sealed class Ridge
{
    private readonly ImmutableArray<double> means;
    private readonly ImmutableArray<double> spreads;
    private readonly double mean;

    private Ridge(ImmutableArray<double> means, ImmutableArray<double> spreads, ImmutableArray<double> weights, double mean) =>
        (this.means, this.spreads, Weights, this.mean) = (means, spreads, weights, mean);

    /// <summary>What a standard deviation of each feature adds.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Fits it.</summary>
    /// <param name="examples">Features, as many in each, and the value; at least one example.</param>
    /// <param name="penalty">How much a squared weight costs, in squared errors; above 0.</param>
    /// <exception cref="ArgumentException">There is no example, or they have different numbers of features.</exception>
    public static Ridge Fit(IReadOnlyList<(double[] Features, double Value)> examples, double penalty)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        if (examples.Count == 0) throw new ArgumentException("There is nothing to fit to.", nameof(examples));
        var count = examples[0].Features.Length;
        if (examples.Any(one => one.Features.Length != count)) throw new ArgumentException("Every example has the same features.", nameof(examples));
        var centres = new double[count];
        var scales = new double[count];
        for (var j = 0; j < count; j++)
        {
            centres[j] = examples.Average(one => one.Features[j]);
            var variance = examples.Average(one => (one.Features[j] - centres[j]) * (one.Features[j] - centres[j]));
            // A feature that never moves says nothing.
            scales[j] = variance > 1e-18 ? Math.Sqrt(variance) : double.PositiveInfinity;
        }

        var middle = examples.Average(one => one.Value);
        var rows = new double[count, count + 1];
        foreach (var (features, value) in examples)
        {
            for (var i = 0; i < count; i++)
            {
                var z = (features[i] - centres[i]) / scales[i];
                for (var j = 0; j < count; j++) rows[i, j] += z * ((features[j] - centres[j]) / scales[j]);
                rows[i, count] += z * (value - middle);
            }
        }

        for (var i = 0; i < count; i++) rows[i, i] += penalty;
        return new Ridge([.. centres], [.. scales], Solve(rows, count), middle);
    }

    /// <summary>The value for these features.</summary>
    public double At(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var sum = mean;
        for (var j = 0; j < Weights.Length; j++) sum += Weights[j] * ((features[j] - means[j]) / spreads[j]);
        return sum;
    }

    /// <summary>Gauss and Jordan; the penalty makes the matrix positive definite, so that no pivot is 0.</summary>
    private static ImmutableArray<double> Solve(double[,] rows, int count)
    {
        for (var i = 0; i < count; i++)
        {
            for (var row = 0; row < count; row++)
            {
                if (row == i) continue;
                var factor = rows[row, i] / rows[i, i];
                for (var column = i; column <= count; column++) rows[row, column] -= factor * rows[i, column];
            }
        }

        return [.. Enumerable.Range(0, count).Select(i => rows[i, count] / rows[i, i])];
    }
}

namespace Orleans.Story.Bench.Scale;

/// <summary>A load over seconds, and what is said of it.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P50">Median.</param>
/// <param name="P99">99 of 100 are below.</param>
/// <param name="Most">The most.</param>
internal readonly record struct Series(double Mean, double P50, double P99, double Most)
{
    /// <summary>Of some values; zeros of none.</summary>
    public static Series Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? default : new Series(sorted.Average(), At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}

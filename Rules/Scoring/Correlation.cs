namespace Orleans.Story.Rules.Scoring;

/// <summary>How two series go together.</summary>
public static class Correlation
{
    /// <summary>
    /// Pearson's product-moment correlation (Pearson 1895), −1 to 1; <see langword="null"/> below two pairs or where a series
    /// does not move.
    /// </summary>
    /// <exception cref="ArgumentException">The series are not of one length.</exception>
    public static double? Pearson(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Count != other.Count) throw new ArgumentException("The series are of different length.", nameof(other));
        if (one.Count < 2 || IsConstant(one) || IsConstant(other)) return null;
        var (meanOne, meanOther) = (one.Average(), other.Average());
        var (both, squares, otherSquares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < one.Count; i++)
        {
            var (a, b) = (one[i] - meanOne, other[i] - meanOther);
            both += a * b;
            squares += a * a;
            otherSquares += b * b;
        }

        // Root by root: the product of two small sums would vanish.
        var scale = Math.Sqrt(squares) * Math.Sqrt(otherSquares);
        return scale > 0 ? Math.Clamp(both / scale, -1, 1) : null;
    }

    /// <summary>
    /// Spearman's rank correlation (Spearman 1904): Pearson's of the ranks, equal values sharing the mean of theirs.
    /// <see langword="null"/> as <see cref="Pearson"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The series are not of one length.</exception>
    public static double? Spearman(IReadOnlyList<double> one, IReadOnlyList<double> other) => Pearson(Ranks(one), Ranks(other));

    /// <summary>Ranks from 1, equal values sharing the mean of theirs.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && values[order[to]].Equals(values[order[from]])) to++;
            for (var i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2.0;
            from = to;
        }

        return ranks;
    }

    private static bool IsConstant(IReadOnlyList<double> values) => values.All(value => value.Equals(values[0]));
}

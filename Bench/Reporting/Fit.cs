namespace Orleans.Story.Bench.Reporting;

/// <summary>Least squares: how much of a sum each of a few things is, from several sums of different amounts of them.</summary>
internal static class Fit
{
    /// <summary>
    /// Coefficients k for which the squares of (rows · k − sums) are least, by the normal equations and Gaussian elimination with
    /// partial pivoting: good for a handful of columns of like size, which is all that is asked here.
    /// </summary>
    /// <param name="rows">Amounts, one row a measurement, all as long.</param>
    /// <param name="sums">What each measurement came to.</param>
    /// <exception cref="ArgumentException">The rows do not tell the columns apart, or are fewer than these.</exception>
    public static double[] Least(IReadOnlyList<double[]> rows, IReadOnlyList<double> sums)
    {
        var n = rows.Count == 0 ? 0 : rows[0].Length;
        if (rows.Count < n || rows.Count != sums.Count || n == 0) throw new ArgumentException("There are fewer measurements than things to tell apart.", nameof(rows));
        var a = new double[n, n + 1];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) a[i, j] = rows.Sum(row => row[i] * row[j]);
            a[i, n] = rows.Zip(sums, (row, sum) => row[i] * sum).Sum();
        }

        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            if (Math.Abs(a[pivot, column]) < 1e-9 * Math.Max(1, rows.Max(row => row[column] * row[column]))) throw new ArgumentException("The measurements do not tell the things apart.", nameof(rows));
            for (var j = 0; j <= n; j++) (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            for (var row = 0; row < n; row++)
            {
                if (row == column) continue;
                var times = a[row, column] / a[column, column];
                for (var j = column; j <= n; j++) a[row, j] -= times * a[column, j];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i, n] / a[i, i])];
    }
}

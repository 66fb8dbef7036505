using System.Globalization;

namespace Orleans.Story.Bench.Reporting;

/// <summary>Several measurements of one thing: the median, and from where to where.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    /// <summary>Of some values; <see cref="double.NaN"/> counts as not measured.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        if (sorted.Length == 0) return new Spread(double.NaN, double.NaN, double.NaN);
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>Median and, when there were several, the spread.</summary>
    public string Say(string format)
    {
        if (double.IsNaN(Median)) return "–";
        var (median, least, most) = (Say(Median, format), Say(Least, format), Say(Most, format));
        return least == most ? median : $"{median} ({least}–{most})";
    }

    private static string Say(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

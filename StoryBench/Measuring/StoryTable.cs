using System.Globalization;

namespace Orleans.Story.StoryBench.Measuring;

/// <summary>Measures as rows for people.</summary>
public static class StoryTable
{
    private static readonly (string Name, Func<StoryMeasures, double?> Value, string Format)[] Rows =
    [
        ("beats a show", one => (double)one.Beats / one.Shows, "0.0"),
        ("ended on time (± 30 s) %", one => 100 * one.OnTime, "0"),
        ("off its time s, mean", one => one.OffSeconds, "0.0"),
        ("off its time s, worst", one => one.WorstOffSeconds, "0.0"),
        ("dead air s a show", one => one.DeadAirSeconds, "0.0"),
        ("fallbacks % of told beats", one => 100 * one.Fallbacks, "0.0"),
        ("passed every check at first %", one => 100 * one.PassedAtFirst, "0.0"),
        ("repairs % of written beats", one => 100 * one.Repairs, "0.0"),
        ("repairs that passed %", one => 100 * one.RepairsPassed, "0"),
        ("promises paid %", one => 100 * one.PromisesPaid, "0.0"),
        ("distinct-1", one => one.Distinct[0], "0.000"),
        ("distinct-2", one => one.Distinct[1], "0.000"),
        ("distinct-3", one => one.Distinct[2], "0.000"),
        ("self-BLEU, beats of a show", one => one.SelfBleuBeats, "0.000"),
        ("self-BLEU, shows", one => one.SelfBleuShows, "0.000"),
        ("told tension, mean", one => one.Tension, "0.00"),
        ("told and target tension, Pearson", one => one.TensionPearson, "0.00"),
        ("told and target tension, Spearman in a show", one => one.TensionSpearman, "0.00"),
        ("authored and target tension, Pearson", one => one.AuthoredPearson, "0.00"),
        ("the scorer and the author, Pearson", one => one.ScorerAgreement, "0.00"),
        ("speculation hits %", one => 100 * one.SpeculationHits, "0"),
        ("tokens in a told beat", one => one.TokensIn, "0"),
        ("tokens out a told beat", one => one.TokensOut, "0"),
        ("tokens out that nobody heard %", one => 100 * one.Wasted, "0"),
        ("writing s, median", one => one.WriteSeconds, "0.0"),
        ("writing s, 95 of 100", one => one.WriteSeconds95, "0.0"),
        ("preferred to the storylet %", one => 100 * one.Preference?.Rate, "0"),
    ];

    /// <summary>
    /// A table with a column for each; those of <paramref name="compared"/> are followed by their ratio to
    /// <paramref name="baseline"/>. The first row is the head.
    /// </summary>
    /// <param name="all">The columns.</param>
    /// <param name="name">What a column is called.</param>
    /// <param name="baseline">What others are compared with, one of the columns; <see langword="null"/> for no ratios.</param>
    /// <param name="compared">Which columns have a ratio; all others than the baseline when left out.</param>
    /// <param name="differing">Whether rows that are the same in every column are left out.</param>
    public static IReadOnlyList<string[]> Of(
        IReadOnlyList<StoryMeasures> all, Func<StoryMeasures, string> name, StoryMeasures? baseline = null, Func<StoryMeasures, bool>? compared = null, bool differing = false)
    {
        ArgumentNullException.ThrowIfNull(all);
        var rows = new List<string[]> { Row("", one => name(one), _ => $"× {baseline!.Writer}") };
        // What nobody measured takes no room.
        foreach (var row in Rows.Where(row => all.Any(one => row.Value(one) is not null))) rows.Add(Row(row.Name, one => Say(row.Value(one), row.Format), one => Ratio(row.Value(one), row.Value(baseline!))));
        foreach (var reason in Names(one => one.FallbackReasons.Keys))
            rows.Add(Row($"fell back: {reason} %", one => Say(100 * one.FallbackReasons.GetValueOrDefault(reason), "0.0"), _ => "–"));
        foreach (var check in Names(one => one.Findings.Keys))
            rows.Add(Row($"check {check}: of 100 failed", one => Say(one.Findings.GetValueOrDefault(check), "0.0"), _ => "–"));
        return differing ? [rows[0], .. rows.Skip(1).Where(row => row.Skip(2).Any(cell => cell != row[1]))] : rows;

        IEnumerable<string> Names(Func<StoryMeasures, IEnumerable<string>> of) => all.SelectMany(of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        string[] Row(string title, Func<StoryMeasures, string> cell, Func<StoryMeasures, string> ratio) =>
            [title, .. all.SelectMany(one => baseline is null || ReferenceEquals(one, baseline) || compared?.Invoke(one) == false ? [cell(one)] : new[] { cell(one), ratio(one) })];
    }

    private static string Say(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Ratio(double? value, double? against) => value is { } one && against is { } other && other != 0
        ? string.Create(CultureInfo.InvariantCulture, $"× {one / other:0.00}") : "–";
}

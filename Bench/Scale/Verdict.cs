namespace Orleans.Story.Bench.Scale;

/// <summary>One thing that may give out.</summary>
/// <param name="What">What.</param>
/// <param name="Unit">Of both numbers.</param>
/// <param name="Wanted">What the scenario wants of it.</param>
/// <param name="Has">What there is.</param>
/// <param name="Origin">The weakest of what both stand on; <see langword="null"/> where the code itself sets the limit.</param>
internal sealed record Verdict(string What, string Unit, double Wanted, double Has, Origin? Origin = Origin.Reckoned)
{
    /// <summary>How many times the scenario fits; below 1 it does not.</summary>
    public double Headroom => Wanted <= 0 ? double.PositiveInfinity : Has / Wanted;

    /// <summary>The scarcest first.</summary>
    public static IReadOnlyList<Verdict> Sorted(IEnumerable<Verdict> verdicts) => [.. verdicts.OrderBy(one => one.Headroom).ThenBy(one => one.What, StringComparer.Ordinal)];
}

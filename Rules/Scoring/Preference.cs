namespace Orleans.Story.Rules.Scoring;

/// <summary>Which of two texts a judge prefers.</summary>
public enum Verdict
{
    /// <summary>Neither, or the judge did not say.</summary>
    Neither,

    /// <summary>The one it was shown first.</summary>
    First,

    /// <summary>The one it was shown second.</summary>
    Second,
}

/// <summary>Between what and what a share lies.</summary>
/// <param name="Low">0–1.</param>
/// <param name="High">0–1, not below <paramref name="Low"/>.</param>
public readonly record struct ShareInterval(double Low, double High);

/// <summary>
/// Pairs judged twice, the order swapped. A judge prefers what it sees in one place (Zheng et al., "Judging LLM-as-a-Judge",
/// NeurIPS 2023), so a text wins only where it wins in both orders; anything else is a tie.
/// </summary>
/// <param name="Wins">Pairs that the text in question won.</param>
/// <param name="Ties">Pairs on which the two orders disagreed, or a judge preferred neither.</param>
/// <param name="Losses">Pairs that the other text won.</param>
/// <param name="Places">Pairs in which the judge took the same place twice, whatever stood there; part of the ties.</param>
public sealed record Preference(int Wins, int Ties, int Losses, int Places)
{
    /// <summary>Half of the width of a normal distribution that holds 95 %.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Nothing judged.</summary>
    public static Preference None { get; } = new(0, 0, 0, 0);

    /// <summary>Pairs.</summary>
    public int Pairs => Wins + Ties + Losses;

    /// <summary>Wins and half of the ties by all pairs, 0–1; <see langword="null"/> without pairs.</summary>
    public double? Rate => Pairs == 0 ? null : (Wins + (Ties / 2.0)) / Pairs;

    /// <summary>
    /// Wilson's score interval of <see cref="Rate"/> at 95 % (Wilson 1927), inside 0–1; everything without pairs. Ties make it
    /// wider than it need be.
    /// </summary>
    public ShareInterval Interval => Wilson(Rate ?? 0, Pairs);

    /// <summary>With one pair more.</summary>
    /// <param name="shownFirst">The verdict with the text in question shown first.</param>
    /// <param name="shownSecond">The verdict with it shown second.</param>
    public Preference With(Verdict shownFirst, Verdict shownSecond) => (shownFirst, shownSecond) switch
    {
        (Verdict.First, Verdict.Second) => this with { Wins = Wins + 1 },
        (Verdict.Second, Verdict.First) => this with { Losses = Losses + 1 },
        (Verdict.First, Verdict.First) or (Verdict.Second, Verdict.Second) => this with { Ties = Ties + 1, Places = Places + 1 },
        _ => this with { Ties = Ties + 1 },
    };

    /// <summary>Wilson's score interval of a share at 95 %.</summary>
    /// <param name="share">0–1.</param>
    /// <param name="trials">Of how many; 0 knows nothing.</param>
    public static ShareInterval Wilson(double share, int trials)
    {
        if (trials == 0) return new ShareInterval(0, 1);
        var z = Z * Z / trials;
        var middle = share + (z / 2);
        var half = Z * Math.Sqrt(((share * (1 - share)) + (z / 4)) / trials);
        return new ShareInterval(Math.Max(0, (middle - half) / (1 + z)), Math.Min(1, (middle + half) / (1 + z)));
    }
}

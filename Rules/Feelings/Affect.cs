using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Feelings;

/// <summary>A point of the circumplex model of affect (Russell 1980).</summary>
/// <param name="Valence">Unpleasant −1 to pleasant 1.</param>
/// <param name="Arousal">Calm 0 to excited 1.</param>
public readonly record struct Affect(double Valence, double Arousal);

/// <summary>
/// Feelings as numbers. Positions follow the quadrants of Russell's circumplex; suspense sits high in arousal and near
/// neutral in valence, boredom low in both.
/// </summary>
public static class Affects
{
    /// <summary>Below this many contributors nothing is shown to anyone.</summary>
    public const int FewestContributors = 10;

    /// <summary>How many feelings there are.</summary>
    public static int Count { get; } = Enum.GetValues<Feeling>().Length;

    /// <summary>Where a feeling lies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a feeling.</exception>
    public static Affect Of(Feeling feeling) => feeling switch
    {
        Feeling.Joy => new(0.8, 0.6),
        Feeling.Warmth => new(0.7, 0.3),
        Feeling.Suspense => new(0.0, 0.85),
        Feeling.Fear => new(-0.7, 0.9),
        Feeling.Sadness => new(-0.7, 0.25),
        Feeling.Anger => new(-0.7, 0.8),
        Feeling.Surprise => new(0.2, 0.8),
        Feeling.Boredom => new(-0.3, 0.05),
        _ => throw new ArgumentOutOfRangeException(nameof(feeling), feeling, "Not a feeling."),
    };

    /// <summary>Mean arousal weighted by intensity, 0–1, or <see langword="null"/> without taps.</summary>
    public static double? Arousal(ImmutableArray<int> sums)
    {
        var total = sums.Sum();
        return total == 0 ? null : sums.Select((sum, i) => sum * Of((Feeling)i).Arousal).Sum() / total;
    }
}

/// <summary>Adds taps up over a window; a mutable scratch pad of one shard.</summary>
public sealed class FeelingFold
{
    private readonly HashSet<int> seats = [];
    private readonly int[] sums = new int[Affects.Count];

    /// <summary>Adds a tap; one that is out of range is ignored, since it comes from a gateway that checks.</summary>
    public void Add(FeelingTap tap)
    {
        if (tap.Seat < 1 || tap.Intensity is < 1 or > 3 || !Enum.IsDefined(tap.Feeling)) return;
        seats.Add(tap.Seat);
        sums[(int)tap.Feeling] += tap.Intensity;
    }

    /// <summary>The window's sums, or <see langword="null"/> if nobody tapped; the pad is clean afterwards.</summary>
    public FeelingSums? Take()
    {
        if (seats.Count == 0) return null;
        var taken = new FeelingSums(seats.Count, [.. sums]);
        seats.Clear();
        Array.Clear(sums);
        return taken;
    }

    /// <summary>
    /// Two windows as one. Contributors is the larger of both, a lower bound of the distinct seats, so that the privacy
    /// threshold never passes by counting one person twice.
    /// </summary>
    public static FeelingSums Join(FeelingSums a, FeelingSums b) =>
        new(Math.Max(a.Contributors, b.Contributors), [.. a.Sums.Zip(b.Sums, (x, y) => x + y)]);

    /// <summary>Windows of different shards as one; their seats are disjoint.</summary>
    public static FeelingSums Add(IEnumerable<FeelingSums> shards) =>
        shards.Aggregate(
            new FeelingSums(0, [.. new int[Affects.Count]]),
            (a, b) => new FeelingSums(a.Contributors + b.Contributors, [.. a.Sums.Zip(b.Sums, (x, y) => x + y)]));
}

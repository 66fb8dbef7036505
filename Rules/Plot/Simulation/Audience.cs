using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot.Simulation;

/// <summary>What an audience is asked.</summary>
/// <param name="Film">The film.</param>
/// <param name="Beat">The beat that was told; its options are the round's.</param>
/// <param name="Story">The canon when the round opens.</param>
public sealed record RoundAsked(Film Film, Beat Beat, Story Story)
{
    /// <summary>The options, by index.</summary>
    public ImmutableArray<Option> Options => Beat.Options;
}

/// <summary>An audience on paper: a function of what it is asked and a seed. It keeps nothing between rounds.</summary>
public interface IAudience
{
    /// <summary>Votes an option, by index; all 0 when nobody votes.</summary>
    /// <param name="asked">The round.</param>
    /// <param name="seed">Where its chance comes from; another one each round.</param>
    ImmutableArray<int> Vote(RoundAsked asked, long seed);

    /// <summary>What it feels while a beat is told, or <see langword="null"/> when nobody taps.</summary>
    /// <param name="beat">The beat.</param>
    /// <param name="seed">Where its chance comes from; another one each beat.</param>
    FeelingSums? Feel(Beat beat, long seed) => null;
}

/// <summary>Audiences worth rehearsing with.</summary>
public static class Audiences
{
    /// <summary>Votes at random, sometimes not at all.</summary>
    public static IAudience Random { get; } = new RandomAudience();

    /// <summary>Never votes.</summary>
    public static IAudience Silent { get; } = new RankingAudience((_, _) => 0, votes: 0);

    /// <summary>Always the first option.</summary>
    public static IAudience First { get; } = new RankingAudience((_, i) => -i);

    /// <summary>Always the last option.</summary>
    public static IAudience Last { get; } = new RankingAudience((_, i) => i);

    /// <summary>Takes the side of some characters wherever an option does, and never that of others.</summary>
    /// <param name="loved">Ids of those it sides with, the most loved first.</param>
    /// <param name="last">Whether it takes the last instead of the first option where none of its own is there.</param>
    public static IAudience Siding(ImmutableArray<string> loved, bool last = false) =>
        new RankingAudience((option, i) => (100 * Love(option, loved)) + (last ? i : -i));

    /// <summary>Follows a taste of its own: the option for which the function is greatest.</summary>
    /// <param name="liking">How much an option, with its index, is liked.</param>
    public static IAudience Of(Func<Option, int, double> liking) => new RankingAudience(liking);

    private static double Love(Option option, ImmutableArray<string> loved)
    {
        var love = 0.0;
        foreach (var id in option.For ?? [])
        {
            var rank = loved.IndexOf(id);
            love += rank >= 0 ? 1.0 / (1 + rank) : -0.25;
        }

        return love;
    }

    private sealed class RankingAudience(Func<Option, int, double> liking, int votes = 25) : IAudience
    {
        public ImmutableArray<int> Vote(RoundAsked asked, long seed)
        {
            var best = 0;
            for (var i = 1; i < asked.Options.Length; i++)
            {
                if (liking(asked.Options[i], i) > liking(asked.Options[best], best)) best = i;
            }

            var counts = new int[asked.Options.Length];
            counts[best] = votes;
            return [.. counts];
        }
    }

    private sealed class RandomAudience : IAudience
    {
        private const double Absent = 0.05;

        public ImmutableArray<int> Vote(RoundAsked asked, long seed)
        {
            var counts = new int[asked.Options.Length];
            if (Seeds.Fraction(Seeds.For(seed, 100)) >= Absent)
            {
                for (var i = 0; i < counts.Length; i++) counts[i] = Seeds.Below(Seeds.For(seed, i), 40);
            }

            return [.. counts];
        }

        /// <summary>Half of the beats move it, each towards something else.</summary>
        public FeelingSums? Feel(Beat beat, long seed)
        {
            if (Seeds.Fraction(seed) < 0.5) return null;
            var sums = new int[Feelings.Affects.Count];
            sums[Seeds.Below(Seeds.For(seed, 1), sums.Length)] = 30;
            return new FeelingSums(20, [.. sums]);
        }
    }
}

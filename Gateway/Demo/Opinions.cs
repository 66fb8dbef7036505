using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// What one simulated viewer thinks, all of it drawn from a seed: a taste, how far the hall sways them, how fast they are,
/// how often they change their mind. The same seed and show give the same viewer.
/// </summary>
internal sealed class Opinions
{
    private const int Dimensions = 6;
    private readonly long _seed;
    private readonly double[] _taste = new double[Dimensions];
    private readonly double _swayed;
    private readonly double _pace;
    private readonly double _keenness;

    /// <summary>Draws a viewer.</summary>
    public Opinions(long seed)
    {
        _seed = seed;
        for (var i = 0; i < Dimensions; i++) _taste[i] = Normal(Draw(1, i));
        _swayed = 1.5 * Seeds.Fraction(Draw(2, 0));
        _pace = 0.35 * Normal(Draw(3, 0));
        _keenness = Seeds.Fraction(Draw(4, 0));
    }

    /// <summary>Whether this viewer votes in the round at all; about one in ten watches only.</summary>
    public bool Votes(int round) => Seeds.Fraction(Draw(5, round)) < 0.86 + (0.12 * _keenness);

    /// <summary>
    /// Time from the round's opening to the first tap: lognormal, median 2.4 s, as reaction times to a read choice are.
    /// </summary>
    public TimeSpan Reaction(int round) => TimeSpan.FromSeconds(2.4 * Math.Exp((0.45 * Normal(Draw(6, round))) + _pace));

    /// <summary>When this viewer thinks again after voting, or <see langword="null"/> (four in five stay).</summary>
    public TimeSpan? SecondThought(int round) =>
        Seeds.Fraction(Draw(7, round)) < 0.2 ? TimeSpan.FromSeconds(0.5 + (3 * Seeds.Fraction(Draw(8, round)))) : null;

    /// <summary>
    /// The option this viewer likes best now: own taste for its words, the pull of the hall, and a mood that differs each
    /// time it is asked.
    /// </summary>
    /// <param name="round">The round.</param>
    /// <param name="tally">The live count, or <see langword="null"/>.</param>
    /// <param name="time">Which time this viewer is asked, from 0.</param>
    public int Choose(StageRound round, Tally? tally, int time)
    {
        var best = 0;
        var most = double.NegativeInfinity;
        for (var option = 0; option < round.Options.Length; option++)
        {
            var liking = Liking(round.Options[option].Words) + Gumbel(Draw(9, (round.Round * 64) + (option * 8) + time));
            if (tally is { Voters: > 0 } && tally.Round == round.Round && option < tally.Counts.Length)
            {
                liking += _swayed * 2 * tally.Counts[option] / tally.Voters;
            }

            if (liking <= most) continue;
            (best, most) = (option, liking);
        }

        return best;
    }

    /// <summary>A feeling about a line, or <see langword="null"/>: most lines pass without a tap, tense ones less often.</summary>
    /// <param name="beat">The beat's ordinal.</param>
    /// <param name="line">The line's place in the beat.</param>
    /// <param name="tension">0–1.</param>
    public (Feeling Feeling, int Intensity)? Feel(int beat, int line, double tension)
    {
        var moment = (beat * 256) + line;
        if (Seeds.Fraction(Draw(10, moment)) > 0.03 + (0.12 * tension)) return null;
        var tense = Seeds.Fraction(Draw(11, moment)) < tension;
        ReadOnlySpan<Feeling> palette = tense
            ? [Feeling.Suspense, Feeling.Suspense, Feeling.Fear, Feeling.Surprise, Feeling.Anger, Feeling.Sadness]
            : [Feeling.Joy, Feeling.Warmth, Feeling.Warmth, Feeling.Joy, Feeling.Surprise, Feeling.Boredom];
        var intensity = Math.Clamp(1 + (int)(3 * ((0.6 * tension) + (0.4 * Seeds.Fraction(Draw(12, moment))))), 1, 3);
        return (palette[Seeds.Below(Draw(13, moment), palette.Length)], intensity);
    }

    /// <summary>Whether this viewer's phone drops out around a beat, and for how long.</summary>
    public TimeSpan? DropOut(int beat) =>
        Seeds.Fraction(Draw(14, beat)) < 0.02 ? TimeSpan.FromSeconds(1 + (5 * Seeds.Fraction(Draw(15, beat)))) : null;

    private double Liking(string words)
    {
        var about = (long)Fnv.Hash32(System.Text.Encoding.UTF8.GetBytes(words));
        var liking = 0.0;
        for (var i = 0; i < Dimensions; i++) liking += _taste[i] * Normal(Seeds.For(about, i));
        return 0.6 * liking;
    }

    private long Draw(int purpose, int which) => Seeds.For(Seeds.For(_seed, purpose), which);

    /// <summary>A standard normal draw (Box and Muller 1958).</summary>
    private static double Normal(long seed) =>
        Math.Sqrt(-2 * Math.Log(1 - Seeds.Fraction(seed))) * Math.Cos(2 * Math.PI * Seeds.Fraction(Seeds.For(seed, 1)));

    /// <summary>Standard Gumbel noise, which makes choosing the best a logit choice (McFadden 1974).</summary>
    private static double Gumbel(long seed) => -Math.Log(-Math.Log(Math.Clamp(Seeds.Fraction(seed), 1e-12, 1 - 1e-12)));
}

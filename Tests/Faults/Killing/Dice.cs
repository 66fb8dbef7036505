using Orleans.Story.Rules;

namespace Orleans.Story.Tests.Faults.Killing;

/// <summary>Draws one after the other from a recorded seed.</summary>
internal sealed class Dice(long seed)
{
    private long _draws;

    /// <summary>A fraction in [0, 1).</summary>
    public double Fraction() => Seeds.Fraction(Seeds.For(seed, _draws++));

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    public int Below(int below) => Seeds.Below(Seeds.For(seed, _draws++), below);

    /// <summary>Milliseconds in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Between(double from, double to) => from + (Fraction() * (to - from));

    /// <summary>Dice of one's own, for one purpose.</summary>
    public Dice For(long purpose) => new(Seeds.For(seed, purpose));
}

namespace Orleans.Story.Bench.Scale;

/// <summary>
/// Seeded chance: SplitMix64 (Steele, Lea and Flood 2014). Small, and the same on every runtime, so that a page written
/// from it can be written again to the digit.
/// </summary>
/// <param name="seed">Where it begins.</param>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="least"/>, <paramref name="most"/>).</summary>
    public double Between(double least, double most) => least + ((most - least) * Unit());

    /// <summary>A whole number in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => (int)(Bits() % (uint)count);

    /// <summary>A waiting time with this mean, exponentially distributed.</summary>
    public double Wait(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Another sequence, fixed by this one's state and a number: what one part draws does not move another's draws.</summary>
    public Dice Fork(ulong part) => new(_state ^ ((part + 1) * 0xD1342543DE82EF95UL));
}

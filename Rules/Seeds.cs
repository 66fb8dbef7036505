namespace Orleans.Story.Rules;

/// <summary>
/// Draws from recorded seeds: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), the same on every machine and version,
/// which <see cref="Random"/> does not promise.
/// </summary>
public static class Seeds
{
    /// <summary>A seed for one purpose out of a session's seed.</summary>
    public static long For(long seed, long purpose) => (long)Mix((ulong)seed ^ Mix((ulong)purpose + 0x9E3779B97F4A7C15UL));

    /// <summary>A whole number in [0, <paramref name="below"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is not positive.</exception>
    public static int Below(long seed, int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        return (int)(((UInt128)Mix((ulong)seed) * (ulong)below) >> 64);
    }

    /// <summary>A fraction in [0, 1).</summary>
    public static double Fraction(long seed) => (Mix((ulong)seed) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

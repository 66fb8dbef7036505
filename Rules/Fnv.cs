namespace Orleans.Story.Rules;

/// <summary>FNV-1a, 32 and 64 bits (Fowler, Noll and Vo; IETF draft-eastlake-fnv): small, and equal in every process.</summary>
public static class Fnv
{
    /// <summary>The 32-bit hash.</summary>
    public static uint Hash32(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        return hash;
    }

    /// <summary>The 64-bit hash.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes) hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }
}

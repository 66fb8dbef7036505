using System.Globalization;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Gateway.Ballots;

/// <summary>Which shard keeps a seat.</summary>
internal static class ShardRouting
{
    /// <summary>FNV-1a over the seat's four bytes, low byte first, modulo the shard count.</summary>
    public static int Of(int seat, int shards)
    {
        var hash = 2166136261u;
        for (var shift = 0; shift < 32; shift += 8) hash = unchecked((hash ^ ((uint)seat >> shift & 0xff)) * 16777619u);
        return (int)(hash % (uint)shards);
    }
}

/// <summary>Reads what a phone chose.</summary>
internal static class Choices
{
    /// <summary>The canonical form (<c>2</c>, <c>0+2</c>); false when the choice does not fit the rule and options.</summary>
    public static bool TryCanonical(VotingRule rule, int options, IReadOnlyList<int>? choice, out string canonical)
    {
        canonical = "";
        if (choice is null || choice.Count == 0 || choice.Count > options) return false;
        if (rule == VotingRule.Plurality && choice.Count != 1) return false;
        var sorted = choice.Distinct().Order().ToArray();
        if (sorted.Length != choice.Count || sorted[0] < 0 || sorted[^1] >= options) return false;
        canonical = string.Join('+', sorted.Select(option => option.ToString(CultureInfo.InvariantCulture)));
        return true;
    }
}

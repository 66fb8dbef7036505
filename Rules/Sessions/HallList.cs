using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>The list of a hall's sessions, newest first, which holds a bounded number of them.</summary>
public static class HallList
{
    /// <summary>Those that stay when one more comes: what is still to come before what was, and the newer before the older.</summary>
    /// <param name="listed">The list, newest first.</param>
    /// <param name="nowMs">UTC milliseconds.</param>
    /// <param name="most">The most that the list may hold, the one that comes included.</param>
    public static ImmutableArray<HallSession> Kept(ImmutableArray<HallSession> listed, long nowMs, int most)
    {
        if (listed.Length < most) return listed;
        var leaves = listed.LastOrDefault(known => known.ScheduledMs <= nowMs) ?? listed[^1];
        return [.. listed.Where(known => known != leaves).Take(most - 1)];
    }
}

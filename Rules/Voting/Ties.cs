using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>What happens among options that are level.</summary>
internal static class Ties
{
    /// <summary>Who wins; the only one if there is only one.</summary>
    internal static int Winner(TieRule rule, ImmutableArray<int> level, long seed) => rule switch
    {
        _ when level.Length == 1 => level[0],
        TieRule.First => level[0],
        TieRule.Last => level[^1],
        _ => level[Seeds.Below(seed, level.Length)],
    };

    /// <summary>Who leaves a run-off: the opposite end of the film's order, or a draw.</summary>
    internal static int Loser(TieRule rule, ImmutableArray<int> level, long seed) => rule switch
    {
        TieRule.First => level[^1],
        TieRule.Last => level[0],
        _ => level[Seeds.Below(seed, level.Length)],
    };
}

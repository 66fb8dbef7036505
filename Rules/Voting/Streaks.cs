using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>
/// Minority protection. A seat's losing streak is how many decisions in a row went against what it backed (a ranking backs
/// its favourite); rounds in which it did not vote, or abstained, neither add to the streak nor end it. A ballot carries one
/// vote and one more for each step of the streak, up to the cap. It follows from the seat's own ballots and the winners
/// alone, so whoever has the journal can reckon it again.
/// </summary>
public static class Streaks
{
    /// <summary>Most votes that a cap may allow a streak to add.</summary>
    public const int HighestCap = 3;

    /// <summary>The votes a ballot of each seat carries, for seats that carry more than one.</summary>
    public static ImmutableDictionary<int, int> Weights(AudienceShard shard, RoundOrder order)
    {
        if (order.Protection == 0) return ImmutableDictionary<int, int>.Empty;
        var streaks = new Dictionary<int, int>();
        for (var round = 0; round < order.Winners.Length && round < order.Round; round++)
        {
            if (order.Winners[round] < 0) continue;
            foreach (var (seat, ballot) in shard.Round(round).Standing)
            {
                var backs = Ballots.Backs(ballot.Choice);
                if (backs.IsEmpty) continue;
                streaks[seat] = backs.Contains(order.Winners[round]) ? 0 : streaks.GetValueOrDefault(seat) + 1;
            }
        }

        return streaks.Where(streak => streak.Value > 0)
            .ToImmutableDictionary(streak => streak.Key, streak => 1 + Math.Min(streak.Value, order.Protection));
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>What an instant run-off comes to.</summary>
/// <param name="Winner">Index of the winning option.</param>
/// <param name="Tied">Options level in the last count, ascending; empty without a tie.</param>
/// <param name="Counts">Each count, in order.</param>
internal sealed record Runoff(int Winner, ImmutableArray<int> Tied, ImmutableArray<RunoffCount> Counts);

/// <summary>
/// Instant run-off (Ware's method; Robert's Rules §45:62): each ballot counts for its highest option that is still in; an
/// option with more than half of the votes that still count wins; otherwise the weakest leaves. A ballot that ranks none
/// of those still in rests. Who leaves among equally weak ones, and who wins among the last two, the tie rule says.
/// </summary>
internal static class Runoffs
{
    /// <summary>Counts until one has won.</summary>
    internal static Runoff Decide(CountRule rule, IReadOnlyCollection<BookLine> book, long tieSeed)
    {
        var ballots = book.Select(line => (Ranking: Ballots.Options(line.Choice), Votes: line.Weight * line.Count)).ToList();
        List<int> still = [.. Enumerable.Range(0, rule.Options)];
        var counts = ImmutableArray.CreateBuilder<RunoffCount>();
        while (true)
        {
            var votes = new int[rule.Options];
            foreach (var (ranking, weight) in ballots)
            {
                var at = ranking.FirstOrDefault(still.Contains, -1);
                if (at >= 0) votes[at] += weight;
            }

            var (total, top) = (votes.Sum(), still.Max(option => votes[option]));
            ImmutableArray<int> level = [.. still.Where(option => votes[option] == top)];
            if (2 * top > total || total == 0 || still.Count == 2)
            {
                counts.Add(new RunoffCount([.. votes], null));
                return new Runoff(Ties.Winner(rule.Ties, level, tieSeed), level.Length == 1 ? [] : level, counts.ToImmutable());
            }

            var least = still.Min(option => votes[option]);
            var leaves = Ties.Loser(rule.Ties, [.. still.Where(option => votes[option] == least)], Seeds.For(tieSeed, counts.Count + 1));
            counts.Add(new RunoffCount([.. votes], leaves));
            still.Remove(leaves);
        }
    }
}

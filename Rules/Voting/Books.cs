using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>
/// Shards' books merge by keeping the newest of each shard: commutative, associative and idempotent, so that reports may
/// repeat, overtake each other or get lost.
/// </summary>
public static class Books
{
    /// <summary>The newer of two books of one shard; a later round is newer than any version of an earlier one.</summary>
    public static BallotBook Newer(BallotBook a, BallotBook b) =>
        (a.Round, a.Version).CompareTo((b.Round, b.Version)) >= 0 ? a : b;

    /// <summary>All shards' ballots of one round, one line a canonical ballot and weight in ordinal order.</summary>
    public static ImmutableArray<BookLine> Sum(IEnumerable<BallotBook> shards, int round) =>
    [
        .. shards.Where(book => book.Round == round)
            .SelectMany(book => book.Lines)
            .GroupBy(line => (line.Choice, line.Weight))
            .Select(same => new BookLine(same.Key.Choice, same.Key.Weight, same.Sum(line => line.Count)))
            .OrderBy(line => line.Choice, StringComparer.Ordinal)
            .ThenBy(line => line.Weight),
    ];
}

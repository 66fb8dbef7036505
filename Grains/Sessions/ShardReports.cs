using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What the shards last told: newest book of each, and feelings not yet journaled.</summary>
internal sealed class ShardReports
{
    private readonly Dictionary<int, BallotBook> books = [];
    private readonly Dictionary<int, FeelingSums> feelings = [];

    /// <summary>The newest book of each shard.</summary>
    internal IReadOnlyCollection<BallotBook> Books => books.Values;

    /// <summary>Whether feelings wait to be journaled.</summary>
    internal bool HasFeelings => feelings.Count > 0;

    /// <summary>Takes a report; true when it brought a newer book.</summary>
    internal bool Take(ShardReport report)
    {
        if (report.Feelings is { } sums)
            feelings[report.Shard] = feelings.TryGetValue(report.Shard, out var waiting) ? FeelingFold.Join(waiting, sums) : sums;
        if (report.Book is not { } book) return false;
        var newest = books.TryGetValue(report.Shard, out var known) ? Rules.Voting.Books.Newer(known, book) : book;
        books[report.Shard] = newest;
        return newest != known;
    }

    /// <summary>All waiting feelings as one window.</summary>
    internal FeelingSums TakeFeelings()
    {
        var sums = FeelingFold.Add(feelings.Values);
        feelings.Clear();
        return sums;
    }
}

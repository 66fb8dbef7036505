using System.Diagnostics;

namespace Orleans.Story.Gateway.Telemetry;

/// <summary>
/// The gateway's part of a vote's trace, under the source <c>Orleans.Story.Gateway</c>; docs/observability.md walks it.
/// With nobody listening each call is one look at a flag.
/// </summary>
internal static class GatewayTracing
{
    /// <summary>The source's name.</summary>
    public const string Name = "Orleans.Story.Gateway";

    /// <summary>Votes a batch names at most; a trace of thousands of links helps nobody.</summary>
    public const int MostLinks = 128;

    private static readonly ActivitySource Source = new(Name);

    /// <summary>A vote from its arrival to its receipt: a trace of its own, never a child of the connection's request.</summary>
    public static Activity? Vote(int round)
    {
        if (!Source.HasListeners()) return null;
        Activity.Current = null;
        return Source.StartActivity("vote", ActivityKind.Server)?.SetTag("story.round", round);
    }

    /// <summary>The vote this call belongs to, if it is recorded.</summary>
    public static ActivityContext? Recorded => Activity.Current is { Recorded: true, Source.Name: Name } vote ? vote.Context : null;

    /// <summary>
    /// A batch on its way to a shard and back. It belongs to its first recorded vote and is linked to all of them; a batch
    /// without one is not recorded.
    /// </summary>
    /// <param name="votes">The recorded votes.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="ballots">Ballots in it.</param>
    /// <param name="waited">How long its first ballot waited for company and for the batch before.</param>
    public static Activity? Batch(IReadOnlyList<ActivityContext>? votes, int shard, int ballots, TimeSpan waited)
    {
        // Whoever armed the timer is not the parent of what it flushes.
        Activity.Current = null;
        if (votes is null) return null;
        return Source.StartActivity("ballot batch", ActivityKind.Internal, votes[0], links: votes.Select(vote => new ActivityLink(vote)))
            ?.SetTag("story.shard", shard)
            .SetTag("story.ballots", ballots)
            .SetTag("story.waited_ms", waited.TotalMilliseconds);
    }
}

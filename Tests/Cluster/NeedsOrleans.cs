namespace Orleans.Story.Tests.Cluster;

/// <summary>What stands here on the engine that makes no cluster.</summary>
public sealed class NeedsOrleans
{
    [Fact(Skip = "A cluster needs StoryEngine=orleans; these tests were built with the one-process engine.")]
    public void A_cluster_needs_orleans()
    {
        // Skipped, and says why.
    }
}

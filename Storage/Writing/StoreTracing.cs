using System.Diagnostics;

namespace Orleans.Story.Storage.Writing;

/// <summary>The store's part of a vote's trace, under the source <c>Orleans.Story.Storage</c>.</summary>
internal static class StoreTracing
{
    public const string Name = "Orleans.Story.Storage";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Where a write comes from, if that is recorded.</summary>
    public static ActivityContext Origin => Activity.Current is { Recorded: true } origin ? origin.Context : default;

    /// <summary>
    /// One transaction. It belongs to the first write that somebody records and is linked to all of those; without one it is
    /// not recorded.
    /// </summary>
    public static Activity? Batch(IReadOnlyList<WriteRequest> batch, TimeSpan waited)
    {
        if (!Source.HasListeners())
            return null;
        var origins = batch.Select(request => request.Origin).Where(origin => origin != default).ToList();
        return origins.Count == 0
            ? null
            : Source.StartActivity("journal batch", ActivityKind.Internal, origins[0], links: origins.Select(origin => new ActivityLink(origin)))
                ?.SetTag("story.requests", batch.Count)
                .SetTag("story.events", batch.Sum(request => request.Events))
                .SetTag("story.waited_ms", waited.TotalMilliseconds);
    }
}

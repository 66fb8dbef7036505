using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Grains;

/// <summary>What the grains tell, under the source and the meter <c>Orleans.Story.Grains</c>; docs/observability.md.</summary>
internal static class GrainTelemetry
{
    /// <summary>The name of both.</summary>
    public const string Name = "Orleans.Story.Grains";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> SealTime = Meter.CreateHistogram<double>(
        "story.session.seal.time", "ms", "From the moment a round's seal is due until its verdict is on disk.");

    private static readonly Counter<long> Taken = Meter.CreateCounter<long>(
        "story.shard.ballots", "{ballot}", "Ballots brought to a shard, repeats and stale ones included.");

    /// <summary>A shard takes a batch: deciding, journaling, answering.</summary>
    public static Activity? Take(AudienceKey shard, BallotBatch batch)
    {
        Taken.Add(batch.Ballots.Length);
        return Source.StartActivity("shard")?
            .SetTag("story.shard", shard.Shard)
            .SetTag("story.round", batch.Terms.Round)
            .SetTag("story.ballots", batch.Ballots.Length);
    }

    /// <summary>A round is sealed and decided.</summary>
    public static Activity? Seal(int round) => Source.StartActivity("seal")?.SetTag("story.round", round);

    /// <summary>A round was decided so long after its seal was due, milliseconds.</summary>
    public static void Decided(double afterMs) => SealTime.Record(afterMs);
}

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

    private static readonly Counter<long> Beats = Meter.CreateCounter<long>(
        "story.beats", "{beat}", "Beats written and checked, by who wrote them and why a storylet stands in.");

    private static readonly Counter<long> Repairs = Meter.CreateCounter<long>("story.beats.repaired", "{beat}", "Beats of a model that passed at the second attempt.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("story.tokens", "{token}", "Tokens of beats that were written, read and written together.");

    private static readonly Histogram<double> WriteTime = Meter.CreateHistogram<double>("story.beats.time", "ms", "From a beat's order until it is written and checked.");

    private static readonly Counter<long> Roads = Meter.CreateCounter<long>(
        "story.speculation", "{round}", "Decided rounds, by whether the beat that won was written when its round was decided.");

    private static readonly Counter<long> Wasted = Meter.CreateCounter<long>("story.tokens.wasted", "{token}", "Tokens of beats that were written ahead and that nobody chose.");

    /// <summary>A beat is written and checked, so long after it was ordered.</summary>
    public static void Wrote(Beat beat, double afterMs)
    {
        Beats.Add(1, new("writer", beat.Writer), new("fallback", beat.Fallback.ToString()));
        WriteTime.Record(afterMs, new KeyValuePair<string, object?>("writer", beat.Writer));
        if (beat.Writing is not { } writing) return;
        Tokens.Add(writing.TokensIn + writing.TokensOut, new KeyValuePair<string, object?>("endpoint", writing.Endpoint));
        if (writing.Repaired is not null) Repairs.Add(1);
    }

    /// <summary>A round was decided.</summary>
    /// <param name="hit">Whether the beat that won was written.</param>
    /// <param name="wasted">Tokens of those that did not win.</param>
    public static void Chose(bool hit, long wasted)
    {
        Roads.Add(1, new KeyValuePair<string, object?>("hit", hit));
        if (wasted > 0) Wasted.Add(wasted);
    }

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

using System.Collections.Immutable;

namespace Orleans.Story.Rules.House;

/// <summary>
/// What was seen of one session, or of the hall, up to now: enough to say since when something is wrong, and whether the
/// dead air grew. It is bounded by the kinds of alarms and by a minute of samples.
/// </summary>
/// <param name="Since">Since when each trouble is there, UTC milliseconds.</param>
/// <param name="DeadAir">Dead air as it was seen, oldest first; no older than <see cref="GrowthMs"/> but for the first.</param>
/// <param name="Alarms">The alarms as they ring now.</param>
public sealed record Watchkeeping(
    ImmutableSortedDictionary<AlarmKind, long> Since, ImmutableArray<DeadAirSample> DeadAir, ImmutableArray<Alarm> Alarms)
{
    /// <summary>Over how long dead air is compared, milliseconds.</summary>
    public const long GrowthMs = 60_000;

    /// <summary>Samples kept at most: two a second over the minute, whoever looks how often; the oldest go first.</summary>
    public const int MostSamples = 120;

    /// <summary>Nothing was seen yet.</summary>
    public static Watchkeeping None { get; } = new(ImmutableSortedDictionary<AlarmKind, long>.Empty, [], []);

    /// <summary>By how much dead air grew within the last minute, milliseconds.</summary>
    internal long Growth => DeadAir.IsEmpty ? 0 : Math.Max(0, DeadAir[^1].Ms - DeadAir[0].Ms);

    /// <summary>With the troubles there are now: those that lasted longer than patience with them ring.</summary>
    internal Watchkeeping With(IEnumerable<Trouble> troubles, long nowMs)
    {
        var since = ImmutableSortedDictionary.CreateBuilder<AlarmKind, long>();
        var alarms = new List<Alarm>();
        foreach (var trouble in troubles)
        {
            var from = Math.Min(nowMs, trouble.SinceMs ?? Since.GetValueOrDefault(trouble.Kind, nowMs));
            since[trouble.Kind] = from;
            if (nowMs - from >= House.Alarms.PatienceMs(trouble.Kind)) alarms.Add(new Alarm(trouble.Kind, trouble.Level, from, trouble.What, trouble.Mend));
        }

        alarms.Sort(House.Alarms.InOrder);
        return this with { Since = since.ToImmutable(), Alarms = [.. alarms] };
    }

    /// <summary>With dead air as it is seen now.</summary>
    internal Watchkeeping Heard(long deadAirMs, long nowMs)
    {
        var samples = DeadAir.Add(new DeadAirSample(nowMs, deadAirMs));
        var first = 0;
        // The newest of those before the minute is what the minute is compared with.
        while (first + 1 < samples.Length && (samples[first + 1].AtMs <= nowMs - GrowthMs || samples.Length - first > MostSamples)) first++;
        return this with { DeadAir = samples[first..] };
    }
}

/// <summary>Dead air at a moment.</summary>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="Ms">Dead air up to then, milliseconds.</param>
public readonly record struct DeadAirSample(long AtMs, long Ms);

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Gateway.Batching;

/// <summary>
/// The way of feelings to one shard, four times a second. At most 4,096 wait; beyond that taps are dropped, which costs
/// a mean of thousands nothing.
/// </summary>
internal sealed class FeelingLane
{
    private const int Most = 4_096;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly IAudienceGrain _shard;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly ImmutableArray<FeelingTap>.Builder _taps = ImmutableArray.CreateBuilder<FeelingTap>();

    /// <summary>Opens a lane to a shard.</summary>
    public FeelingLane(IAudienceGrain shard, TimeProvider time, ILogger log)
    {
        (_shard, _log) = (shard, log);
        _timer = time.CreateTimer(static lane => _ = ((FeelingLane)lane!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a tap.</summary>
    public void Feel(FeelingTap tap)
    {
        lock (_gate)
        {
            if (_taps.Count >= Most) return;
            _taps.Add(tap);
            if (_taps.Count == 1) _timer.Change(Every, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Flush()
    {
        ImmutableArray<FeelingTap> taps;
        lock (_gate) taps = _taps.DrainToImmutable();
        if (taps.IsEmpty) return;
        try
        {
            await _shard.Feel(taps);
        }
#pragma warning disable CA1031 // Feelings may be lost; a timer callback must not throw.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogDebug(e, "{Taps} feelings were lost.", taps.Length);
        }
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>The gateways that watch a session: one observer each, forgotten when it stops renewing.</summary>
/// <param name="time">The clock of the subscriptions.</param>
internal sealed class SessionWatchers(TimeProvider time)
{
    private static readonly TimeSpan Lapse = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, Watcher> gateways = [];

    /// <summary>Phones connected over all gateways.</summary>
    internal int Present => gateways.Values.Sum(gateway => gateway.Present);

    /// <summary>Subscribes or renews; true when the number of phones changed.</summary>
    internal bool Renew(Guid gateway, IGatewayObserver observer, int present, int walls)
    {
        var before = Present;
        Forget();
        gateways[gateway] = new Watcher(observer, present, walls, time.GetUtcNow() + Lapse);
        return Present != before;
    }

    /// <summary>Walls connected over all gateways that still renew.</summary>
    internal int Walls()
    {
        Forget();
        return gateways.Values.Sum(gateway => gateway.Walls);
    }

    /// <summary>Tells every gateway. Pushes are one-way and may be lost: the next renewal repairs that.</summary>
    internal void Tell(Stage stage) => Each(observer => observer.StageChanged(stage));

    /// <inheritdoc cref="Tell(Stage)"/>
    internal void Tell(SessionId session, Tally tally) => Each(observer => observer.TallyChanged(session, tally));

    /// <summary>Has every gateway send the phones of earlier sittings away.</summary>
    internal void Close(SessionId session, Sitting sitting) => Each(observer => observer.SeatClosed(session, sitting));

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var lapsed in gateways.Where(one => one.Value.Until <= now).Select(one => one.Key).ToList()) gateways.Remove(lapsed);
    }

    private void Each(Func<IGatewayObserver, Task> tell)
    {
        var now = time.GetUtcNow();
        foreach (var gateway in gateways.Values)
        {
            if (gateway.Until > now) _ = tell(gateway.Observer);
        }
    }

    private sealed record Watcher(IGatewayObserver Observer, int Present, int Walls, DateTimeOffset Until);
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>
/// Every session this gateway follows, and the one observer through which they all push. Why one observer and neither
/// streams nor a backplane: docs/design/03-one-observer-per-gateway.md.
/// </summary>
internal sealed class SessionFeeds : IGatewayObserver, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, SessionFeed> _feeds = [];
    private readonly FeedContext _context;
    private readonly ITimer _sweep;
    private IGatewayObserver? _reference;

    /// <summary>Makes an empty registry.</summary>
    public SessionFeeds(
        IClusterClient cluster, GatewayOptions options, GatewayMeter meter, Draining draining, TimeProvider time, ILogger<SessionFeed> log,
        ILocalJournal? journal = null)
    {
        _context = new FeedContext(cluster, options, meter, draining, time, log, journal);
        meter.Watch(this);
        _sweep = time.CreateTimer(static feeds => ((SessionFeeds)feeds!).Sweep(), this, options.KeepWatching, options.KeepWatching);
    }

    /// <summary>This process among the gateways of a session.</summary>
    public Guid Gateway { get; } = Guid.NewGuid();

    /// <summary>The feed of a session, started if it is not followed yet.</summary>
    public SessionFeed Of(SessionId session)
    {
        lock (_gate)
        {
            // The engine holds observers weakly; this registry, itself the observer, lives as long as the process.
            _reference ??= _context.Cluster.CreateObjectReference<IGatewayObserver>(this);
            if (!_feeds.TryGetValue(session, out var feed))
            {
                _feeds.Add(session, feed = new SessionFeed(_context, session, Gateway, _reference));
            }

            feed.Touch();
            return feed;
        }
    }

    /// <inheritdoc/>
    public Task StageChanged(Stage stage)
    {
        Find(stage.Session)?.Accept(stage);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TallyChanged(SessionId session, Tally tally)
    {
        Find(session)?.Accept(tally);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SeatClosed(SessionId session, Sitting sitting)
    {
        Find(session)?.Accept(sitting);
        return Task.CompletedTask;
    }

    /// <summary>Sends every waiting ballot and returns once all are answered.</summary>
    public Task Drain()
    {
        lock (_gate) return Task.WhenAll(_feeds.Values.Select(feed => feed.Ballots.Drain()));
    }

    /// <summary>Every session followed now.</summary>
    public IReadOnlyList<SessionFeed> All()
    {
        lock (_gate) return [.. _feeds.Values];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        SessionFeed[] feeds;
        lock (_gate)
        {
            feeds = [.. _feeds.Values];
            _feeds.Clear();
        }

        foreach (var feed in feeds) await feed.DisposeAsync();
    }

    /// <summary>The feed of a session, or <see langword="null"/> where it is not followed.</summary>
    public SessionFeed? Find(SessionId session)
    {
        lock (_gate) return _feeds.GetValueOrDefault(session);
    }

    private void Sweep()
    {
        List<SessionFeed> idle = [];
        lock (_gate)
        {
            foreach (var (session, feed) in _feeds)
            {
                if (!feed.IsIdle) continue;
                idle.Add(feed);
                _feeds.Remove(session);
            }
        }

        foreach (var feed in idle) _ = feed.DisposeAsync().AsTask();
    }
}

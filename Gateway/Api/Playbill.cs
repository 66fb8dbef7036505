using System.Collections.Frozen;
using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Api;

/// <summary>
/// The sessions that the hall lists, so that whoever makes ids up wakes no grain. The hall is asked when an unknown id
/// comes, at most once a second; until then the answer is the last list's.
/// </summary>
internal sealed class Playbill(IClusterClient cluster, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private Task<FrozenSet<SessionId>> _sessions = Task.FromResult(FrozenSet<SessionId>.Empty);
    private long? _asked;

    /// <summary>Whether the hall lists the session.</summary>
    public async Task<bool> Has(SessionId session) => (await Last()).Contains(session) || (await Newest()).Contains(session);

    private Task<FrozenSet<SessionId>> Last()
    {
        lock (_gate) return _sessions.IsFaulted ? Task.FromResult(FrozenSet<SessionId>.Empty) : _sessions;
    }

    private Task<FrozenSet<SessionId>> Newest()
    {
        lock (_gate)
        {
            if (!_sessions.IsCompleted || (_asked is { } then && time.GetElapsedTime(then) < Fresh)) return _sessions;
            _asked = time.GetTimestamp();
            return _sessions = Ask();
        }
    }

    private async Task<FrozenSet<SessionId>> Ask() => (await cluster.Hall().Sessions()).Select(known => known.Session).ToFrozenSet();
}

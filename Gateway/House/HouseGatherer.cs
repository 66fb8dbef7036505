using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.House;

namespace Orleans.Story.Gateway.House;

/// <summary>
/// Looks at every screening of this hall once, and remembers what it saw: an ended session is not asked again, and a
/// silent one is shown as it was. One pass at a time; the caller sees to that.
/// </summary>
internal sealed class HouseGatherer(
    IClusterClient cluster, StaffDoor door, SessionFeeds feeds, FreeSpace space, TimeProvider time, ILocalJournal? journal = null)
{
    /// <summary>Sessions asked in one pass: the newest that are not known to have ended. A house has a handful.</summary>
    internal const int MostSessions = 50;

    /// <summary>Sessions asked at once.</summary>
    private const int AtOnce = 16;

    /// <summary>How long a session, or the pool, may take; then it counts as silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly Dictionary<SessionId, Seen> _seen = [];
    private readonly HashSet<SessionId> _ended = [];
    private Watchkeeping _hall = Watchkeeping.None;

    /// <summary>One pass.</summary>
    public async Task<HouseHall> Gather(CancellationToken stop)
    {
        var listed = (await cluster.Hall().Sessions().WaitAsync(Patience, time, stop)).Select(one => one.Session).ToList();
        _ended.IntersectWith(listed);
        var asked = listed.Where(session => !_ended.Contains(session)).Take(MostSessions).ToList();
        var answers = new (bool Answered, SessionGlance? Glance)[asked.Count];
        await Parallel.ForAsync(
            0, asked.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (i, _) => answers[i] = await Ask(asked[i], stop));
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        Forget(asked);
        for (var i = 0; i < asked.Count; i++) Take(asked[i], answers[i].Answered, answers[i].Glance, nowMs);
        return await Hall(nowMs, stop);
    }

    private async Task<(bool Answered, SessionGlance? Glance)> Ask(SessionId session, CancellationToken stop)
    {
        try
        {
            // Whoever looks is let in at the page or by its token; the look itself is the house's, once for all of them.
            using var house = door.SpeakAsHouse();
            return (true, await cluster.Session(session).Glance().WaitAsync(Patience, time, stop));
        }
#pragma warning disable CA1031 // Whatever a session throws, it is shown as one that does not answer.
        catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return (false, null);
        }
    }

    private void Take(SessionId session, bool answered, SessionGlance? glance, long nowMs)
    {
        if (glance is { Phase: SessionPhase.Ended } || (answered && glance is null))
        {
            if (glance is not null) _ended.Add(session);
            _seen.Remove(session);
            return;
        }

        var before = _seen.GetValueOrDefault(session);
        // A session that never answered has nothing to be shown; its hall's list says that it is there.
        if ((glance ?? before?.Glance) is not { } shown) return;
        // The journal is this process's own: it is said once, for the hall.
        if (journal is not null) shown = shown with { Health = shown.Health with { Journal = null } };
        var ack = feeds.Find(session)?.Acks.P99() ?? 0;
        var watch = Alarms.After(before?.Watch ?? Watchkeeping.None, new SessionFacts(shown, answered, ack, journal?.Now), nowMs);
        _seen[session] = new Seen(shown, answered, watch);
    }

    private async Task<HouseHall> Hall(long nowMs, CancellationToken stop)
    {
        var (journalNow, workers, free) = (journal?.Now, await Workers(stop), space.Bytes);
        _hall = Alarms.After(_hall, new HallFacts(journalNow, workers, free), nowMs);
        return new HouseHall(
            nowMs, _hall.Alarms, journalNow?.State, workers, free,
            [.. _seen.Values.OrderBy(seen => Urgency(seen.Watch)).ThenBy(seen => Order(seen.Glance.Phase)).ThenBy(seen => seen.Glance.Session.Value).Select(seen => new HouseTile(seen.Glance, seen.Answers, seen.Watch.Alarms))]);
    }

    private async Task<int?> Workers(CancellationToken stop)
    {
        try
        {
            return (await cluster.Pool().Workers().WaitAsync(Patience, time, stop)).Length;
        }
#pragma warning disable CA1031 // Nobody could be asked: that is said, and no alarm is made of it.
        catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private void Forget(List<SessionId> asked)
    {
        foreach (var gone in _seen.Keys.Except(asked).ToList()) _seen.Remove(gone);
    }

    private static int Urgency(Watchkeeping watch) => watch.Alarms.IsEmpty ? 2 : (int)watch.Alarms[0].Level;

    /// <summary>What runs, then what is about to, then what is only planned.</summary>
    private static int Order(SessionPhase phase) => phase switch
    {
        SessionPhase.Playing or SessionPhase.Paused => 0,
        SessionPhase.Lobby => 1,
        _ => 2,
    };

    private sealed record Seen(SessionGlance Glance, bool Answers, Watchkeeping Watch);
}

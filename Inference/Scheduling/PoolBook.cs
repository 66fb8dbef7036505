using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;

namespace Orleans.Story.Inference.Scheduling;

/// <summary>
/// Who writes what: leases of workers, the jobs they hold, and the beats that wait. Soft state, all of it: workers renew,
/// beats ask again, and what is forgotten costs a retry. Times are UTC milliseconds.
/// </summary>
public sealed class PoolBook
{
    /// <summary>A lease that is not renewed lapses after this, milliseconds.</summary>
    public const long LeaseMs = 10_000;

    /// <summary>When to ask again, milliseconds.</summary>
    public const int RetryAfterMs = 500;

    /// <summary>A beat that has not asked again for this long waits no more, milliseconds.</summary>
    private const long WaitingMs = 1_500;

    /// <summary>A job of which nothing was heard for this long is over, milliseconds: no beat takes as long.</summary>
    private const long HoldMs = 180_000;

    /// <summary>
    /// Sessions whose spending is remembered, more than a thousand halls show in an evening; beyond it the one that spent longest ago is
    /// forgotten.
    /// </summary>
    private const int MostMeters = 4_096;

    /// <summary>From this share of a show's budget on nothing is written ahead.</summary>
    private const double AheadShare = 0.9;

    private readonly Dictionary<string, (WorkerLease Lease, long UntilMs)> leases = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (PlaceRequest Request, long AtMs)> holds = [];
    private readonly Dictionary<Guid, (PlaceRequest Request, long AtMs)> waiting = [];
    private readonly Dictionary<SessionId, (ImmutableDictionary<string, long> ByWorker, long AtMs)> meters = [];
    private readonly long bornMs;

    /// <summary>A book without leases.</summary>
    /// <param name="nowMs">Now: for one lease's time from here, that there is no worker may only mean that none has renewed yet.</param>
    public PoolBook(long nowMs) => bornMs = nowMs;

    /// <summary>Workers with a live lease.</summary>
    public ImmutableArray<WorkerLease> Live(long nowMs) =>
        [.. leases.Values.Where(one => one.UntilMs > nowMs).Select(one => one.Lease).OrderBy(lease => lease.Worker, StringComparer.Ordinal)];

    /// <summary>Registers a worker or renews its lease.</summary>
    public void Lease(WorkerLease lease, long nowMs)
    {
        leases[lease.Worker] = (lease, nowMs + LeaseMs);
        foreach (var lapsed in leases.Where(one => one.Value.UntilMs <= nowMs).Select(one => one.Key).ToList()) leases.Remove(lapsed);
    }

    /// <summary>Finds a worker for a beat.</summary>
    public WorkerPlace Place(PlaceRequest request, long nowMs)
    {
        Forget(nowMs);
        var live = Live(nowMs);
        if (live.IsEmpty) return new WorkerPlace(null, nowMs - bornMs < LeaseMs ? RetryAfterMs : 0);
        if (IsSpent(request, live)) return new WorkerPlace(null, 0);
        waiting[request.Job] = (request, nowMs);
        var open = live.Where(lease => Room(lease, request) > 0).ToList();
        if (Better(request) >= open.Sum(lease => Room(lease, request)) || HasItsShare(request, live)) return new WorkerPlace(null, RetryAfterMs);
        if (Rendezvous.Pick(request.Session.ToString(), open.Select(lease => lease.Worker)) is not { } worker) return new WorkerPlace(null, RetryAfterMs);
        var (taken, until) = leases[worker];
        leases[worker] = (taken with { Room = taken.Room - 1, SpeculativeRoom = taken.SpeculativeRoom - 1, Tokens = taken.Tokens - request.Tokens }, until);
        waiting.Remove(request.Job);
        holds[request.Job] = (request, nowMs);
        return new WorkerPlace(worker, 0);
    }

    /// <summary>A job is over.</summary>
    public void Release(Guid job)
    {
        holds.Remove(job);
        waiting.Remove(job);
    }

    /// <summary>What a worker has spent on a session since it started. A smaller number than before is an old message.</summary>
    public void Spent(string worker, SessionId session, long tokens, long nowMs)
    {
        var before = meters.TryGetValue(session, out var meter) ? meter.ByWorker : ImmutableDictionary<string, long>.Empty;
        meters[session] = (before.SetItem(worker, Math.Max(tokens, before.GetValueOrDefault(worker))), nowMs);
        if (meters.Count > MostMeters) meters.Remove(meters.MinBy(one => one.Value.AtMs).Key);
    }

    /// <summary>
    /// What a session's record says that its beats cost. It counts for a book that knows nothing of the session, as after a restart;
    /// another has heard more from the workers.
    /// </summary>
    public void Recorded(SessionId session, long tokens, long nowMs)
    {
        if (!meters.ContainsKey(session)) Spent("", session, tokens, nowMs);
    }

    /// <summary>Tokens that a session has spent with all workers.</summary>
    public long Spent(SessionId session) => meters.TryGetValue(session, out var meter) ? meter.ByWorker.Values.Sum() : 0;

    private static int Room(WorkerLease lease, PlaceRequest request) =>
        request.Tokens > lease.Tokens ? 0 : Math.Max(0, request.Priority == WritePriority.Live ? lease.Room : lease.SpeculativeRoom);

    private bool IsSpent(PlaceRequest request, ImmutableArray<WorkerLease> live)
    {
        var budget = live.Max(lease => lease.TokensPerShow);
        return budget > 0 && Spent(request.Session) >= (request.Priority == WritePriority.Live ? budget : budget * AheadShare);
    }

    /// <summary>Beats that wait for the same room and go first: the more urgent, and of the same session the likelier.</summary>
    private int Better(PlaceRequest request) => waiting.Values.Count(other =>
        other.Request.Job != request.Job
        && (other.Request.Priority < request.Priority
            || (other.Request.Priority == request.Priority && other.Request.Session == request.Session && other.Request.Likelihood > request.Likelihood)));

    /// <summary>Of what may be written ahead no session holds more than its part while others wait; what the wall waits for is never held back.</summary>
    private bool HasItsShare(PlaceRequest request, ImmutableArray<WorkerLease> live)
    {
        if (request.Priority == WritePriority.Live) return false;
        var ahead = holds.Values.Where(hold => hold.Request.Priority == WritePriority.Speculative).ToList();
        var others = waiting.Values.Where(one => one.Request.Priority == WritePriority.Speculative).Select(one => one.Request.Session)
            .Where(session => session != request.Session).Distinct().Count();
        if (others == 0) return false;
        var sessions = ahead.Select(hold => hold.Request.Session).Concat(waiting.Values.Select(one => one.Request.Session)).Distinct().Count();
        var all = ahead.Count + live.Sum(lease => Math.Max(0, lease.SpeculativeRoom));
        return ahead.Count(hold => hold.Request.Session == request.Session) >= Math.Max(1, all / sessions);
    }

    private void Forget(long nowMs)
    {
        foreach (var job in waiting.Where(one => nowMs - one.Value.AtMs > WaitingMs).Select(one => one.Key).ToList()) waiting.Remove(job);
        foreach (var job in holds.Where(one => nowMs - one.Value.AtMs > HoldMs).Select(one => one.Key).ToList()) holds.Remove(job);
    }
}

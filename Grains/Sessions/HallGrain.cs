using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What is kept of a hall.</summary>
public sealed record HallState
{
    /// <summary>Its sessions, newest first.</summary>
    public ImmutableArray<HallSession> Sessions { get; init; } = [];
}

/// <inheritdoc cref="IHallGrain"/>
public sealed class HallGrain([PersistentState("hall")] IPersistentState<HallState> hall, TimeProvider time) : Grain, IHallGrain
{
    /// <summary>
    /// Older sessions leave the list; their journals stay. A chain of a thousand halls has that many on at once, and as many to come;
    /// the list is written whole when one is scheduled, some 250 KB at most.
    /// </summary>
    private const int MostSessions = 2_000;

    /// <summary>The list as it is kept: who asks while one is being written is told what is on disk.</summary>
    private ImmutableArray<HallSession> listed = [];

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        listed = hall.State.Sessions;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Scheduling> Schedule(SessionTerms terms)
    {
        var now = time.GetUtcNow();
        var session = SessionId.New(now);
        var code = JoinCodes.New(RandomNumberGenerator.GetInt32, hall.State.Sessions.Select(known => known.JoinCode));
        var created = await GrainFactory.Session(session).Create(terms with { JoinCode = code, TokenBudget = await Budget() });
        if (created.Refusal is { } refusal) return new Scheduling(null, refusal);
        var entry = new HallSession(session, code, now.ToUnixTimeMilliseconds(), terms.ScheduledMs, terms.Rehearsal);
        await Keep([entry, .. HallList.Kept(hall.State.Sessions, now.ToUnixTimeMilliseconds(), MostSessions)]);
        return new Scheduling(entry, null);
    }

    /// <summary>The limit that the workers were set up with, for the record; a pool that does not answer keeps nobody from scheduling.</summary>
    private async Task<long> Budget()
    {
        try
        {
            return (await GrainFactory.Pool().Workers()).Select(lease => lease.TokensPerShow).DefaultIfEmpty(0).Max();
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public Task<SessionId?> Find(string joinCode)
    {
        var code = JoinCodes.Fold(joinCode);
        var found = listed.FirstOrDefault(known => string.Equals(known.JoinCode, code, StringComparison.Ordinal));
        return Task.FromResult(found?.Session);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<HallSession>> Sessions() => Task.FromResult(listed);

    /// <inheritdoc/>
    public async Task Withdraw(SessionId session)
    {
        if (!hall.State.Sessions.Any(known => known.Session == session && known.Rehearsal)) return;
        await Keep(hall.State.Sessions.RemoveAll(known => known.Session == session));
    }

    private async Task Keep(ImmutableArray<HallSession> sessions)
    {
        hall.State = new HallState { Sessions = sessions };
        await hall.WriteStateAsync();
        listed = sessions;
    }
}

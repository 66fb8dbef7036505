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
    /// <summary>Older sessions leave the list; their journals stay.</summary>
    private const int MostSessions = 200;

    /// <inheritdoc/>
    public async Task<Scheduling> Schedule(SessionTerms terms)
    {
        var now = time.GetUtcNow();
        var session = SessionId.New(now);
        var code = JoinCodes.New(RandomNumberGenerator.GetInt32, hall.State.Sessions.Select(known => known.JoinCode));
        var created = await GrainFactory.Session(session).Create(terms with { JoinCode = code });
        if (created.Refusal is { } refusal) return new Scheduling(null, refusal);
        var entry = new HallSession(session, code, now.ToUnixTimeMilliseconds());
        hall.State = new HallState { Sessions = [entry, .. hall.State.Sessions.Take(MostSessions - 1)] };
        await hall.WriteStateAsync();
        return new Scheduling(entry, null);
    }

    /// <inheritdoc/>
    public Task<SessionId?> Find(string joinCode)
    {
        var code = JoinCodes.Fold(joinCode);
        var found = hall.State.Sessions.FirstOrDefault(known => string.Equals(known.JoinCode, code, StringComparison.Ordinal));
        return Task.FromResult(found?.Session);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<HallSession>> Sessions() => Task.FromResult(hall.State.Sessions);
}

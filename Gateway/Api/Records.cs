using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Api;

/// <summary>The record of a show as JSON: what comes before the rounds, and each round.</summary>
/// <param name="Head">From the opening brace to the opening bracket of the rounds.</param>
/// <param name="Rounds">One object each, by round.</param>
internal sealed record RecordPages(byte[] Head, ImmutableSortedDictionary<int, byte[]> Rounds)
{
    /// <summary>What it holds, bytes.</summary>
    public long Size => Head.Length + Rounds.Values.Sum(round => (long)round.Length);
}

/// <summary>The records of shows that have ended; see <see cref="RecordKeeper{T}"/> for how they are kept.</summary>
internal sealed class Records : IDisposable
{
    private readonly IClusterClient cluster;

    /// <summary>A writer's own rehearsal, in a folder of its own, may be read again.</summary>
    private readonly bool rehearses;
    private readonly RecordKeeper<RecordPages> keeper;

    /// <summary>Nothing is kept yet.</summary>
    public Records(IClusterClient cluster, Playbill playbill, GatewayOptions options, TimeProvider time)
    {
        (this.cluster, rehearses) = (cluster, options.Rehearse is not null);
        keeper = new RecordKeeper<RecordPages>(playbill, time, Read, pages => pages.Size);
    }

    /// <summary>The record, or why not.</summary>
    public Task<Kept<RecordPages>> Of(SessionId session) => keeper.Of(session);

    /// <inheritdoc/>
    public void Dispose() => keeper.Dispose();

    private async Task<Kept<RecordPages>> Read(SessionId session)
    {
        if (await cluster.Session(session).Look() is not { } present) return Kept<RecordPages>.Not(Refusals.NoSession);
        if (present.Stage.Terms.Rehearsal && !rehearses) return Kept<RecordPages>.Not(Refusals.OnlyRehearsed);
        if (present.Stage.Phase != SessionPhase.Ended) return Kept<RecordPages>.Not(Rules.Sessions.Refusals.NotEnded);
        var rounds = ImmutableSortedDictionary.CreateBuilder<int, byte[]>();
        foreach (var round in await cluster.Session(session).Rounds())
        {
            var shards = Enumerable.Range(0, present.Shards).Select(shard => cluster.Audience(new AudienceKey(session, shard)).Counted(round.Order));
            var published = Publishing.Of(round, (await Task.WhenAll(shards)).SelectMany(ballots => ballots), present.Secret);
            rounds[round.Choice.Round] = JsonSerializer.SerializeToUtf8Bytes(published, Json.Options);
        }

        var head = $"{{\"session\":{JsonSerializer.Serialize(session, Json.Options)},\"title\":{JsonSerializer.Serialize(present.Stage.Film.Title, Json.Options)},\"rounds\":[";
        return new Kept<RecordPages>(new RecordPages(System.Text.Encoding.UTF8.GetBytes(head), rounds.ToImmutable()), null);
    }
}

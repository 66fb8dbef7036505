using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Api;

/// <summary>The record of a show as JSON: what comes before the rounds, each round, and why there is none.</summary>
/// <param name="Head">From the opening brace to the opening bracket of the rounds.</param>
/// <param name="Rounds">One object each, by round.</param>
/// <param name="Refusal">Why there is none, or <see langword="null"/>.</param>
internal sealed record RecordPages(byte[] Head, ImmutableSortedDictionary<int, byte[]> Rounds, Refusal? Refusal)
{
    /// <summary>What it holds, bytes.</summary>
    public long Size => Head.Length + Rounds.Values.Sum(round => (long)round.Length);

    /// <summary>No record.</summary>
    public static RecordPages Not(Refusal refusal) => new([], ImmutableSortedDictionary<int, byte[]>.Empty, refusal);
}

/// <summary>
/// Makes the records of shows that have ended, and keeps them: they never change. Anyone may ask, so only sessions that
/// the hall lists are looked at, one at a time, however many ask.
/// </summary>
internal sealed class Records(IClusterClient cluster, Playbill playbill, TimeProvider time) : IDisposable
{
    /// <summary>Kept at most; the one asked for longest ago goes first and is made again when somebody wants it.</summary>
    private const int MostSessions = 32;

    /// <summary>Kept at most, bytes. Ten thousand seats and twenty rounds are some ten million.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Askers who wait for their turn at most; more are told that the hall is busy.</summary>
    private const int MostWaiting = 256;

    /// <summary>How long "not yet", or a failure, is the answer without looking again.</summary>
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, Entry> _entries = [];
    private readonly SemaphoreSlim _one = new(1);
    private int _waiting;

    /// <summary>The record, or why not.</summary>
    public async Task<RecordPages> Of(SessionId session)
    {
        if (!await playbill.Has(session)) return RecordPages.Not(Refusals.NoSession);
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(session, out entry!) || IsOld(entry))
            {
                if (_waiting >= MostWaiting) return RecordPages.Not(Refusals.Busy);
                _entries[session] = entry = new Entry(Make(session), time.GetTimestamp());
                Forget();
            }

            entry.Asked = time.GetTimestamp();
        }

        return await entry.Pages;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private bool IsOld(Entry entry) =>
        entry.Pages.IsCompleted
        && (!entry.Pages.IsCompletedSuccessfully || entry.Pages.Result.Refusal is not null)
        && time.GetElapsedTime(entry.Made) >= NotYet;

    /// <summary>Drops what was asked for longest ago until the rest fits.</summary>
    private void Forget()
    {
        var bytes = _entries.Values.Sum(entry => entry.Size);
        foreach (var (session, entry) in _entries.OrderBy(one => one.Value.Asked).ToList())
        {
            if (_entries.Count <= MostSessions && bytes <= MostBytes) return;
            if (!entry.Pages.IsCompleted) continue;
            _entries.Remove(session);
            bytes -= entry.Size;
        }
    }

    private async Task<RecordPages> Make(SessionId session)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            // Leaves the caller's lock before the first call.
            await Task.Yield();
            await _one.WaitAsync();
            try
            {
                return await Read(session);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<RecordPages> Read(SessionId session)
    {
        if (await cluster.Session(session).Look() is not { } present) return RecordPages.Not(Refusals.NoSession);
        if (present.Stage.Phase != SessionPhase.Ended) return RecordPages.Not(Rules.Sessions.Refusals.NotEnded);
        var rounds = ImmutableSortedDictionary.CreateBuilder<int, byte[]>();
        foreach (var round in await cluster.Session(session).Rounds())
        {
            var shards = Enumerable.Range(0, present.Shards).Select(shard => cluster.Audience(new AudienceKey(session, shard)).Counted(round.Order));
            var published = Publishing.Of(round, (await Task.WhenAll(shards)).SelectMany(ballots => ballots), present.Secret);
            rounds[round.Choice.Round] = JsonSerializer.SerializeToUtf8Bytes(published, Json.Options);
        }

        var head = $"{{\"session\":{JsonSerializer.Serialize(session, Json.Options)},\"title\":{JsonSerializer.Serialize(present.Stage.Film.Title, Json.Options)},\"rounds\":[";
        return new RecordPages(System.Text.Encoding.UTF8.GetBytes(head), rounds.ToImmutable(), null);
    }

    private sealed class Entry(Task<RecordPages> pages, long made)
    {
        public Task<RecordPages> Pages => pages;

        public long Made { get; } = made;

        public long Asked { get; set; }

        public long Size => pages.IsCompletedSuccessfully ? pages.Result.Size : 0;
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Gateway.Api;

/// <summary>Something of a show that has ended, or why there is none.</summary>
/// <param name="Value">It, or <see langword="null"/>.</param>
/// <param name="Refusal">Why there is none, or <see langword="null"/>.</param>
internal readonly record struct Kept<T>(T? Value, Refusal? Refusal)
    where T : class
{
    /// <summary>There is none.</summary>
    public static Kept<T> Not(Refusal refusal) => new(null, refusal);
}

/// <summary>
/// Makes something of shows that have ended, and keeps it: it never changes. Anyone may ask, so only sessions that the
/// hall lists are looked at, one at a time, however many ask.
/// </summary>
/// <param name="playbill">Which sessions the hall lists.</param>
/// <param name="time">The clock.</param>
/// <param name="make">Makes it.</param>
/// <param name="size">What it holds, bytes.</param>
internal sealed class RecordKeeper<T>(Playbill playbill, TimeProvider time, Func<SessionId, Task<Kept<T>>> make, Func<T, long> size) : IDisposable
    where T : class
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

    /// <summary>It, or why not.</summary>
    public async Task<Kept<T>> Of(SessionId session)
    {
        if (!await playbill.Has(session)) return Kept<T>.Not(Refusals.NoSession);
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(session, out entry!) || IsOld(entry))
            {
                if (_waiting >= MostWaiting) return Kept<T>.Not(Refusals.Busy);
                _entries[session] = entry = new Entry(Make(session), time.GetTimestamp(), size);
                Forget();
            }

            entry.Asked = time.GetTimestamp();
        }

        return await entry.Found;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private bool IsOld(Entry entry) =>
        entry.Found.IsCompleted
        && (!entry.Found.IsCompletedSuccessfully || entry.Found.Result.Refusal is not null)
        && time.GetElapsedTime(entry.Made) >= NotYet;

    /// <summary>Drops what was asked for longest ago until the rest fits.</summary>
    private void Forget()
    {
        var bytes = _entries.Values.Sum(entry => entry.Size);
        foreach (var (session, entry) in _entries.OrderBy(one => one.Value.Asked).ToList())
        {
            if (_entries.Count <= MostSessions && bytes <= MostBytes) return;
            if (!entry.Found.IsCompleted) continue;
            _entries.Remove(session);
            bytes -= entry.Size;
        }
    }

    private async Task<Kept<T>> Make(SessionId session)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            // Leaves the caller's lock before the first call.
            await Task.Yield();
            await _one.WaitAsync();
            try
            {
                return await make(session);
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

    private sealed class Entry(Task<Kept<T>> found, long made, Func<T, long> size)
    {
        public Task<Kept<T>> Found => found;

        public long Made { get; } = made;

        public long Asked { get; set; }

        public long Size => found.IsCompletedSuccessfully && found.Result.Value is { } value ? size(value) : 0;
    }
}

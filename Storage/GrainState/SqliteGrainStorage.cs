using System.Globalization;
using Orleans.Storage;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage.GrainState;

/// <summary>
/// Grain state in <c>hall.db</c>, through the same writer and with the same durability as the journal. A state is a class or
/// record whose public properties can be set (or initialised); it is stored as JSON, at most 16 MiB.
/// </summary>
/// <remarks>
/// A write that finds another etag throws <see cref="InconsistentStateException"/>, on which the engine deactivates the grain.
/// A full queue or a failing database throws <see cref="Journal.JournalUnavailableException"/>; when that says unknown,
/// read the state again before deciding anything.
/// </remarks>
public sealed class SqliteGrainStorage : IGrainStorage
{
    private const int MaxBodyBytes = 16 << 20;

    private readonly StoreWriter _writer;
    private readonly StoreReader _reader;
    private readonly EtagCounter _etags;

    internal SqliteGrainStorage(StoryStore store, EtagCounter etags)
    {
        _writer = store.Writer;
        _reader = store.Reader;
        _etags = etags;
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var rows = await _reader.QueryAsync(
            "select etag, body from grain_state where grain = @grain and name = @name",
            row => (Etag: row.GetInt64(0), Body: row.GetFieldValue<byte[]>(1)),
            CancellationToken.None,
            ("grain", grainId.ToString()),
            ("name", stateName));
        if (rows.Count == 0)
            Set(grainState, StateJson.New<T>(), etag: null);
        else
            Set(grainState, StateJson.Read<T>(rows[0].Body), rows[0].Etag);
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var body = StateJson.Write(grainState.State);
        if (body.Length > MaxBodyBytes)
            throw new ArgumentException($"A grain state has at most {MaxBodyBytes} bytes; {stateName} of {grainId} has {body.Length}.", nameof(grainState));

        var (grain, expected) = (grainId.ToString(), grainState.ETag);
        var (stored, etag) = await _writer.WriteAsync(
            write =>
            {
                _etags.Start(write);
                var stored = Etag(write, grain, stateName);
                if (!string.Equals(stored, expected, StringComparison.Ordinal))
                    return (stored, 0L);
                var next = _etags.Next(write);
                write.Execute(
                    """
                    insert into grain_state (grain, name, etag, body, at_utc_ms) values (@grain, @name, @etag, @body, @now)
                    on conflict (grain, name) do update set etag = excluded.etag, body = excluded.body, at_utc_ms = excluded.at_utc_ms
                    """,
                    ("grain", grain),
                    ("name", stateName),
                    ("etag", next),
                    ("body", body),
                    ("now", write.NowUtcMs));
                return (stored, next);
            },
            CancellationToken.None,
            body.Length);
        if (etag == 0)
            throw Mismatch(stateName, grainId, stored, expected);
        grainState.ETag = Format(etag);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var (grain, expected) = (grainId.ToString(), grainState.ETag);
        var (stored, cleared) = await _writer.WriteAsync(
            write =>
            {
                _etags.Start(write);
                var stored = Etag(write, grain, stateName);
                var same = string.Equals(stored, expected, StringComparison.Ordinal);
                if (same)
                    write.Execute("delete from grain_state where grain = @grain and name = @name", ("grain", grain), ("name", stateName));
                return (stored, same);
            },
            CancellationToken.None,
            erases: true);
        if (!cleared)
            throw Mismatch(stateName, grainId, stored, expected);
        Set(grainState, StateJson.New<T>(), etag: null);
    }

    private static void Set<T>(IGrainState<T> grainState, T? state, long? etag)
    {
        grainState.State = state!;
        grainState.ETag = etag is { } number ? Format(number) : null;
        grainState.RecordExists = etag is not null;
    }

    private static string? Etag(WriteSession write, string grain, string name) =>
        write.Scalar("select etag from grain_state where grain = @grain and name = @name", ("grain", grain), ("name", name)) is long etag
            ? Format(etag)
            : null;

    private static string Format(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static InconsistentStateException Mismatch(string stateName, GrainId grainId, string? stored, string? expected) => new(
        $"The state {stateName} of {grainId} was written by someone else.", stored, expected);
}

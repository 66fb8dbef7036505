using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Orleans.Storage;

/// <summary>Keeps states in memory as JSON, so that a grain never shares an object with its storage. For tests and trials.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (byte[] Json, string ETag)> _records = new();
    private readonly Lock _gate = new();
    private long _version;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue((stateName, grainId), out var record);
        grainState.ETag = grainState.RecordExists ? record.ETag : null;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Json) : Story.Embedded.PersistentState.NewState<T>();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        lock (_gate)
        {
            Check(stateName, grainId, grainState.ETag);
            grainState.ETag = (++_version).ToString(CultureInfo.InvariantCulture);
            _records[(stateName, grainId)] = (json, grainState.ETag);
        }

        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            Check(stateName, grainId, grainState.ETag);
            _records.TryRemove((stateName, grainId), out _);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Story.Embedded.PersistentState.NewState<T>();
        return Task.CompletedTask;
    }

    private void Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        if (!string.Equals(stored, etag, StringComparison.Ordinal))
        {
            throw new InconsistentStateException($"\"{stateName}\" of {grainId} was written by another.", stored, etag);
        }
    }
}

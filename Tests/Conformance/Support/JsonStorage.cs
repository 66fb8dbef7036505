using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Orleans.Story.Tests.Conformance.Support;

/// <summary>Storage that outlives a silo, and fails on demand.</summary>
public sealed class JsonStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, string ETag)> _records = new(StringComparer.Ordinal);
    private int _version;

    public Exception? Fault { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        grainState.RecordExists = _records.TryGetValue($"{stateName}:{grainId}", out var record);
        grainState.ETag = record.ETag;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Json) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        Check(stateName, grainId, grainState.ETag);
        grainState.ETag = Interlocked.Increment(ref _version).ToString(System.Globalization.CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        _records[$"{stateName}:{grainId}"] = (JsonSerializer.Serialize(grainState.State), grainState.ETag);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Fail();
        Check(stateName, grainId, grainState.ETag);
        _records.TryRemove($"{stateName}:{grainId}", out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    /// <summary>Somebody else writes the record.</summary>
    public void Touch(string stateName, GrainId grainId)
        => _records.AddOrUpdate($"{stateName}:{grainId}", _ => ("{}", "other"), (_, record) => (record.Json, "other"));

    private void Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue($"{stateName}:{grainId}", out var record) ? record.ETag : null;
        if (!string.Equals(stored, etag, StringComparison.Ordinal))
        {
            throw new InconsistentStateException("written by another", stored, etag);
        }
    }

    private void Fail()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }
}

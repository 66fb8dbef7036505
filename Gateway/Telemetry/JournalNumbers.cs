using System.Diagnostics.Metrics;

namespace Orleans.Story.Gateway.Telemetry;

/// <summary>
/// What this process's journal tells of itself, read as any collector would. In a cluster the journal lives elsewhere and
/// there is nothing to read.
/// </summary>
internal sealed class JournalNumbers : IDisposable
{
    private const string Store = "Orleans.Story.Storage";
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private bool _there;
    private int _depth;
    private long _batches;
    private long _events;

    /// <summary>Starts listening.</summary>
    public JournalNumbers()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Store && instrument.Name is "story.storage.batch.size" or "story.storage.queue.depth") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Take);
        _listener.Start();
    }

    /// <summary>
    /// Events a transaction since this was last asked (0 when there was none) and writes that wait now; <see langword="null"/>
    /// where there is no journal.
    /// </summary>
    public (double BatchSize, int QueueDepth)? Read()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            if (!_there) return null;
            var size = _batches == 0 ? 0 : (double)_events / _batches;
            (_batches, _events) = (0, 0);
            return (size, _depth);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_gate)
        {
            _there = true;
            if (instrument.IsObservable)
            {
                _depth = value;
                return;
            }

            _batches++;
            _events += value;
        }
    }
}

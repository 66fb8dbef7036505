using System.Diagnostics.Metrics;

namespace Orleans.Story.Storage.Writing;

/// <summary>The meter <c>Orleans.Story.Storage</c>.</summary>
internal sealed class StoreMetrics : IDisposable
{
    public const string MeterName = "Orleans.Story.Storage";

    private readonly Meter _meter;
    private readonly Histogram<int> _batchEvents;
    private readonly Histogram<double> _commitTime;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _busy;
    private readonly Counter<long> _unknown;

    public StoreMetrics(string place, Func<int> queueDepth, Func<TimeSpan> oldest, Func<bool> failing)
    {
        _meter = new Meter(MeterName, version: null, tags: [new("place", place)]);
        _batchEvents = _meter.CreateHistogram<int>("story.storage.batch.size", "{event}", "Events in one transaction.");
        _commitTime = _meter.CreateHistogram<double>("story.storage.commit.time", "ms", "From BEGIN until COMMIT is known to have happened.");
        _busy = _meter.CreateCounter<long>("story.storage.busy", "{request}", "Writes refused because the queue was full.");
        _unknown = _meter.CreateCounter<long>("story.storage.commit.unknown", "{commit}", "Commits whose fate had to be looked up.");
        _wait = _meter.CreateHistogram<double>("story.storage.queue.wait", "ms", "How long the first write of a transaction waited in the queue.");
        _meter.CreateObservableGauge("story.storage.failing", () => failing() ? 1 : 0, "{journal}", "1 while the journal does not write, else 0.");
        _meter.CreateObservableGauge("story.storage.queue.age", () => oldest().TotalMilliseconds, "ms", "How long the oldest write that still waits has waited.");
        _meter.CreateObservableGauge("story.storage.queue.depth", queueDepth, "{request}", "Writes waiting for a transaction.");
    }

    public void Completed(int events, TimeSpan time)
    {
        _batchEvents.Record(events);
        _commitTime.Record(time.TotalMilliseconds);
    }

    public void Waited(TimeSpan time) => _wait.Record(time.TotalMilliseconds);

    public void Busy() => _busy.Add(1);

    public void Unknown() => _unknown.Add(1);

    public void Dispose() => _meter.Dispose();
}

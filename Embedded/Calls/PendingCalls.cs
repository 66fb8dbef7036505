using System.Collections.Concurrent;

namespace Orleans.Story.Embedded;

/// <summary>
/// The calls somebody waits for. Late ones are found by a sweep in real time, also under a test's clock: a clock that stands
/// must not turn a deadlock into a hang. Not bounded: each entry is a caller that waits.
/// </summary>
internal sealed class PendingCalls : IDisposable
{
    private static readonly TimeSpan s_sweep = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<Request, byte> _calls = new();
    private readonly ITimer _timer;

    public PendingCalls() => _timer = TimeProvider.System.CreateQuietTimer(static state => ((PendingCalls)state!).Sweep(), this, s_sweep, s_sweep);

    public void Add(Request request) => _calls.TryAdd(request, 0);

    public void Remove(Request request) => _calls.TryRemove(request, out _);

    public void FailAll(Exception why)
    {
        foreach (var (request, _) in _calls)
        {
            request.Fail(why);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        var now = Environment.TickCount64;
        foreach (var (request, _) in _calls)
        {
            if (now >= request.Deadline)
            {
                request.TimeOut();
            }
        }
    }
}

using System.Collections.Concurrent;

namespace Orleans.Story.Embedded;

/// <summary>The local objects that references name. Targets are held weakly; calls to one that is gone are dropped and time out.</summary>
internal sealed class ObserverTable
{
    private static readonly GrainType s_type = GrainType.Create("sys.client");
    private readonly ConcurrentDictionary<GrainId, Observer> _observers = new();

    public GrainId Add(IGrainObserver target)
    {
        var id = GrainId.Create(s_type, Guid.NewGuid().ToString("N"));
        _observers[id] = new Observer(target);
        return id;
    }

    public void Remove(GrainId id) => _observers.TryRemove(id, out _);

    public void Dispatch(Request request)
    {
        if (_observers.TryGetValue(request.Grain, out var observer) && !observer.TryReceive(request))
        {
            Remove(request.Grain);
        }
    }

    /// <summary>One object. Its calls run on the thread pool one after another; not bounded, for each two-way call has a caller who waits.</summary>
    private sealed class Observer(IGrainObserver target) : IThreadPoolWorkItem
    {
        private readonly WeakReference<IGrainObserver> _target = new(target);
        private readonly Queue<Request> _waiting = new();
        private bool _running;

        public bool TryReceive(Request request)
        {
            if (!_target.TryGetTarget(out var alive))
            {
                return false;
            }

            request.CancelThrough(static cancelled => ThreadPool.UnsafeQueueUserWorkItem(static r => r.CancelCallee(), cancelled, preferLocal: false));
            if (request.Interleaves)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static both => _ = both.request.RunAsync(both.alive), (request, alive), preferLocal: false);
                return true;
            }

            lock (_waiting)
            {
                _waiting.Enqueue(request);
                if (_running)
                {
                    return true;
                }

                _running = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return true;
        }

        void IThreadPoolWorkItem.Execute() => _ = RunAsync();

        private async Task RunAsync()
        {
            while (Next() is { } request)
            {
                if (!request.IsOver && _target.TryGetTarget(out var target))
                {
                    await request.RunAsync(target);
                }
            }
        }

        private Request? Next()
        {
            lock (_waiting)
            {
                _running = _waiting.TryDequeue(out var request);
                return request;
            }
        }
    }
}

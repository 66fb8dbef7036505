namespace Orleans.Story.Embedded;

/// <summary>
/// Runs the work of one activation on the thread pool, one piece at a time, in order. Not bounded, as on Orleans: what waits
/// here is bounded by the callers who wait.
/// </summary>
internal sealed class TurnScheduler(Activation owner) : TaskScheduler, IThreadPoolWorkItem
{
    private const int QuantumMs = 50; // then other activations get the thread
    [ThreadStatic] private static TurnScheduler? t_running;
    private readonly Lock _gate = new();
    private readonly Queue<object> _work = new();
    private bool _scheduled;
    private bool _abandoned;

    /// <summary>Whether this code runs in a turn of the owner right now.</summary>
    public bool IsRunning => t_running == this;

    /// <summary>Runs an action in a turn of its own, in a clean execution context.</summary>
    public void Post(Action action) => Enqueue(action);

    /// <summary>Nothing that waits will run, and nothing more is taken: what a killed process does.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
            _work.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = t_running;
        t_running = this;
        Activation.Current = owner;
        try
        {
            var end = Environment.TickCount64 + QuantumMs;
            while (Environment.TickCount64 < end && Take() is { } work)
            {
                if (work is Task task)
                {
                    TryExecuteTask(task);
                }
                else
                {
                    // A fresh task makes this the current scheduler, which is what awaits in the turn come back to.
                    new Task((Action)work).RunSynchronously(this);
                }
            }
        }
        finally
        {
            t_running = outer;
            Activation.Current = null;
            Yield();
        }
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && IsRunning && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _work.OfType<Task>()];
        }
    }

    private void Enqueue(object work)
    {
        lock (_gate)
        {
            if (_abandoned)
            {
                return;
            }

            _work.Enqueue(work);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        Schedule();
    }

    private object? Take()
    {
        lock (_gate)
        {
            return _work.TryDequeue(out var work) ? work : null;
        }
    }

    private void Yield()
    {
        lock (_gate)
        {
            if (_work.Count == 0)
            {
                _scheduled = false;
                return;
            }
        }

        Schedule();
    }

    // The local queue of a thread would let one busy chain of grains starve every other caller for a second.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}

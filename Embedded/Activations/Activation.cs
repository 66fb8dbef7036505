using Orleans.Storage;

namespace Orleans.Story.Embedded;

/// <summary>One living grain: its mailbox, its scheduler, its timers, and its way from the first call to the last.</summary>
internal sealed partial class Activation : IGrainContext
{
    private enum State
    {
        Activating,
        Valid,
        Deactivating,
        Invalid,
    }

    [ThreadStatic] private static Activation? t_current;
    private readonly Engine _engine;
    private readonly GrainClass _class;
    private readonly Lock _gate = new();
    private readonly Mailbox _mailbox;
    private readonly TurnScheduler _scheduler;
    private readonly HashSet<GrainTimer> _timers = [];
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _pump;
    private State _state = State.Activating;
    private bool _pumpPosted;
    private bool _wasValid;
    private bool _finishing;
    private DeactivationReason _reason;
    private CancellationToken _deactivation;
    private AsyncServiceScope _scope;
    private long _lastUsed;
    private long _keepUntil;

    public Activation(Engine engine, GrainClass grain, GrainId id)
    {
        _engine = engine;
        _class = grain;
        GrainId = id;
        _mailbox = new Mailbox(grain.Reentrant);
        _scheduler = new TurnScheduler(this);
        _pump = Pump;
        _lastUsed = engine.CollectionClock.GetUtcNow().UtcTicks;
        GrainReference = GrainReference.Create(engine.Client, id, grain.Interfaces[0]);
    }

    /// <summary>The activation whose turn this thread runs.</summary>
    public static Activation? Current
    {
        get => t_current;
        set => t_current = value;
    }

    public GrainId GrainId { get; }

    public GrainReference GrainReference { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public Task Deactivated => _deactivated.Task;

    /// <exception cref="InvalidOperationException">This thread runs no turn of the activation.</exception>
    public static Activation Running(Activation activation)
        => activation is not null && ReferenceEquals(t_current, activation) ? activation : throw new InvalidOperationException("Activation access violation: called outside a turn of the grain.");

    public void Start(Turn first) => _scheduler.Post(() => _ = ActivateAsync((first as Request)?.Context));

    /// <summary>Puts a turn into the mailbox; <see langword="false"/> if the activation has ended and another one must take it.</summary>
    public bool Receive(Turn turn)
    {
        (turn as Request)?.CancelThrough(Cancel);
        lock (_gate)
        {
            if (_state == State.Invalid)
            {
                return false;
            }

            _mailbox.Add(turn);
            PostPump();
        }

        return true;
    }

    public Task<object?> InvokeAsync(Request request) => _engine.InvokeAsync(this, request);

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options, _engine.GrainClock);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>A turn ended with a fault: log it where nobody else sees it, and give up state that has gone stale.</summary>
    public void OnFault(Exception exception, Turn turn)
    {
        if (turn is not Request { Method.OneWay: false })
        {
            _engine.Log.LogWarning(exception, "{Turn} failed and nobody waits for it.", turn);
        }

        if (exception is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false; // the caller did nothing wrong
            Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "Its state had been written by another."));
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString()
    {
        lock (_gate)
        {
            return $"{GrainId} is {_state}, {_mailbox}";
        }
    }

    private void Cancel(Request request)
        => _scheduler.Post(() =>
        {
            lock (_gate)
            {
                if (_mailbox.TryRemove(request))
                {
                    return;
                }
            }

            try
            {
                request.CancelCallee();
            }
            catch (AggregateException exception)
            {
                OnFault(exception, new Turn.Lifecycle("(cancellation)") { Grain = GrainId });
            }
        });

    private void PostPump()
    {
        if (!_pumpPosted)
        {
            _pumpPosted = true;
            _scheduler.Post(_pump);
        }
    }

    private void Pump()
    {
        while (true)
        {
            Turn? turn;
            lock (_gate)
            {
                _pumpPosted = false;
                if (_state == State.Deactivating && !_mailbox.IsRunning && !_finishing)
                {
                    _finishing = true;
                    _ = FinishAsync();
                    return;
                }

                turn = _state == State.Valid ? _mailbox.TakeNext() : null;
            }

            if (turn is null)
            {
                return;
            }

            var run = turn.RunAsync(this);
            if (run.IsCompleted)
            {
                Ended(turn, pump: false);
            }
            else
            {
                _ = WaitAsync(turn, run);
            }
        }
    }

    private async Task WaitAsync(Turn turn, Task run)
    {
        await run;
        Ended(turn, pump: true);
    }

    private void Ended(Turn turn, bool pump)
    {
        lock (_gate)
        {
            _mailbox.Ended(turn);
            if (turn.KeepsAlive)
            {
                Volatile.Write(ref _lastUsed, _engine.CollectionClock.GetUtcNow().UtcTicks);
            }

            if (pump)
            {
                PostPump();
            }
        }
    }
}

using Orleans.Storage;

namespace Orleans.Story.Embedded;

/// <summary>One living grain: its mailbox, its scheduler, its timers, and its way from the first call to the last.</summary>
internal sealed class Activation : IGrainContext
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

    public void DelayDeactivation(TimeSpan span)
    {
        var forEver = span == TimeSpan.MaxValue || span == Timeout.InfiniteTimeSpan;
        Volatile.Write(ref _keepUntil, forEver ? long.MaxValue : span <= TimeSpan.Zero ? 0 : (_engine.CollectionClock.GetUtcNow() + span).UtcTicks);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state is State.Deactivating or State.Invalid)
            {
                return;
            }

            _reason = deactivationReason;
            _deactivation = cancellationToken;
            if (_state == State.Valid)
            {
                _state = State.Deactivating;
            }

            PostPump();
        }
    }

    /// <summary>Ends it if nobody has used it for its age limit.</summary>
    public void CollectIfIdle(DateTimeOffset now, TimeSpan ageLimit)
    {
        var age = _class.AgeLimit ?? ageLimit;
        lock (_gate)
        {
            var last = Math.Max(Volatile.Read(ref _lastUsed), Volatile.Read(ref _keepUntil) is var keep && keep > now.UtcTicks ? long.MaxValue - age.Ticks : 0);
            if (_class.KeepAlive || _state != State.Valid || !_mailbox.IsEmpty || last + age.Ticks > now.UtcTicks)
            {
                return;
            }
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Nobody called for {age}."));
    }

    /// <summary>Stops dead: no further turn runs, nothing is told.</summary>
    public void Abandon()
    {
        _scheduler.Abandon();
        lock (_gate)
        {
            _state = State.Invalid;
        }

        DisposeTimers();
        _deactivated.TrySetResult();
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

    private async Task ActivateAsync(System.Collections.Immutable.ImmutableDictionary<string, object>? context)
    {
        new Turn.Lifecycle("OnActivateAsync") { Grain = GrainId }.Enter();
        RequestContext.Current = context!;
        try
        {
            using var timeout = new CancellationTokenSource(_engine.ActivationTimeout);
            _scope = _engine.Services.CreateAsyncScope();
            var states = new List<PersistentState>();
            GrainInstance = _class.Construct(this, states);
            foreach (var state in states)
            {
                await state.ReadStateAsync(timeout.Token);
            }

            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
            }
        }
        catch (Exception exception)
        {
            _engine.Log.LogError(exception, "{Grain} could not be activated.", GrainId);
            await EndAsync(exception);
            return;
        }

        lock (_gate)
        {
            _wasValid = _reason.ReasonCode == DeactivationReasonCode.None;
            _state = _wasValid ? State.Valid : State.Deactivating;
            PostPump();
        }
    }

    private async Task FinishAsync()
    {
        new Turn.Lifecycle("OnDeactivateAsync") { Grain = GrainId }.Enter();
        DisposeTimers();
        if (_wasValid && GrainInstance is IGrainBase grain)
        {
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_deactivation);
                timeout.CancelAfter(_engine.DeactivationTimeout);
                await grain.OnDeactivateAsync(_reason, timeout.Token).WaitAsync(timeout.Token);
            }
            catch (Exception exception)
            {
                _engine.Log.LogError(exception, "{Grain} failed in OnDeactivateAsync; it ends anyway.", GrainId);
            }
        }

        await EndAsync(fault: null);
    }

    private async Task EndAsync(Exception? fault)
    {
        DisposeTimers();
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (GrainInstance as IDisposable)?.Dispose();
            }

            await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            _engine.Log.LogError(exception, "{Grain} failed when disposed.", GrainId);
        }

        List<Turn> left;
        lock (_gate)
        {
            _state = State.Invalid;
            left = _mailbox.TakeAll();
        }

        _engine.Ended(this, left, fault);
        _deactivated.TrySetResult();
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}

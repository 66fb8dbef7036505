using System.Collections.Immutable;

namespace Orleans.Story.Embedded;

/// <content>How an activation begins and ends.</content>
internal sealed partial class Activation
{
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

    private async Task ActivateAsync(ImmutableDictionary<string, object>? context)
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

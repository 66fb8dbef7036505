using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;

namespace Orleans.Story.Embedded;

/// <summary>One call, from the moment it is sent until its caller knows how it ended.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The callee may keep its token for as long as it likes, and a source without a timer holds nothing.")]
internal abstract class Request : Turn
{
    private CancellationTokenSource? _calleeToken;
    private CancellationTokenRegistration _callerToken;
    private Action<Request>? _cancelCallee;

    public GrainMethod Method { get; set; } = null!;

    /// <summary>The grain that called, if one did.</summary>
    public GrainId? Source { get; init; }

    public object?[] Arguments { get; set; } = [];

    public Engine Engine { get; set; } = null!;

    public TimeSpan Timeout { get; set; }

    public ImmutableDictionary<string, object>? Context { get; set; }

    public ActivityContext Trace { get; set; }

    public bool CancelsOnTimeout { get; set; }

    /// <summary>On the clock of <see cref="Environment.TickCount64"/>.</summary>
    public long Deadline { get; set; }

    /// <summary>How often the call was sent on because the activation it came to had ended.</summary>
    public int Forwards { get; set; }

    public override bool Interleaves => Method.AlwaysInterleave;

    public override bool ReadOnly => Method.ReadOnly;

    public override bool IsOver => IsCompleted || Environment.TickCount64 > Deadline;

    /// <summary>What the caller gets back at once.</summary>
    public abstract object? Returned { get; }

    protected abstract bool IsCompleted { get; }

    public override string ToString() => $"{Grain}.{Method.Info.Name}";

    public override async Task RunAsync(Activation activation)
    {
        Current = this;
        using var activity = Begin();
        try
        {
            var result = await activation.InvokeAsync(this);
            Complete(Method.OneWay ? null : Method.CopyResult(result));
        }
        catch (Exception exception)
        {
            activation.OnFault(exception, this);
            Fail(exception);
        }
    }

    /// <summary>Runs the call on something that is no grain and has no filters.</summary>
    public async Task RunAsync(object target)
    {
        Current = null;
        using var activity = Begin();
        try
        {
            Complete(Method.CopyResult(await Method.InvokeAsync(target, Arguments)));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Gives the callee a token of its own and listens to the caller's.</summary>
    public void LinkCancellation(CancellationToken caller)
    {
        _calleeToken = new CancellationTokenSource();
        Arguments[Method.TokenIndex] = _calleeToken.Token;
        if (caller.CanBeCanceled)
        {
            _callerToken = caller.UnsafeRegister(static (state, token) => ((Request)state!).OnCallerCancelled(token), this);
        }
    }

    /// <summary>Says who takes the callee's side of a cancellation: a mailbox, in its own turn.</summary>
    public void CancelThrough(Action<Request> cancel) => Volatile.Write(ref _cancelCallee, cancel);

    public void CancelCallee() => _calleeToken?.Cancel();

    public void TimeOut()
    {
        Diagnostics.Timeouts.Add(1, new KeyValuePair<string, object?>("method", Method.Label));
        Fail(new TimeoutException($"Response did not arrive on time in {Timeout} for {this}. Call chain: {Chain()}. {Engine.Describe(Grain)}"));
        if (CancelsOnTimeout)
        {
            Volatile.Read(ref _cancelCallee)?.Invoke(this);
        }
    }

    public override void Refuse(Exception why) => Fail(why);

    public void Fail(Exception exception)
    {
        var refusal = MessageShape.RefusalOfException(exception.GetType());
        if (TrySetException(refusal is null ? exception : new Serialization.CodecNotFoundException(refusal)))
        {
            Ended();
        }
    }

    public void Complete(object? result)
    {
        if (TrySetResult(result))
        {
            Ended();
        }
    }

    protected abstract bool TrySetResult(object? result);

    protected abstract bool TrySetException(Exception exception);

    protected abstract bool TrySetCanceled(CancellationToken token);

    private Activity? Begin()
    {
        RequestContext.Current = Context!;
        return Diagnostics.Source.HasListeners() ? Diagnostics.Source.StartActivity(Method.Label, ActivityKind.Internal, Trace) : null;
    }

    private void OnCallerCancelled(CancellationToken token)
    {
        if (TrySetCanceled(token))
        {
            Engine.Pending.Remove(this);
            Caller = null;
        }

        Volatile.Read(ref _cancelCallee)?.Invoke(this);
    }

    private void Ended()
    {
        Engine.Pending.Remove(this);
        _callerToken.Dispose();
        Caller = null; // or grains that call each other for ever, without waiting, would grow a chain for ever
    }
}

/// <summary>One call with a result of this type.</summary>
internal sealed class Request<T>(bool valueTask) : Request
{
    // A caller's continuation must never run inside the callee's turn.
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override object? Returned
        => typeof(T) == typeof(Unit)
            ? Method.Info.ReturnType == typeof(void) ? null : valueTask ? new ValueTask(_source.Task) : _source.Task
            : valueTask ? new ValueTask<T>(_source.Task) : _source.Task;

    protected override bool IsCompleted => !Method.OneWay && _source.Task.IsCompleted;

    protected override bool TrySetResult(object? result) => _source.TrySetResult(result is null ? default! : (T)result);

    protected override bool TrySetException(Exception exception)
    {
        if (!(exception is OperationCanceledException cancelled ? _source.TrySetCanceled(cancelled.CancellationToken) : _source.TrySetException(exception)))
        {
            return false;
        }

        _ = _source.Task.Exception; // nobody has to look at the task of a call
        return true;
    }

    protected override bool TrySetCanceled(CancellationToken token) => _source.TrySetCanceled(token);
}

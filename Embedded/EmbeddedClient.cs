using System.Diagnostics;
using System.Globalization;
using Orleans.Configuration;

namespace Orleans.Story.Embedded;

/// <summary>Gives out references and sends their calls. A test cluster's client outlives its silo, so the engine is asked for each time.</summary>
internal sealed class EmbeddedClient(Func<Engine> engine, IServiceProvider services, MessagingOptions options) : IClusterClient
{
    private readonly ObserverTable _observers = new();

    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey
        => Get<TGrainInterface>(IdSpan.Create(primaryKey.ToString("N", CultureInfo.InvariantCulture)), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Get<TGrainInterface>(IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (Activation.Current is not null)
        {
            throw new InvalidOperationException("Cannot create a local object reference from a grain.");
        }

        if (obj is GrainReference)
        {
            throw new ArgumentException("It is a reference already.", nameof(obj));
        }

        GrainMethod.CheckAll(typeof(TGrainObserverInterface));
        return (TGrainObserverInterface)(object)GrainReference.Create(this, _observers.Add(obj), typeof(TGrainObserverInterface), _observers);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Observers: not null } reference)
        {
            throw new ArgumentException("It is not a reference that CreateObjectReference gave.", nameof(obj));
        }

        reference.Observers.Remove(reference.GrainId);
    }

    public T ReferenceTo<T>(GrainId id) where T : class => (T)(object)GrainReference.Create(this, id, typeof(T));

    /// <summary>Sends a call and gives back what its caller gets at once.</summary>
    public object? Send(GrainReference target, GrainMethod method, object?[] arguments)
    {
        var caller = Turn.Current;
        var running = engine();
        var token = method.TokenIndex < 0 ? default : (CancellationToken)arguments[method.TokenIndex]!;
        token.ThrowIfCancellationRequested();
        method.CopyArguments(arguments);
        if (Diagnostics.Calls.Enabled)
        {
            Diagnostics.Calls.Add(1, new KeyValuePair<string, object?>("method", method.Label));
        }

        var request = method.NewRequest(target.GrainId, caller);
        request.Method = method;
        request.Arguments = arguments;
        request.Engine = running;
        request.Context = RequestContext.Current;
        request.Trace = Activity.Current?.Context ?? default;
        var messaging = caller is null ? options : running.Messaging;
        request.Timeout = method.ResponseTimeout ?? messaging.ResponseTimeout;
        request.CancelsOnTimeout = messaging.CancelRequestOnTimeout;
        request.Deadline = request.Timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)request.Timeout.TotalMilliseconds;
        if (method.TokenIndex >= 0)
        {
            request.LinkCancellation(token);
        }

        if (method.OneWay)
        {
            request.Complete(result: null);
        }
        else
        {
            running.Pending.Add(request);
        }

        if (target.Observers is { } observers)
        {
            observers.Dispatch(request);
        }
        else
        {
            running.Dispatch(request);
        }

        return request.Returned;
    }

    private T Get<T>(IdSpan key, string? prefix)
    {
        if (prefix is not null)
        {
            throw new NotSupportedException("A class name prefix is not carried: one interface, one class.");
        }

        return (T)(object)GrainReference.Create(this, GrainId.Create(engine().Implementing(typeof(T)).Name, key), typeof(T));
    }
}

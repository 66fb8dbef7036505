using System.Collections.Concurrent;
using Orleans.Configuration;

namespace Orleans.Story.Embedded;

/// <summary>The one silo of the process: finds or makes the activation a call is for, and ends them all when the host stops.</summary>
internal sealed class Engine : IDisposable
{
    private enum Phase
    {
        NotStarted,
        Running,
        Stopping,
        Stopped,
    }

    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly GrainCollectionOptions _collection;
    private GrainClasses? _classes;
    private IIncomingGrainCallFilter[] _filters = [];
    private ITimer? _collector;
    private volatile Phase _phase;

    public Engine(IServiceProvider services)
    {
        Services = services;
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Orleans.Story.Embedded");
        Messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        _collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        GrainClock = Clock(services, TimeProviderNames.Grains);
        CollectionClock = Clock(services, TimeProviderNames.ActivationManagement);
        Client = new EmbeddedClient(() => this, services, Messaging);
    }

    public IServiceProvider Services { get; }

    public ILogger Log { get; }

    public SiloMessagingOptions Messaging { get; }

    public EmbeddedClient Client { get; }

    public PendingCalls Pending { get; } = new();

    public TimeProvider GrainClock { get; }

    public TimeProvider CollectionClock { get; }

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    /// <summary>The clock of one area: its own if it has one, or the application's.</summary>
    public static TimeProvider Clock(IServiceProvider services, string area) => services.GetRequiredKeyedService<TimeProvider>(area);

    public GrainClass Implementing(Type @interface) => (_classes ?? throw NotRunning()).Implementing(@interface);

    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    public string Describe(GrainId id) => Find(id)?.ToString() ?? $"{id} is not active";

    public void Start()
    {
        _classes = new GrainClasses(Services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes);
        _filters = [.. Services.GetServices<IIncomingGrainCallFilter>()];
        _collector = CollectionClock.CreateQuietTimer(static state => ((Engine)state!).CollectIdle(), this, _collection.CollectionQuantum, _collection.CollectionQuantum);
        _phase = Phase.Running;
    }

    /// <summary>Delivers a call. Never throws: what goes wrong is the call's answer.</summary>
    public void Dispatch(Request request)
    {
        if (_phase is not Phase.Running && !(_phase is Phase.Stopping && request.Source is not null && request.Forwards == 0))
        {
            request.Fail(NotRunning());
            return;
        }

        try
        {
            while (true)
            {
                if (!_activations.TryGetValue(request.Grain, out var activation))
                {
                    activation = new Activation(this, _classes!.Named(request.Grain.Type), request.Grain);
                    if (_activations.TryAdd(request.Grain, activation))
                    {
                        Count(activation, 1);
                        activation.Start(request);
                    }

                    continue;
                }

                if (activation.Receive(request))
                {
                    return;
                }

                Remove(activation);
            }
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }

    public async Task<object?> InvokeAsync(Activation activation, Request request)
    {
        if (_filters.Length == 0)
        {
            return await request.Method.InvokeAsync(activation.GrainInstance!, request.Arguments);
        }

        var call = new IncomingCall(activation, request, _filters);
        await call.Invoke();
        return call.Result;
    }

    /// <summary>An activation has ended; calls it did not take go to the next one, or fail with what kept it from starting.</summary>
    public void Ended(Activation activation, List<Turn> left, Exception? fault)
    {
        Remove(activation);
        foreach (var turn in left)
        {
            if (turn is not Request request)
            {
                continue;
            }

            if (fault is not null)
            {
                request.Refuse(fault);
            }
            else if (request.Forwards++ >= Messaging.MaxForwardCount)
            {
                request.Refuse(new OrleansMessageRejectionException($"{request} was sent on {request.Forwards} times: each activation of the grain ended before it took the call."));
            }
            else
            {
                Dispatch(request);
            }
        }
    }

    /// <summary>Ends every activation with <see cref="DeactivationReasonCode.ShuttingDown"/>; gives up when the token says so.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _phase = Phase.Stopping;
        if (_collector is not null)
        {
            await _collector.DisposeAsync();
        }

        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        try
        {
            // A grain that says goodbye may call one that had not been active.
            while (!_activations.IsEmpty)
            {
                var all = _activations.Values.ToArray();
                foreach (var activation in all)
                {
                    activation.Deactivate(reason, cancellation);
                }

                await Task.WhenAll(all.Select(activation => activation.Deactivated)).WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            Log.LogWarning("The host would not wait for {Count} activations.", _activations.Count);
        }

        Kill();
    }

    /// <summary>Stops dead, as a killed process does: no grain is told, no further turn runs.</summary>
    public void Kill()
    {
        _phase = Phase.Stopped;
        _collector?.Dispose();
        foreach (var activation in _activations.Values)
        {
            activation.Abandon();
            Remove(activation);
        }

        Pending.FailAll(NotRunning());
    }

    public void Dispose()
    {
        Kill();
        Pending.Dispose();
    }

    private SiloUnavailableException NotRunning()
        => new(_phase == Phase.NotStarted ? "The silo has not started: call grains from services registered after it." : "The silo is stopping or has stopped.");

    private void Remove(Activation activation)
    {
        if (_activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation)))
        {
            Count(activation, -1);
        }
    }

    private static void Count(Activation activation, int change)
    {
        if (Diagnostics.Activations.Enabled)
        {
            Diagnostics.Activations.Add(change, new KeyValuePair<string, object?>("type", activation.GrainId.Type.ToString()));
        }
    }

    private void CollectIdle()
    {
        var now = CollectionClock.GetUtcNow();
        foreach (var activation in _activations.Values)
        {
            activation.CollectIfIdle(now, _collection.CollectionAge);
        }
    }
}

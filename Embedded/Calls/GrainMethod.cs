using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Story.Embedded;

/// <summary>One method of a grain or observer interface, with everything a call needs to know about it.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> s_cache = new();
    private readonly MethodInvoker _invoker;
    private readonly ReturnShape _returns;
    private readonly (Type Type, bool Immutable)[] _parameters;
    private readonly bool _immutableResult;

    private GrainMethod(MethodInfo method)
    {
        Info = method;
        Label = $"{method.DeclaringType!.Name}.{method.Name}";
        _returns = ReturnShape.Of(method.ReturnType) ?? throw Refused("returns neither Task nor ValueTask, nor nothing");
        if (method.IsGenericMethodDefinition)
        {
            throw Refused("is generic, which is not carried");
        }

        var parameters = method.GetParameters();
        _parameters = [.. parameters.Select(parameter => (parameter.ParameterType, parameter.IsDefined(typeof(ImmutableAttribute))))];
        var tokens = _parameters.Count(parameter => parameter.Type == typeof(CancellationToken));
        TokenIndex = tokens == 0 ? -1 : Array.FindIndex(_parameters, parameter => parameter.Type == typeof(CancellationToken));
        var refusal = tokens > 1
            ? "has more than one CancellationToken"
            : parameters.Any(parameter => parameter.ParameterType.IsByRef)
                ? "has a parameter by reference"
                : _parameters.Select(parameter => parameter.Type).Append(_returns.Result).Select(RefusalOf).FirstOrDefault(found => found is not null);
        if (refusal is not null)
        {
            throw Refused(refusal);
        }

        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        _immutableResult = method.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
        _invoker = MethodInvoker.Create(method);
    }

    public MethodInfo Info { get; }

    public string Label { get; }

    public bool OneWay { get; }

    public bool ReadOnly { get; }

    public bool AlwaysInterleave { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Where the cancellation token is, or -1.</summary>
    public int TokenIndex { get; }

    /// <exception cref="OrleansConfigurationException">Orleans would not take the method.</exception>
    public static GrainMethod Of(MethodInfo method) => s_cache.TryGetValue(method, out var known) ? known : s_cache.GetOrAdd(method, static method => new(method));

    /// <summary>Looks at every method of an interface and of the observers it takes, so that a host fails at start and not at the first call.</summary>
    public static void CheckAll(Type @interface)
    {
        foreach (var method in @interface.GetInterfaces().Append(@interface).SelectMany(part => part.GetMethods()))
        {
            foreach (var (type, _) in Of(method)._parameters)
            {
                if (type.IsInterface && type != @interface && typeof(IGrainObserver).IsAssignableFrom(type))
                {
                    CheckAll(type);
                }
            }
        }
    }

    public Request NewRequest(GrainId grain, Turn? caller) => _returns.NewRequest(grain, caller);

    public void CopyArguments(object?[] arguments)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            arguments[i] = MessageCopier.Copy(arguments[i], _parameters[i].Type, _parameters[i].Immutable);
        }
    }

    public object? CopyResult(object? result) => MessageCopier.Copy(result, _returns.Result, _immutableResult);

    /// <summary>Calls the method on the grain and waits for what it returns, in the turn it is called in.</summary>
    public ValueTask<object?> InvokeAsync(object target, object?[] arguments) => _returns.Await(_invoker.Invoke(target, arguments.AsSpan()));

    private static string? RefusalOf(Type type)
        => type == typeof(Unit) || MessageShape.IsOpen(type) && !MessageShape.IsMessage(type) && (type == typeof(object) || type.IsInterface || type == typeof(Exception))
            ? null
            : MessageShape.Of(type).Refusal;

    private OrleansConfigurationException Refused(string why) => new($"{Info.DeclaringType}.{Info.Name}: {why}");
}

using System.Reflection;
using Microsoft.AspNetCore.SignalR;

namespace Orleans.Story.Gateway.Lines;

/// <summary>The methods of a hub that a client may call, found once and called without reflection's checks.</summary>
internal sealed class LineMethods
{
    private static readonly MethodInfo Unwrapping = typeof(LineMethods).GetMethod(nameof(Unwrap), BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly Dictionary<string, LineMethod> _methods = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the public methods of a hub.</summary>
    public LineMethods(Type hub)
    {
        foreach (var method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        {
            // As the framework does it: what the base classes of hubs bring is not for clients.
            var root = method.GetBaseDefinition().DeclaringType;
            if (method.IsSpecialName || root == typeof(object) || root == typeof(Hub) || root == typeof(IDisposable)) continue;
            _methods.Add(method.Name, new LineMethod(method, Caller(method)));
        }
    }

    /// <summary>The method of this name, or <see langword="null"/>.</summary>
    public LineMethod? Find(string name) => _methods.GetValueOrDefault(name);

    private static Func<Hub, object?[], ValueTask<object?>> Caller(MethodInfo method)
    {
        var invoker = MethodInvoker.Create(method);
        var returns = method.ReturnType;
        if (returns == typeof(Task)) return async (hub, arguments) =>
        {
            await (Task)invoker.Invoke(hub, arguments.AsSpan())!;
            return null;
        };
        if (!returns.IsGenericType || returns.GetGenericTypeDefinition() != typeof(Task<>)) return (hub, arguments) => new ValueTask<object?>(invoker.Invoke(hub, arguments.AsSpan()));
        var unwrap = Unwrapping.MakeGenericMethod(returns.GetGenericArguments()).CreateDelegate<Func<object, ValueTask<object?>>>();
        return (hub, arguments) => unwrap(invoker.Invoke(hub, arguments.AsSpan())!);
    }

    private static ValueTask<object?> Unwrap<T>(object task)
    {
        var typed = (Task<T>)task;
        return typed.IsCompletedSuccessfully ? new ValueTask<object?>(typed.Result) : Later(typed);
    }

    private static async ValueTask<object?> Later<T>(Task<T> task) => await task;
}

/// <summary>A method a client may call.</summary>
/// <param name="Info">The method.</param>
/// <param name="Invoke">Calls it on a hub.</param>
internal sealed record LineMethod(MethodInfo Info, Func<Hub, object?[], ValueTask<object?>> Invoke)
{
    /// <summary>What it takes.</summary>
    public IReadOnlyList<Type> Parameters { get; } = [.. Info.GetParameters().Select(parameter => parameter.ParameterType)];
}

namespace Orleans.Story.Embedded;

/// <summary>The result of a method without one.</summary>
internal readonly struct Unit;

/// <summary>The five shapes a grain method may return: nothing, a task, a value task, and these with a result.</summary>
internal abstract class ReturnShape
{
    /// <summary>What comes back, <see cref="Unit"/> for nothing.</summary>
    public abstract Type Result { get; }

    /// <summary>The shape of a return type, or <see langword="null"/> if a grain cannot return it.</summary>
    public static ReturnShape? Of(Type type)
    {
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
        {
            return new Shape<Unit>(valueTask: type == typeof(ValueTask));
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(Task<>) || open == typeof(ValueTask<>)
            ? (ReturnShape)Activator.CreateInstance(typeof(Shape<>).MakeGenericType(type.GetGenericArguments()), args: [open == typeof(ValueTask<>)])!
            : null;
    }

    public abstract Request NewRequest(GrainId grain, Turn? caller);

    public abstract ValueTask<object?> Await(object? returned);

    private sealed class Shape<T>(bool valueTask) : ReturnShape
    {
        public override Type Result => typeof(T);

        public override Request NewRequest(GrainId grain, Turn? caller) => new Request<T>(valueTask) { Grain = grain, Caller = caller, Source = caller?.Grain };

        public override async ValueTask<object?> Await(object? returned)
        {
            switch (returned)
            {
                case Task<T> task:
                    return await task;
                case ValueTask<T> task:
                    return await task;
                case Task task:
                    await task;
                    return null;
                case ValueTask task:
                    await task;
                    return null;
                default:
                    return null; // a method of no result, or a null where a task should be, which Orleans also lets pass
            }
        }
    }
}

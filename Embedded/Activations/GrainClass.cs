using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Story.Embedded;

/// <summary>One grain class: its name in identities, its habits, and how an object of it is made.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;

    public GrainClass(Type type)
    {
        Type = type;
        Name = GrainType.Create(NameOf(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        var age = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        KeepAlive = type.IsDefined(typeof(KeepAliveAttribute)) || age?.AlwaysActive == true;
        AgeLimit = age?.AgeLimit;
        var constructors = type.GetConstructors();
        _constructor = constructors.Length == 1 ? constructors[0] : throw new OrleansConfigurationException($"{type} must have one public constructor; it has {constructors.Length}.");
        _parameters = _constructor.GetParameters();
        Interfaces = [.. type.GetInterfaces().Where(GrainClasses.IsGrainInterface)];
    }

    public Type Type { get; }

    public GrainType Name { get; }

    public bool Reentrant { get; }

    public bool KeepAlive { get; }

    public TimeSpan? AgeLimit { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>Makes a grain; its state is not read yet.</summary>
    public object Construct(Activation activation, List<PersistentState> states)
    {
        try
        {
            var arguments = new object?[_parameters.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = Resolve(_parameters[i], activation, states);
            }

            return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{Type}': {exception.Message}", exception);
        }
    }

    private static string NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static object? Resolve(ParameterInfo parameter, Activation activation, List<PersistentState> states)
    {
        var services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            var created = PersistentState.Create(parameter, state, activation);
            states.Add(created);
            return created;
        }

        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        }

        return parameter.HasDefaultValue ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue : services.GetRequiredService(parameter.ParameterType);
    }
}

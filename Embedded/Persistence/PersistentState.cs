using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Story.Embedded;

/// <summary>A grain's stored state. Operations run one after another; faults of a provider become <see cref="OrleansException"/>.</summary>
internal abstract class PersistentState
{
    public abstract Task ReadStateAsync(CancellationToken cancellationToken);

    public static PersistentState Create(ParameterInfo parameter, PersistentStateAttribute attribute, Activation activation)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException($"[PersistentState(\"{attribute.StateName}\")] of {activation.GrainId.Type} must be on an IPersistentState<T>.");
        }

        var services = activation.ActivationServices;
        var storage = attribute.StorageName is { Length: > 0 } name
            ? services.GetKeyedService<IGrainStorage>(name) ?? throw new BadProviderConfigException($"No storage provider named \"{name}\" found loading grain type {activation.GrainId.Type}.")
            : services.GetService<IGrainStorage>() ?? throw new BadProviderConfigException($"No default storage provider found loading grain type {activation.GrainId.Type}.");
        return (PersistentState)System.Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GetGenericArguments()), attribute.StateName, activation, storage)!;
    }

    /// <summary>A state nobody has set: from the parameterless constructor where there is one.</summary>
    public static T NewState<T>() => typeof(T) is var type && (type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null)
        ? System.Activator.CreateInstance<T>()
        : type == typeof(string) || type.IsAbstract || type.IsArray ? default! : (T)RuntimeHelpers.GetUninitializedObject(type);

    private sealed class Of<T>(string name, Activation activation, IGrainStorage storage) : PersistentState, IPersistentState<T>
    {
        private readonly GrainState<T> _held = new(NewState<T>());
        private Task _last = Task.CompletedTask;
        private bool _read;

        public T State
        {
            get
            {
                Activation.Running(activation);
                return _held.State!;
            }

            set
            {
                Activation.Running(activation);
                _held.State = value;
            }
        }

        public string? Etag => _held.ETag;

        public bool RecordExists => _read ? _held.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

        public override Task ReadStateAsync(CancellationToken cancellationToken) => Run("reading", async () =>
        {
            await storage.ReadStateAsync(name, activation.GrainId, _held, cancellationToken);
            _read = true;
        }, cancellationToken);

        public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

        public Task WriteStateAsync(CancellationToken cancellationToken)
            => Run("writing", () => storage.WriteStateAsync(name, activation.GrainId, _held, cancellationToken), cancellationToken);

        public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

        public Task ClearStateAsync(CancellationToken cancellationToken)
            => Run("clearing", () => storage.ClearStateAsync(name, activation.GrainId, _held, cancellationToken), cancellationToken);

        public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

        private Task Run(string what, Func<Task> operation, CancellationToken cancellation)
        {
            Activation.Running(activation);
            return _last = RunAfter(_last);

            async Task RunAfter(Task before)
            {
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                try
                {
                    await operation();
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    throw;
                }
                catch (Exception exception) when (exception is not OrleansException)
                {
                    throw new OrleansException($"Error from {storage.GetType().Name} {what} \"{name}\" of {activation.GrainId}: {exception.Message}", exception);
                }
            }
        }
    }
}

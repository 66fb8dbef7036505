using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime.Hosting;
using Orleans.Story.Embedded;

namespace Orleans.Hosting
{
    /// <summary>What a silo can be given.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Adds services.</summary>
        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            configureDelegate(builder.Services);
            return builder;
        }

        /// <summary>Sets options.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions) where TOptions : class
            => builder.ConfigureServices(services => services.Configure(configureOptions));
    }

    /// <summary>What a silo can be given besides.</summary>
    public static class CoreHostingExtensions
    {
        /// <summary>
        /// Traces run on through grain calls. Nothing to add: here they always do while somebody listens to the engine's source, and a
        /// call costs a look at a flag while nobody does.
        /// </summary>
        public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder) => builder;
    }

    /// <summary>What a client can be given.</summary>
    public static class ClientBuilderExtensions
    {
        /// <inheritdoc cref="CoreHostingExtensions.AddActivityPropagation"/>
        public static IClientBuilder AddActivityPropagation(this IClientBuilder builder) => builder;

        /// <summary>Sets options.</summary>
        public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions) where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }
    }

    /// <summary>Adds filters around calls; the first added is the outermost.</summary>
    public static class GrainCallFilterSiloBuilderExtensions
    {
        /// <summary>Adds this filter.</summary>
        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter)
            => builder.ConfigureServices(services => services.AddSingleton(filter));

        /// <summary>Adds a filter made by the services.</summary>
        public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder) where TImplementation : class, IIncomingGrainCallFilter
            => builder.ConfigureServices(services => services.AddSingleton<IIncomingGrainCallFilter, TImplementation>());

        /// <summary>Adds a function as a filter.</summary>
        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter)
            => builder.AddIncomingGrainCallFilter(new FunctionFilter(filter));

        private sealed class FunctionFilter(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
        {
            public Task Invoke(IIncomingGrainCallContext context) => filter(context);
        }
    }

    /// <summary>Adds reminders.</summary>
    public static class SiloBuilderReminderExtensions
    {
        /// <summary>Lets grains have reminders; an <see cref="IReminderTable"/> must be among the services.</summary>
        public static ISiloBuilder AddReminders(this ISiloBuilder builder)
        {
            builder.Services.TryAddSingleton<ReminderService>();
            builder.Services.TryAddSingleton<Timers.IReminderRegistry>(services => services.GetRequiredService<ReminderService>());
            return builder;
        }
    }

    /// <summary>Adds reminders that end with the silo.</summary>
    public static class SiloBuilderReminderMemoryExtensions
    {
        /// <inheritdoc cref="SiloBuilderReminderExtensions.AddReminders"/>
        public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
            => builder.AddReminders().ConfigureServices(services => services.AddSingleton<IReminderTable, MemoryReminderTable>());
    }

    /// <summary>Adds storage that ends with the silo.</summary>
    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        /// <summary>Under this name.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
            => builder.ConfigureServices(services => services.AddGrainStorage(name, static (_, _) => new Storage.MemoryGrainStorage()));

        /// <summary>As the default one.</summary>
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder)
            => builder.AddMemoryGrainStorage(Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
    }
}

namespace Orleans.Providers
{
    /// <summary>Names of providers.</summary>
    public static class ProviderConstants
    {
        /// <summary>The storage of states that name none.</summary>
        public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
    }
}

namespace Orleans.Runtime.Hosting
{
    /// <summary>Adds storage.</summary>
    public static class StorageProviderExtensions
    {
        /// <summary>Adds a storage under a name; under <see cref="Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME"/> it is also the default one.</summary>
        public static IServiceCollection AddGrainStorage<T>(this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory) where T : Storage.IGrainStorage
        {
            collection.AddKeyedSingleton<Storage.IGrainStorage>(name, (services, key) => implementationFactory(services, (string)key!));
            if (string.Equals(name, Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, StringComparison.Ordinal))
            {
                collection.TryAddSingleton(services => services.GetRequiredKeyedService<Storage.IGrainStorage>(name));
            }

            return collection;
        }
    }
}

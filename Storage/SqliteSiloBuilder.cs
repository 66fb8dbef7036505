using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Story.Storage.GrainState;
using Orleans.Story.Storage.Reminders;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage;

/// <summary>Puts a silo's grain state and reminders into the database of <see cref="StorageServices.AddStoryStorage"/>.</summary>
public static class SqliteSiloBuilder
{
    /// <summary>Registers grain storage under a name; the default name serves every state that asks for none.</summary>
    public static ISiloBuilder AddSqliteGrainStorage(this ISiloBuilder builder, string name = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<EtagCounter>();
        builder.Services.AddGrainStorage(name, (provider, _) => new SqliteGrainStorage(Store(provider), provider.GetRequiredService<EtagCounter>()));
        return builder;
    }

    /// <summary>Registers reminders and their table.</summary>
    public static ISiloBuilder UseSqliteReminders(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable>(provider => new SqliteReminderTable(Store(provider)));
        return builder;
    }

    private static StoryStore Store(IServiceProvider provider)
    {
        var store = provider.GetRequiredService<StoryStore>();
        return store.HoldsGrainState
            ? store
            : throw new StorageRefusedException(
                "Grain state and reminders on SQLite need the journal there too; with PostgresConnection use Orleans's ADO.NET providers.");
    }
}

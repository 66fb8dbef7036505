using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;
using Orleans.Story.Storage.Writing;

namespace Orleans.Story.Storage;

/// <summary>Registers the journal and the tables.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers <see cref="IJournal"/>, <see cref="IJournalHealth"/>, <see cref="ISessionEraser"/>,
    /// <see cref="ISeatTable"/>, <see cref="IFilmTable"/>, <see cref="IRemarkTable"/> and <see cref="ISuggestionTable"/> over one
    /// database, which opens before any hosted service starts (or when one of them is first asked for) and closes, its queue
    /// written, when the container is disposed. A database that must not be used fails the start with
    /// <see cref="StorageRefusedException"/>.
    /// </summary>
    public static IServiceCollection AddStoryStorage(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => StoryStore.Open(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILoggerFactory>()?.CreateLogger("Orleans.Story.Journal")));
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Health);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Journal);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Eraser);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Seats);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Films);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Remarks);
        services.TryAddSingleton(provider => provider.GetRequiredService<StoryStore>().Suggestions);
        services.AddHostedService<StorageOpener>();
        return services;
    }
}

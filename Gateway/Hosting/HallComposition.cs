using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Grains.Films;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Storage;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>
/// Where the hall itself comes in: engine, storage, grains, films. Everything else in the gateway knows an
/// <see cref="IClusterClient"/> and the contracts.
/// </summary>
internal static class HallComposition
{
    /// <summary>Adds them; hosted services added after this call may use grains from their first moment to their last.</summary>
    /// <exception cref="HallRefusedException">The settings make no hall, or none that does what the options ask.</exception>
    public static void Add(WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.Services.AddSingleton<FilmShelf>();
        builder.Services.AddSingleton<IHallSetup, LibraryFilms>();
        builder.Services.AddSingleton<AssetShelf>();
        builder.Services.AddSingleton<IFilmHouse>(provider => new FilmHouse(
            provider.GetRequiredService<FilmShelf>(), provider.GetRequiredService<Api.FilmShelf>(), provider.GetRequiredService<AssetShelf>(), provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<TimeProvider>()));
        if (Topology.IsCluster(builder.Configuration)) AddCluster(builder, options);
        else AddOneProcess(builder, options);
    }

    private static void AddOneProcess(WebApplicationBuilder builder, GatewayOptions options)
    {
        builder.AddStoryHall(new StorageOptions { DataFolder = options.Data });
        builder.Services.AddSingleton<IFilmWatch, FilmWatch>();
        builder.Services.AddSingleton<ILocalJournal, LocalJournal>();
        builder.Services.AddSingleton<Api.IReadyCheck, DatabaseCheck>();
    }

    /// <summary>
    /// A client of the cluster. The journal is the silos', and so is its health: a gateway that turned phones away because the database
    /// they all share is gone would take from the hall what it still has.
    /// </summary>
    private static void AddCluster(WebApplicationBuilder builder, GatewayOptions options)
    {
        if (options.Demo || options.Rehearse is not null)
            throw new HallRefusedException(Text.Both(
                "A demo or a rehearsal of a folder runs in one process. In a cluster, rehearse a screening from the console.",
                "演示和影片文件夹的排练只能在单进程里运行。在集群里，请从控制台排练一个场次。"));
        builder.AddStoryClient(ClusterSettings.Read(builder.Configuration));
        builder.Services.AddHostedService<FilmRounds>();
    }

    /// <summary>The journal, which is this process's own.</summary>
    private sealed class LocalJournal(IJournalHealth health) : ILocalJournal
    {
        public JournalHealth Now => health.Now;
    }

    /// <summary>Whether the hall's database answers; one that is only busy still serves.</summary>
    private sealed class DatabaseCheck(IJournalHealth health, GatewayOptions options) : Api.IReadyCheck
    {
        public Task<string?> Problem(CancellationToken gone) => health.ProblemAsync(options.Language, gone);
    }

    /// <summary>The films in the folder that <c>Story:Films</c> names, else those of the checkout, else those laid beside the program.</summary>
    private sealed class LibraryFilms(FilmShelf shelf, AssetShelf assets, GatewayOptions options, IConfiguration configuration, ILogger<LibraryFilms> log) : IHallSetup
    {
        public async Task<ImmutableArray<string>> PublishFilms(CancellationToken stop)
        {
            var root = FilmRoot.Of(configuration);
            var shelved = options.Rehearse is { } rehearsed
                ? await shelf.PublishOneAsync(rehearsed, stop) is { } one ? [one] : []
                : await shelf.PublishAsync(root, stop);
            foreach (var film in shelved)
            {
                // One line each, as a compiler does it: people read them, and editors turn them into links.
                foreach (var problem in film.Problems) Console.Error.WriteLine(problem.In(options.Language));
                if (film.Card is { } shown) assets.Put(shown.Film, film.Folder, film.Assets);
                if (film.Card is null) log.LogWarning("{Folder} is left out: it is not a film yet", film.Folder);
            }

            return [.. shelved.Where(film => film.Card is not null).Select(film => film.Card!.Film.Slug)];
        }
    }
}

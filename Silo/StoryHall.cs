using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Story.Contracts;
using Orleans.Story.Grains.Films;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Engines;
using Orleans.Story.Storage;

namespace Orleans.Story.Silo;

/// <summary>The composition root: which parts a process is made of. Nothing here decides anything about a show.</summary>
public static class StoryHall
{
    /// <summary>
    /// Seconds a statement may take in a cluster: where the network swallows packets nothing else tells a silo that its database is out
    /// of reach, and what it holds is to go on elsewhere.
    /// </summary>
    private const int StatementSeconds = 4;

    /// <summary>
    /// <c>Story:Topology=one</c>: silo and client in this process, everything that must last in one data folder.
    /// Afterwards <see cref="IClusterClient"/> is a service, usable by whatever is hosted after this call.
    /// </summary>
    public static IHostApplicationBuilder AddStoryHall(this IHostApplicationBuilder builder, StorageOptions storage)
    {
        builder.Services.AddStoryStorage(storage);
        if (builder.Configuration["Story:PassKey"] is { Length: > 0 } shared) builder.Services.AddSingleton(PassKey(shared));
        AddWriters(builder);
        Engine.AddOneProcess(builder, silo =>
        {
            silo.AddSqliteGrainStorage();
            silo.UseSqliteReminders();
            silo.AddStorySilo(StoryRoles.All);
        });
        return builder;
    }

    /// <summary>
    /// <c>Story:Topology=cluster</c>: one silo of many, everything that must last in the venue's PostgreSQL.
    /// </summary>
    /// <exception cref="HallRefusedException">The settings do not make a silo.</exception>
    public static IHostApplicationBuilder AddStorySilo(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        builder.AddVenue(settings);
        AddWriters(builder);
        Engine.AddClusterSilo(builder, settings, silo =>
        {
            silo.AddStorySilo(settings.Roles);
            if (settings.Roles.HasFlag(StoryRoles.Story)) silo.Services.AddHostedService<StepAside>();
        });
        return builder;
    }

    /// <summary>
    /// <c>Story:Topology=cluster</c>: a client of the silos, and the library of films, which is read where it is needed.
    /// Afterwards <see cref="IClusterClient"/> is a service.
    /// </summary>
    /// <exception cref="HallRefusedException">The settings do not make a client.</exception>
    public static IHostApplicationBuilder AddStoryClient(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        builder.AddVenue(settings);
        builder.AddModels();
        builder.Services.AddSingleton<FilmLibrary>();
        Engine.AddClusterClient(builder, settings);
        return builder;
    }

    /// <summary>What every process of a cluster shares: the database, and the key of staff passes.</summary>
    private static void AddVenue(this IHostApplicationBuilder builder, ClusterSettings settings)
    {
        if (builder.Configuration["Story:PassKey"] is not { Length: > 0 } shared)
            throw new HallRefusedException(Text.Both(
                "Story:PassKey is not set. Every process of a cluster needs the same one, such as 'openssl rand -base64 32' prints; keep it secret.",
                "没有设置 Story:PassKey。集群的每个进程都要用同一个，例如 openssl rand -base64 32 的输出；请保密。"));
        builder.Services.AddSingleton(PassKey(shared));
        builder.Services.AddStoryStorage(new StorageOptions { PostgresConnection = settings.Postgres, StatementSeconds = StatementSeconds });
    }

    /// <summary>Who writes, and the words that nobody writes.</summary>
    private static void AddWriters(IHostApplicationBuilder builder)
    {
        AddModels(builder);
        builder.Services.AddSingleton(BlocklistConfiguration.Read(builder.Configuration));
    }

    /// <summary>Where <c>Story:Models</c> names any, they write; the settings are read now, so that a bad one refuses the start.</summary>
    private static void AddModels(this IHostApplicationBuilder builder)
    {
        var models = ModelConfiguration.Read(builder.Configuration);
        builder.Services.AddSingleton(models);
        if (models.Endpoints.Count == 0) return;
        var writer = ModelConfiguration.Writer(models, Environment.GetEnvironmentVariable, TimeProvider.System);
        builder.Services.AddSingleton(writer);
    }

    /// <summary>Grains and what they need; journal, tables, grain storage and reminders are the caller's.</summary>
    public static ISiloBuilder AddStorySilo(this ISiloBuilder silo, StoryRoles roles)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddStaffDoor();
        silo.AddIncomingGrainCallFilter<RoleFilter>();
        silo.Services.AddSingleton<FilmLibrary>();
        silo.Services.TryAddSingleton<IBeatWriter, StoryletWriter>();
        silo.Services.TryAddSingleton(_ => Blocklist.BuiltIn);
        silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
        if (roles.HasFlag(StoryRoles.Gpu)) silo.Services.AddHostedService<WorkerStarter>();
        return silo;
    }

    /// <summary>
    /// What seals and opens staff passes, unless a key that more processes share was registered before: then one that ends with this
    /// process, and lies nowhere.
    /// </summary>
    public static IServiceCollection AddStaffDoor(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => StaffKey.New());
        services.TryAddSingleton<StaffDoor>();
        return services;
    }

    /// <summary>The key of <c>Story:PassKey</c>: the Base64 of at least 32 random bytes.</summary>
    private static StaffKey PassKey(string shared)
    {
        try
        {
            return new StaffKey(Convert.FromBase64String(shared));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new HallRefusedException(Text.Both(
                "Story:PassKey must be the Base64 of at least 32 random bytes, such as 'openssl rand -base64 32' prints.",
                "Story:PassKey 必须是至少 32 个随机字节的 Base64，例如 openssl rand -base64 32 的输出。"));
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Engines;
using Orleans.Story.Silo.Telemetry;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Silo.Hosting;

/// <summary>Runs one silo of a cluster, and answers how it does.</summary>
public static class SiloHost
{
    /// <summary>What a stop may take: sessions move, the journal writes what waits. An orchestrator's grace period must be longer.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(25);

    /// <summary>
    /// After so long a stop becomes a kill: without its database a silo cannot say goodbye, and whatever it holds survives a kill. Still
    /// within the 30 s that orchestrators give.
    /// </summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(28);

    /// <summary>Runs until it is asked to stop. Answers the exit code.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="language">Language of what is printed.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="HallRefusedException">The settings do not make a silo.</exception>
    public static async Task<int> Run(IConfiguration configuration, string language, CancellationToken stop)
    {
        await using var app = Build(configuration, language);
        var settings = app.Services.GetRequiredService<ClusterSettings>();
        Refuse("Silo", settings.SiloPort, settings.SiloListenPort);
        if (settings.Roles.HasFlag(StoryRoles.Story)) Refuse("SiloGateway", settings.ClientPort, settings.ClientListenPort);
        SiloPorts.RefuseTaken("HealthPort", settings.HealthPort);
        app.Lifetime.ApplicationStopping.Register(EndInTime);
        await app.StartAsync(stop);
        Console.WriteLine(Joined(settings, PortOf(app)).In(language));
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    /// <summary>Puts the process together without starting it.</summary>
    public static WebApplication Build(IConfiguration configuration, string language)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(configuration);
        builder.Configuration["Story:Topology"] ??= "cluster";
        if (!Topology.IsCluster(builder.Configuration))
            throw new HallRefusedException(Text.Both(
                "Story:Topology is 'one': there the gateway's program is everything, and this one has nothing to do.",
                "Story:Topology 是“one”：那时网关程序就是一切，这个程序无事可做。"));
        var settings = ClusterSettings.Read(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(settings.HealthPort));
        builder.Services.AddSingleton(settings);
        builder.AddStorySilo(settings);
        builder.Services.AddTelemetryExport($"orleans-story-silo-{Roles(settings, "-")}");
        var app = builder.Build();
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", async (IServiceProvider services, IJournalHealth journal, CancellationToken gone) =>
            (Engine.NotServing(services) ?? await journal.ProblemAsync(language, gone)) is { } why
                ? Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready"));
        return app;
    }

    /// <summary>Refuses a port on which somebody listens; one that is mapped is somewhere else.</summary>
    private static void Refuse(string name, int port, int? listens) => SiloPorts.RefuseTaken(listens is null ? $"{name}Port" : $"{name}ListenPort", listens ?? port);

    /// <summary>A thread of its own: those of the pool may be what the stop is waiting for.</summary>
    private static void EndInTime() => new Thread(() =>
    {
        Thread.Sleep(EndsWithin);
        Console.Error.WriteLine($"The silo did not stop within {EndsWithin.TotalSeconds:0} s and ends now.");
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }) { IsBackground = true, Name = "story-end-in-time" }.Start();

    private static Text Joined(ClusterSettings settings, int health)
    {
        var clients = settings.Roles.HasFlag(StoryRoles.Story);
        return Text.Both(
            string.Create(CultureInfo.InvariantCulture, $"Silo ({Roles(settings, ", ")}) joined cluster '{settings.Name}': silos on port {settings.SiloPort}, {(clients ? $"gateways on {settings.ClientPort}, " : "")}health on {health}."),
            string.Create(CultureInfo.InvariantCulture, $"Silo（{Roles(settings, "、")}）已加入集群“{settings.Name}”：silo 端口 {settings.SiloPort}，{(clients ? $"网关端口 {settings.ClientPort}，" : "")}健康检查端口 {health}。"));
    }

    private static string Roles(ClusterSettings settings, string between) => string.Join(
        between, new[] { (StoryRoles.Story, "story"), (StoryRoles.Gpu, "gpu") }.Where(one => settings.Roles.HasFlag(one.Item1)).Select(one => one.Item2));

    private static int PortOf(WebApplication app) => new Uri(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port;
}

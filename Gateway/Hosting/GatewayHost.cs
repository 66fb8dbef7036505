using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.House;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Cluster;
using Orleans.Story.Silo.Engines;
using Orleans.Story.Storage;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>Runs a gateway process from its options to its exit code.</summary>
internal static class GatewayHost
{
    /// <summary>What Ctrl+C may take, from the first key to the prompt.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(5);

    /// <summary>Runs until Ctrl+C. Answers 0, or 1 after one sentence that says what to change.</summary>
    public static async Task<int> Run(GatewayOptions options, CancellationToken stop)
    {
        var words = new Words(options.Language);
        try
        {
            if (!IsFree(options)) return Fail(words.PortTaken(options.Port));
            options = options with { Settings = Path.GetFullPath(Path.Combine(options.Data, "settings.json")) };
            if (options.Demo) options = options with { Data = DemoFolder.Fresh(options.Data) };
            await using var app = Build(options);
            await Start(app, stop);
            app.Services.GetRequiredService<HallAddress>().ListensOn(PortOf(app));
            Banner.Print(Console.Out, words, app.Services);
            var demo = options.Demo ? Show(app) : Task.FromResult(true);
            var status = StatusLine.Run(
                Console.Out, words, app.Services.GetRequiredService<SessionFeeds>(), options.Demo, StatusEvery, TimeProvider.System, app.Lifetime.ApplicationStopping);
            await app.WaitForShutdownAsync(stop);
            var shown = await demo;
            await status;
            return shown ? 0 : 1;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Fail(words.PortTaken(options.Port));
        }
        catch (StorageRefusedException e)
        {
            return Fail(e.Sentence?.In(options.Language) ?? e.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was still waiting for its hall.
            return 0;
        }
        catch (InvalidDataException e)
        {
            return Fail(words.BadSettings(options.Settings!, e.InnerException?.Message ?? e.Message));
        }
        catch (HallRefusedException e)
        {
            return Fail(e.Sentence.In(options.Language));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    /// <summary>Services that run already learn of a start that failed as of any other end, and do not call it a fault of theirs.</summary>
    private static async Task Start(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch
        {
            app.Lifetime.StopApplication();
            throw;
        }
    }

    /// <summary>The model of the command line, before whatever the settings name.</summary>
    internal static void Writes(ConfigurationManager settings, string url, string? name)
    {
        settings["Story:Models:0:Url"] = url;
        settings["Story:Models:0:Model"] = name ?? "default";
    }

    /// <summary>Puts the process together without starting it; <paramref name="before"/> adds to it first, as tests do.</summary>
    public static WebApplication Build(GatewayOptions options, Action<WebApplicationBuilder>? before = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        before?.Invoke(builder);
        if (options.Settings is { } settings) builder.Configuration.AddJsonFile(settings, optional: true, reloadOnChange: false);
        if (options.Model is { } model) Writes(builder.Configuration, model, options.ModelName);
        var hall = builder.Configuration.GetSection("Story");
        var isCluster = Topology.IsCluster(builder.Configuration);
        options = options with
        {
            AllowedOrigins = hall.GetSection("AllowedOrigins").Get<string[]>() ?? options.AllowedOrigins,
            Proxies = hall.GetSection("Proxies").Get<string[]>() ?? options.Proxies,
            House = hall.GetSection("House") is var house && house.Exists() ? HouseOptions.From(house) : options.House,
            SharedKey = isCluster ? hall["PassKey"] : null,
            Dashboard = isCluster && ClusterSettings.Read(builder.Configuration).Dashboard,
            Casts = Limit(hall, "Casts", options.Casts),
            Frames = Limit(hall, "Frames", options.Frames),
        };
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns that keys are not encrypted at rest; the folder is its owner's alone, and SECURITY.md says so.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A failed start is one sentence of ours; what stops a running host is critical and still shown.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // It would write an error with its stack for every refusal that leaves a hub as an exception; Allowances says what failed.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin - TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ServerLimits.Apply(kestrel, options);
            Listen(kestrel, options);
        });
        // Nothing of ours blocks, so what the network brings is handled where it arrives: a ballot changes threads once, not three times.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        HallComposition.Add(builder, options);
        builder.Services.AddGateway(options);
        builder.Services.AddDemo();
        var app = builder.Build();
        app.UseGateway();
        if (options.Dashboard) Engine.MapDashboard(app, Paths.Dashboard).RequireAuthorization(Policies.Admin);
        if (options.Demo) app.MapDemo();
        return app;
    }

    /// <summary>Runs the demo; a demo that cannot be shown, and has said why, leaves no hall open. Answers whether it was.</summary>
    private static async Task<bool> Show(WebApplication app)
    {
        var shown = await app.Services.GetRequiredService<DemoShow>().Run(app.Lifetime.ApplicationStopping);
        if (!shown) app.Lifetime.StopApplication();
        return shown;
    }

    private static Rate Limit(IConfigurationSection hall, string name, Rate otherwise) =>
        new(hall.GetValue($"Limits:{name}PerSecond", otherwise.PerSecond), hall.GetValue($"Limits:{name}Burst", otherwise.Burst));

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options)
    {
        if (options.Bind is "*" or "0.0.0.0" or "::") kestrel.ListenAnyIP(options.Port);
        // Both loopback addresses cannot share a port that is not known yet.
        else if (options.Bind == "localhost" && options.Port == 0) kestrel.Listen(IPAddress.Loopback, options.Port);
        else if (options.Bind == "localhost") kestrel.ListenLocalhost(options.Port);
        else if (IPAddress.TryParse(options.Bind, out var address)) kestrel.Listen(address, options.Port);
        else throw new IOException($"--bind takes an IP address, localhost or *, not '{options.Bind}'.");
    }

    /// <summary>Looks before the grains start, so that a taken port costs nothing but a sentence.</summary>
    private static bool IsFree(GatewayOptions options)
    {
        if (options.Port == 0) return true;
        try
        {
            using var probe = new TcpListener(IPAddress.TryParse(options.Bind, out var address) ? address : IPAddress.Any, options.Port);
            probe.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)).Port;

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.House;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Gateway.Lines;
using Orleans.Story.Gateway.Preflight;
using Orleans.Story.Gateway.Telemetry;
using Orleans.Story.Silo;
using Orleans.Story.Silo.Telemetry;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>Puts the gateway together. It needs an <see cref="IClusterClient"/> and nothing else of the engine.</summary>
internal static class GatewaySetup
{
    /// <summary>Longest frame a client may send: a ballot is a hundred bytes.</summary>
    private const int LongestFrame = 4 * 1024;

    /// <summary>What may wait in a connection's pipe before its writes hang: a stage or two, so that slowness shows early.</summary>
    private const int PipeBytes = 32 * 1024;

    /// <summary>Registers everything.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<GatewayMeter>();
        services.AddSingleton<SparingLog>();
        services.AddSingleton<HallAddress>();
        services.AddSingleton<Draining>();
        services.AddSingleton<FilmShelf>();
        services.AddSingleton<Screenings>();
        services.AddSingleton<VisitNotes>();
        services.AddSingleton<Playbill>();
        services.AddSingleton<Records>();
        services.AddSingleton<RecordingShelf>();
        services.AddSingleton<InsightsShelf>();
        services.AddSingleton<SeatCards>();
        services.TryAddSingleton(FreeSpace.Of(options));
        services.AddSingleton<HouseGatherer>();
        services.AddSingleton<OtherHalls>();
        services.AddSingleton<HouseFeed>();
        services.AddSingleton<SessionFeeds>();
        services.AddSingleton<WallTests>();
        services.AddSingleton<HallDevices>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<PreflightGathering>();
        services.AddSingleton<RehearsalHouse>();
        services.AddSingleton<Patience>();
        services.AddSingleton<HallOpening>();
        services.AddHostedService(provider => provider.GetRequiredService<HallOpening>());
        services.AddHostedService(provider => provider.GetRequiredService<RehearsalHouse>());
        services.AddTelemetryExport("orleans-story-gateway");
        // Unreadable JSON is the caller's fault in every environment, Development included, where it would be ours by default.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json => Json.Apply(json.SerializerOptions));
        services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Version) = ("Orleans.Story", HallApi.Version);
            return Task.CompletedTask;
        }));
        services.AddAuth(options);
        services.AddHubs(options);
        return services;
    }

    /// <summary>Maps everything.</summary>
    public static void UseGateway(this WebApplication app)
    {
        if (app.Services.GetRequiredService<GatewayOptions>().Proxies.Count > 0) app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseRefusals();
        app.UseMiddleware<OriginGuard>();
        app.UseUtf8();
        app.UseMiddleware<HallDoorbell>();
        app.UsePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<StaffPassing>();
        app.UseMiddleware<HubDoor>();

        var api = app.MapGroup(Paths.Api);
        api.MapJoin();
        api.MapStaff();
        api.MapAccounts();
        api.MapAudit();
        api.MapSessions();
        api.MapSeats();
        api.MapPreflight();
        api.MapDirector();
        api.MapDrafts();
        api.MapRecord();
        api.MapAsides();
        api.MapInsights();
        api.MapStoryData();
        api.MapHouse();
        api.MapHall();
        app.MapHealth();
        app.Services.GetService<AssetShelf>()?.Map(app);
        app.MapOpenApi();
        app.MapPhoneLines();
        app.MapHub<WallHub>(Paths.WallHub, Transport);
        app.MapHub<ConsoleHub>(Paths.ConsoleHub, Transport);
    }

    private static void AddAuth(this IServiceCollection services, GatewayOptions options)
    {
        var keys = services.AddDataProtection().SetApplicationName("Orleans.Story");
        if (options.SharedKey is { } shared) keys.UseSharedKey(shared);
        else keys.PersistKeysToFileSystem(KeyFolder(options));
        services.AddSingleton<Tickets>();
        services.AddStaffDoor();
        services.AddSingleton<StaffAccounts>();
        services.AddSingleton<Films.DraftDesk>();
        services.AddSingleton<AuditNotes>();
        services.AddSingleton<StaffConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<StaffConnections>());
        services.AddSingleton<JoinGate>();
        services.AddSingleton<SignInGate>();
        services.AddSingleton<Origins>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, TicketHandler>(Policies.TicketScheme, null)
            .AddScheme<AuthenticationSchemeOptions, HouseTokenHandler>(Policies.HouseScheme, null)
            .AddCookie(Policies.StaffScheme, StaffCookie.Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Viewer, policy => policy
                .AddAuthenticationSchemes(Policies.TicketScheme).RequireAssertion(context => context.User.IsViewer()))
            .AddPolicy(Policies.Wall, policy => policy
                .AddAuthenticationSchemes(Policies.TicketScheme).RequireAssertion(context => context.User.IsWall()))
            .AddPolicy(Policies.Account, policy => policy.AddAuthenticationSchemes(Policies.StaffScheme).RequireAuthenticatedUser())
            .AddPolicy(Policies.Staff, policy => Settled(policy))
            .AddPolicy(Policies.House, policy => Settled(policy).AddAuthenticationSchemes(Policies.HouseScheme))
            .AddPolicy(Policies.Operator, policy => Settled(policy).RequireRole(Policies.Operator))
            .AddPolicy(Policies.Director, policy => Settled(policy).RequireRole(Policies.Director))
            .AddPolicy(Policies.Admin, policy => Settled(policy).RequireRole(Policies.Admin));
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in options.Proxies)
            {
                if (proxy.Contains('/', StringComparison.Ordinal)) forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                else forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            }
        });
    }

    /// <summary>Signed in with a password of one's own.</summary>
    private static AuthorizationPolicyBuilder Settled(AuthorizationPolicyBuilder policy) => policy
        .AddAuthenticationSchemes(Policies.StaffScheme).RequireAuthenticatedUser().RequireAssertion(context => !context.User.MustChange());

    private static void AddHubs(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = LongestFrame;
            hub.HandshakeTimeout = options.HandshakeWithin;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
            hub.ClientTimeoutInterval = options.SilentClient;
            // A change of mind must not wait for the receipt of the vote it replaces.
            hub.MaximumParallelInvocationsPerClient = 2;
            hub.StatefulReconnectBufferSize = 0;
            hub.AddFilter<Allowances>();
            hub.AddFilter<StaffCalls>();
        }).AddJsonProtocol(json => Json.Apply(json.PayloadSerializerOptions));
        services.Replace(ServiceDescriptor.Singleton<IHubProtocol, StrictProtocol>());
        services.AddSingleton<Allowances>();
        services.AddSingleton<StaffCalls>();
        services.AddSingleton<PhoneLines>();
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(CapturingLifetimeManager<>));
    }

    private static void Transport(HttpConnectionDispatcherOptions transport)
    {
        transport.Transports = HttpTransportType.WebSockets;
        transport.ApplicationMaxBufferSize = 2 * LongestFrame;
        transport.TransportMaxBufferSize = PipeBytes;
        transport.WebSockets.CloseTimeout = TimeSpan.FromSeconds(1);
    }

    /// <summary>Whoever reads the keys can forge any ticket, so the folder is its owner's alone.</summary>
    private static DirectoryInfo KeyFolder(GatewayOptions options)
    {
        var folder = new DirectoryInfo(Path.Combine(options.Data, "keys"));
        if (OperatingSystem.IsWindows()) folder.Create();
        else Directory.CreateDirectory(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}

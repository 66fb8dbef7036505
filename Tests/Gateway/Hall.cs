using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A real gateway on a real port, over grains that are plain objects.</summary>
internal sealed class Hall : IAsyncDisposable
{
    /// <summary>How long anything may take before a test gives up and says what it waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly string _data;

    private Hall(WebApplication app, FakeCluster fakes, string data)
    {
        (_app, Fakes, _data) = (app, fakes, data);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
    }

    /// <summary>The folder it keeps things in.</summary>
    public string Data => _data;

    public FakeCluster Fakes { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Tickets Tickets => Services.GetRequiredService<Tickets>();

    /// <summary>A session that is open, under the code JGYMDW.</summary>
    public SessionId Session { get; } = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(1));

    public FakeSession Show => Fakes.Session(Session);

    public FakeAudience Shard => Fakes.Audience(Session);

    public static async Task<Hall> Open(GatewayOptions? options = null, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var data = Directory.CreateTempSubdirectory("story-gateway-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var (client, fakes) = FakeCluster.Make();
        builder.Services.AddSingleton(client);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IHallSetup, PierFilms>();
        builder.Services.AddSingleton<AssetShelf>();
        more?.Invoke(builder.Services);
        // On a busy machine the first connection of all takes its time to shake hands; being too slow is Hostile's subject.
        builder.Services.AddGateway((options ?? new GatewayOptions()) with { Data = data, Port = 0, HandshakeWithin = TimeSpan.FromMinutes(1) });
        var app = builder.Build();
        app.UseGateway();
        await app.StartAsync();
        var hall = new Hall(app, fakes, data);
        hall.Fakes.Hall.Codes["JGYMDW"] = hall.Session;
        hall.Show.Stage = Stages.Voting(hall.Session);
        return hall;
    }

    /// <summary>A hub client with a ticket for a seat.</summary>
    public HubConnection Phone(int seat = 1, int sitting = 0) => Clients.Hub(Address, "/hubs/audience", Ticket(seat, sitting));

    /// <summary>A ticket for a seat.</summary>
    public string Ticket(int seat = 1, int sitting = 0) => Tickets.Issue(new ViewerTicket(Session, seat, ViewerId.New(), sitting)).Ticket;

    public HubConnection Wall() => Clients.Hub(Address, "/hubs/wall", Tickets.IssueWall(Session));

    /// <summary>The password that the first account has once <see cref="SignIn()"/> was called.</summary>
    public const string Password = "four plain words here";

    /// <summary>Signs the first account in, which changes its password the first time; the client keeps the cookie.</summary>
    public async Task<string> SignIn()
    {
        if (Fakes.Staff.Book.Find("operator")!.MustChange)
        {
            var printed = Services.GetRequiredService<HallOpening>().FirstPassword!;
            (await SignIn("operator", printed)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            using var changed = await Http.PostAsJsonAsync("/api/me/password", new PasswordRequest(printed, Password));
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        using var answer = await SignIn("operator", Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return StaffCookie(answer);
    }

    /// <summary>Tries to sign in with the client that keeps the cookie.</summary>
    public Task<HttpResponseMessage> SignIn(string name, string password) => Http.PostAsJsonAsync("/api/sign-in", new SignInRequest(name, password));

    /// <summary>The staff cookie that an answer sets.</summary>
    public static string StaffCookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("story-staff=", StringComparison.Ordinal));

    public void BeginToStop() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private sealed class PierFilms : IHallSetup
    {
        public Task<System.Collections.Immutable.ImmutableArray<string>> PublishFilms(CancellationToken stop) =>
            Task.FromResult<System.Collections.Immutable.ImmutableArray<string>>(["pier"]);
    }
}

/// <summary>Waits for something and says what, if it never comes.</summary>
internal static class Wait
{
    public static async Task For(string what, Func<bool> there)
    {
        using var patience = new CancellationTokenSource(Hall.Patience);
        while (!there())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited {Hall.Patience.TotalSeconds} s for {what}.");
            // Looks again soon; what it waits for decides, not how long it slept.
            await Task.Delay(5);
        }
    }

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Hall.Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Waited {Hall.Patience.TotalSeconds} s for {what}.", e);
        }
    }
}

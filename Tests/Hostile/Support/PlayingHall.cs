using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;

namespace Orleans.Story.Tests.Hostile.Support;

/// <summary>
/// The product itself on a free port: engine, storage in a fresh folder, the shipped film, a session with an open round
/// and an honest crowd that votes all the while; beside it a second session that nobody here has anything to do with.
/// </summary>
internal sealed class PlayingHall : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private readonly WebApplication app;
    private readonly string data;
    private readonly LogBook log;

    private PlayingHall(WebApplication app, HurriedClock clock, LogBook log, GatewayOptions options, string data)
    {
        (this.app, Clock, this.log, Options, this.data) = (app, clock, log, options, data);
        Address = new Uri($"http://127.0.0.1:{Microsoft.AspNetCore.Http.BindingAddress.Parse(app.Urls.First()).Port}");
        Counters = new Counters(app.Services);
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
    }

    public HurriedClock Clock { get; }

    public GatewayOptions Options { get; }

    public Uri Address { get; }

    public string Data => data;

    public Counters Counters { get; }

    public IReadOnlyCollection<string> Log => log.Lines;

    public HttpClient Http { get; }

    public HallSession Session { get; private set; } = null!;

    public HallSession Other { get; private set; } = null!;

    public HonestCrowd Crowd { get; private set; } = null!;

    public Witness Witness { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public IClusterClient Cluster => Services.GetRequiredService<IClusterClient>();

    public Tickets Tickets => Services.GetRequiredService<Tickets>();

    public string FirstPassword => Services.GetRequiredService<HallOpening>().FirstPassword!;

    /// <summary>The password the operator chose.</summary>
    public const string OwnPassword = "four plain words here";

    /// <summary>The cookie of the operator, who is signed in before anything hostile begins.</summary>
    public string StaffCookie { get; private set; } = "";

    public static async Task<PlayingHall> Open(Func<GatewayOptions, GatewayOptions>? configure = null, int phones = 16)
    {
        var folder = Directory.CreateTempSubdirectory("story-hostile-").FullName;
        var clock = new HurriedClock();
        var book = new LogBook();
        var options = new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = folder };
        if (configure is not null) options = configure(options);
        var gateway = GatewayHost.Build(options, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(book);
        await gateway.StartAsync();
        var hall = new PlayingHall(gateway, clock, book, options, folder);
        try
        {
            await hall.Start(phones);
            return hall;
        }
        catch
        {
            await hall.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tickets as another server would seal them.</summary>
    public Tickets Stranger() => new(new EphemeralDataProtectionProvider(), Options, TimeProvider.System);

    /// <summary>Tickets of this server that have lapsed.</summary>
    public Tickets Lapsed() => new(
        Services.GetRequiredService<IDataProtectionProvider>(),
        Options with { ViewerTicketLifetime = TimeSpan.FromHours(-1), WallTicketLifetime = TimeSpan.FromHours(-1) },
        Clock);

    public async Task<Watching> Look() => await Cluster.Session(Session.Session).Look() ?? throw new InvalidOperationException("No session.");

    /// <summary>Ends the round and compares what was decided with what the crowd and the guests hold receipts for.</summary>
    public async Task Verdict()
    {
        await Crowd.Stop();
        Crowd.Complaints.ShouldBeEmpty("every honest phone gets every receipt");
        Crowd.Receipts.ShouldBe(Crowd.Sent);
        Crowd.Receipts.ShouldBeGreaterThan(0);
        (await Witness.Complaints()).ShouldBeEmpty();
        StageChoice? decided = null;
        await Wait.For("the verdict", async () =>
        {
            var stage = (await Look()).Stage;
            if (stage.Round is { Round: 0, Decision: { } decision } over)
            {
                decided = new StageChoice(0, over.Question, over.Options, decision.Winner, decision.Counts, decision.Voters, decision.Abstained, [], []);
                return true;
            }

            // In steps: a session that finds itself minutes late takes it for a crash, and gives the audience more time.
            var left = stage.Round is { } round ? DateTimeOffset.FromUnixTimeMilliseconds(round.DeadlineMs) - Clock.GetUtcNow() : Step;
            Clock.Push(left > 4 * Step ? 3 * Step : Step / 5);
            return false;
        });
        var verdict = Crowd.Ledger.Compare(decided!);
        verdict.IsExact.ShouldBeTrue($"own {string.Join('/', verdict.Own)} of {verdict.OwnVoters}, decided {string.Join('/', verdict.Decided)} of {verdict.DecidedVoters}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Crowd is not null) await Crowd.DisposeAsync();
        Http.Dispose();
        Counters.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task Start(int phones)
    {
        Session = await Schedule();
        Other = await Schedule();
        await Operate(Session, OperatorAction.Open);
        await Operate(Other, OperatorAction.Open);
        await Operate(Session, OperatorAction.Start);
        await Wait.For("the round to open", async () =>
        {
            if ((await Look()).Stage.Round is { State: RoundState.Open }) return true;
            Clock.Push(Step);
            return false;
        });
        // Seated only now: phones that sat through the hurried beat would have been given up as silent.
        Crowd = new HonestCrowd(this);
        await Crowd.Seat(phones);
        await Crowd.Begin();
        StaffCookie = await SignIn();
        Witness = await Witness.Swear(this);
    }

    /// <summary>Signs in with the printed password and changes it, as everyone must.</summary>
    private async Task<string> SignIn()
    {
        using var signedIn = await Http.PostAsJsonAsync("/api/sign-in", new SignInRequest(StaffAccounts.FirstName, FirstPassword));
        using var change = new HttpRequestMessage(HttpMethod.Post, "/api/me/password") { Content = JsonContent.Create(new PasswordRequest(FirstPassword, OwnPassword)) };
        change.Headers.Add("Cookie", Cookie(signedIn));
        using var changed = await Http.SendAsync(change);
        return Cookie(changed);
    }

    private static string Cookie(HttpResponseMessage answer) =>
        answer.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("story-staff=", StringComparison.Ordinal)).Split(';')[0];

    private async Task<HallSession> Schedule()
    {
        var screenings = Services.GetRequiredService<Screenings>();
        var film = (await screenings.Films())[0];
        using var house = Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
        var scheduling = await screenings.Schedule(new ScreeningRequest(film.Film.Slug, film.LongestMinutes, "en", ["en"], 10_000, null, 120, 2));
        return scheduling.Session ?? throw new InvalidOperationException(scheduling.Refusal!.Code);
    }

    private async Task Operate(HallSession session, OperatorAction action)
    {
        using var house = Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
        (await Cluster.Session(session.Session).Operate(new OperatorCommand(action, "operator", "", 0, false))).Refusal.ShouldBeNull();
    }
}

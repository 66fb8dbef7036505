using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Tests.Grains.Support;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rehearsal;

/// <summary>
/// The program as a hall runs it, with a rehearsal from the console: a simulated audience comes in by the doors, plays, and of
/// all of it no row is left.
/// </summary>
public sealed class AudienceTests : IDisposable
{
    private const int Viewers = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly PaperFolder _paper = new();
    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("story-audience-");

    public void Dispose()
    {
        _data.Delete(recursive: true);
        _paper.Dispose();
    }

    [Theory]
    [InlineData("JoinCode")]
    [InlineData("SeatCode")]
    public async Task A_rehearsal_is_played_by_its_audience_and_leaves_nothing(string entry)
    {
        await using var app = await Open();
        using var http = await SignIn(app);
        var show = await Create(http, entry, rehearsal: false);
        var rehearsal = await Create(http, entry, rehearsal: true);
        var before = Traces.Of(_data.FullName, show).Where(row => !row.StartsWith("grain_state", StringComparison.Ordinal)).ToList();

        await Operate(app, rehearsal, OperatorAction.Open);
        await Until(app, rehearsal, stage => stage is { Seated: Viewers, Present: Viewers }, "everybody to be seated");
        Traces.Of(_data.FullName, rehearsal).ShouldNotBeEmpty();
        (await http.GetFromJsonAsync<ScreeningRow[]>("/api/sessions", Json.Options))!.Single(row => row.Session == rehearsal).Terms.Rehearsal.ShouldBeTrue();
        await Operate(app, rehearsal, OperatorAction.Start);
        await Until(app, rehearsal, stage => stage.Round?.Decision is { Voters: > 0 }, "a decision with votes");
        await Operate(app, rehearsal, OperatorAction.End);
        await Gone(app, rehearsal);

        Traces.Of(_data.FullName, rehearsal).ShouldBeEmpty();
        Traces.Of(_data.FullName, show).Where(row => !row.StartsWith("grain_state", StringComparison.Ordinal)).ShouldBe(before);
        (await http.GetFromJsonAsync<ScreeningRow[]>("/api/sessions", Json.Options))!.Select(row => row.Session).ShouldBe([show]);
        foreach (var left in new[] { "record", "recording.json" })
            (await http.GetAsync($"/api/sessions/{rehearsal}/{left}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_an_earlier_process_left_of_a_rehearsal_is_removed_at_the_start()
    {
        SessionId left;
        await using (var app = await Open())
        {
            // By the grains alone, so that nobody of this process plays or removes it.
            using var house = app.Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
            var scheduling = await app.Services.GetRequiredService<Screenings>().Schedule(Request("JoinCode", rehearsal: true) with { Viewers = 0 });
            left = scheduling.Session.ShouldNotBeNull().Session;
            await Operate(app, left, OperatorAction.Open);
            await app.StopAsync();
        }

        Traces.Of(_data.FullName, left).ShouldNotBeEmpty();
        await using var again = await Open();
        Traces.Of(_data.FullName, left).ShouldBeEmpty();
        (await again.Services.GetRequiredService<IClusterClient>().Hall().Sessions()).ShouldBeEmpty();
        await again.StopAsync();
    }

    private async Task<WebApplication> Open()
    {
        var app = GatewayHost.Build(
            new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = _data.FullName },
            builder =>
            {
                builder.Configuration["Story:Films"] = Path.GetDirectoryName(_paper.Folder);
                builder.Services.AddSingleton<TimeProvider>(_clock);
            });
        await app.StartAsync();
        app.Services.GetRequiredService<HallAddress>().ListensOn(Address(app).Port);
        return app;
    }

    private static Uri Address(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Signs in with the printed password and changes it, as everyone must.</summary>
    private static async Task<HttpClient> SignIn(WebApplication app)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address(app) };
        var printed = app.Services.GetRequiredService<HallOpening>().FirstPassword!;
        using var answer = await http.PostAsJsonAsync("/api/sign-in", new SignInRequest("operator", printed));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var changed = await http.PostAsJsonAsync("/api/me/password", new PasswordRequest(printed, "four plain words here"));
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return http;
    }

    private static ScreeningRequest Request(string entry, bool rehearsal) => new(
        "paper", 3, "en", ["en"], 40, nameof(VotingRule.Plurality), 10, 3, Entry: entry, Rehearsal: rehearsal, Viewers: rehearsal ? Viewers : 0);

    private static async Task<SessionId> Create(HttpClient http, string entry, bool rehearsal)
    {
        using var answer = await http.PostAsJsonAsync("/api/sessions", Request(entry, rehearsal), Json.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<HallSession>(Json.Options))!.Session;
    }

    private static async Task Operate(WebApplication app, SessionId session, OperatorAction action)
    {
        using var house = app.Services.GetRequiredService<StaffDoor>().SpeakAsHouse();
        (await app.Services.GetRequiredService<IClusterClient>().Session(session).Operate(new OperatorCommand(action, "operator", "", 0, false))).Refusal.ShouldBeNull();
    }

    private async Task Until(WebApplication app, SessionId session, Func<Stage, bool> wanted, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!wanted((await app.Services.GetRequiredService<IClusterClient>().Session(session).Look()).ShouldNotBeNull().Stage))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"waited {Patience.TotalSeconds} s for {what}");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            // Sockets take real time; what it waits for decides, not how long it slept.
            await Task.Delay(10);
        }
    }

    private async Task Gone(WebApplication app, SessionId session)
    {
        using var patience = new CancellationTokenSource(Patience);
        var hall = app.Services.GetRequiredService<IClusterClient>().Hall();
        while ((await hall.Sessions()).Any(known => known.Session == session))
        {
            patience.IsCancellationRequested.ShouldBeFalse($"waited {Patience.TotalSeconds} s for the rehearsal to be gone");
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10);
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.House;
using Orleans.Story.Rules.House;

namespace Orleans.Story.Tests.Gateway;

/// <summary>All screenings at once: who may look, what is gathered for how much, and what rings.</summary>
public sealed class HouseTests
{
    private const string Token = "read-only-7Yq2w9Xk4VbT1nZs";

    private static readonly GatewayOptions Open = new() { House = new HouseOptions { ReadToken = Token } };

    [Fact]
    public async Task Only_staff_and_whoever_brings_the_token_may_look_and_the_token_opens_nothing_else()
    {
        await using var hall = await Hall.Open(Open);
        (await Ask(hall, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, Token[..^1])).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, Token + "x")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, "")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, hall.Ticket())).ShouldBe(HttpStatusCode.Unauthorized, "a viewer's ticket is no token");
        (await Ask(hall, Token)).ShouldBe(HttpStatusCode.OK);
        foreach (var path in (string[])["/api/sessions", "/api/me", "/api/films", $"/api/sessions/{hall.Session}/insights.json", $"/api/sessions/{hall.Session}/seats"])
            (await Ask(hall, Token, path)).ShouldBe(HttpStatusCode.Unauthorized, path);
        await hall.SignIn();
        (await hall.Http.GetAsync("/api/house")).StatusCode.ShouldBe(HttpStatusCode.OK);
        hall.Fakes.Staff.Give("director");
        await hall.SignIn();
        (await hall.Http.GetAsync("/api/house")).StatusCode.ShouldBe(HttpStatusCode.OK, "whatever the role");
    }

    [Fact]
    public async Task A_house_without_a_token_lets_only_staff_look()
    {
        await using var hall = await Hall.Open();
        (await Ask(hall, Token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, "")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_leaves_names_no_person_and_no_code()
    {
        await using var hall = await Hall.Open(Open);
        hall.Show.Secret = "5ecre7";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/house");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await hall.Http.SendAsync(request);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain(hall.Session.ToString());
        foreach (var secret in (string[])["JGYMDW", "operator", "5ecre7", Token]) body.ShouldNotContain(secret, Case.Insensitive);
    }

    [Fact]
    public async Task Mishaps_ring_with_since_when_and_the_mend_and_the_gravest_session_comes_first()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var journal = new Journal(new JournalHealth(JournalState.Failing, JournalTrouble.DiskFull, Text.Both("Make room.", "请腾出空间。"), now - 9000, 1, 0, 1));
        await using var hall = await Hall.Open(Open, more: services => services.AddSingleton<ILocalJournal>(journal).AddSingleton(new FreeSpace(() => 50L << 20)));
        var calm = Stages.Glance(Stages.Voting(hall.Session));
        hall.Show.Seen = calm;
        Add(hall, 2, calm with { Phase = SessionPhase.Paused, PausedMs = now - 400_000 });
        var lost = Add(hall, 3, calm with { Holds = true, Health = new SessionHealth(0, 2, 0, 0, journal.Now, Walls: 0, WallLostMs: now - 61_000) });

        var house = await House(hall);

        house.Alarms.Select(alarm => alarm.Kind).ShouldBe([AlarmKind.JournalFailing, AlarmKind.DiskLow]);
        house.Alarms[0].SinceMs.ShouldBe(now - 9000);
        house.Alarms[0].Mend.In("zh").ShouldBe("请腾出空间。");
        house.Alarms[1].Level.ShouldBe(AlarmLevel.Grave);
        house.Sessions[0].ShouldSatisfyAllConditions(
            tile => tile.Session.Session.ShouldBe(lost),
            tile => tile.Alarms.Select(alarm => alarm.Kind).ShouldBe([AlarmKind.WallLost], "the journal is the hall's, and said once"),
            tile => tile.Alarms[0].SinceMs.ShouldBe(now - 61_000));
        house.Sessions[1].Alarms.Single().Kind.ShouldBe(AlarmKind.PausedLong);
        house.Sessions[2].Alarms.ShouldBeEmpty();

        // The mend works: what is well again rings no more.
        journal.Now = journal.Now with { State = JournalState.Well };
        hall.Fakes.Session(lost).Seen = calm with { Session = lost };
        (await House(hall, again: true)).ShouldSatisfyAllConditions(
            mended => mended.Alarms.Select(alarm => alarm.Kind).ShouldBe([AlarmKind.DiskLow]),
            mended => mended.Sessions.Sum(tile => tile.Alarms.Length).ShouldBe(1));
    }

    [Fact]
    public async Task A_hundred_who_look_cost_no_more_than_one_and_an_ended_show_is_not_asked_again()
    {
        await using var hall = await Hall.Open(Open);
        var asked = new Counted();
        for (var n = 2; n < 90; n++) Add(hall, n, Stages.Glance(Stages.Voting(hall.Session)));
        var ended = Add(hall, 90, Stages.Glance(Stages.Lobby(hall.Session) with { Phase = SessionPhase.Ended }));
        foreach (var session in hall.Fakes.Hall.Codes.Values) hall.Fakes.Session(session).Glanced = () => asked.Add(session);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => hall.Services.GetRequiredService<HouseFeed>().Hall()));
        asked.Total.ShouldBe(50, "the newest fifty, once");
        var gatherer = hall.Services.GetRequiredService<HouseGatherer>();
        for (var pass = 0; pass < 3; pass++) (await gatherer.Gather(CancellationToken.None)).Sessions.Length.ShouldBeLessThanOrEqualTo(50);
        asked.Of(ended).ShouldBeLessThanOrEqualTo(1);
        asked.Total.ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public async Task A_session_that_is_silent_is_shown_as_it_was_and_keeps_nobody_waiting()
    {
        await using var hall = await Hall.Open(Open);
        var gatherer = hall.Services.GetRequiredService<HouseGatherer>();
        (await gatherer.Gather(CancellationToken.None)).Sessions.Single().Answers.ShouldBeTrue();
        hall.Show.Mute = new TaskCompletionSource().Task;
        var silent = (await gatherer.Gather(CancellationToken.None).Within("a pass over a silent session")).Sessions.Single();
        (silent.Answers, silent.Session.Session).ShouldBe((false, hall.Session));
        hall.Show.Mute = Task.FromException(new TimeoutException());
        (await gatherer.Gather(CancellationToken.None)).Sessions.Single().Answers.ShouldBeFalse();
    }

    [Fact]
    public async Task A_console_sees_the_house_beside_its_session_and_goes_on_seeing_it()
    {
        await using var hall = await Hall.Open(Open);
        var cookie = (await hall.SignIn()).Split(';')[0];
        await using var console = Clients.Hub(hall.Address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie));
        var pushed = new TaskCompletionSource<HouseNow>(TaskCreationOptions.RunContinuationsAsynchronously);
        console.On<HouseNow>("house", house =>
        {
            if (house.Here.Sessions[0].Session.Dark) pushed.TrySetResult(house);
        });
        await console.StartAsync();
        (await console.InvokeAsync<HouseNow>("WatchHouse")).Here.Sessions.Single().Session.Session.ShouldBe(hall.Session);
        // To choose a session keeps the house.
        await console.InvokeAsync<object>("Watch", new { session = hall.Session.ToString() });
        hall.Show.Seen = Stages.Glance(hall.Show.Stage!) with { Dark = true };
        (await pushed.Task.Within("the house to be pushed")).Here.Sessions.Length.ShouldBe(1);

        await using var stranger = Clients.Hub(hall.Address, "/hubs/console", null);
        await Should.ThrowAsync<Exception>(() => stranger.StartAsync());
        await using var phone = hall.Phone();
        await phone.StartAsync();
        await Should.ThrowAsync<Exception>(() => phone.InvokeAsync<HouseNow>("WatchHouse"));
    }

    [Theory]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=https://two.example;Halls:0:Token=" + Token, null)]
    [InlineData("ReadToken=short", "ReadToken")]
    [InlineData("ReadToken=with a blank in the middle of it", "ReadToken")]
    [InlineData("Halls:0:Name=;Halls:0:Url=https://two.example;Halls:0:Token=" + Token, "Name")]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=ftp://two.example;Halls:0:Token=" + Token, "Url")]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=https://a:b@two.example;Halls:0:Token=" + Token, "Url")]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=https://two.example/api;Halls:0:Token=" + Token, "Url")]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=https://two.example;Halls:0:Token=x", "Token")]
    [InlineData("Halls:0:Name=Two;Halls:0:Url=https://two.example", "Token")]
    public void What_cannot_be_meant_is_refused_at_the_start_in_one_sentence(string settings, string? about)
    {
        var house = new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';').Select(one => one.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
        if (about is null) HouseOptions.From(house).Halls.Single().ToString().ShouldNotContain(Token);
        else Should.Throw<IOException>(() => HouseOptions.From(house)).Message.ShouldContain(about);
    }

    private static SessionId Add(Hall hall, int n, SessionGlance glance)
    {
        var session = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(n));
        hall.Fakes.Hall.Codes[$"CODE{n:00}"] = session;
        hall.Fakes.Session(session).Seen = glance with { Session = session };
        return session;
    }

    /// <summary>The house as it leaves; <paramref name="again"/> once what was gathered before is too old.</summary>
    private static async Task<HouseHall> House(Hall hall, bool again = false)
    {
        if (again) return await hall.Services.GetRequiredService<HouseGatherer>().Gather(CancellationToken.None);
        hall.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return (await hall.Http.GetFromJsonAsync<HouseHall>("/api/house", Json.Options))!;
    }

    private static async Task<HttpStatusCode> Ask(Hall hall, string? token, string path = "/api/house")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await hall.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private sealed class Journal(JournalHealth now) : ILocalJournal
    {
        public JournalHealth Now { get; set; } = now;
    }

    private sealed class Counted
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<SessionId, int> _asked = new();

        public int Total => _asked.Values.Sum();

        public void Add(SessionId session) => _asked.AddOrUpdate(session, 1, (_, before) => before + 1);

        public int Of(SessionId session) => _asked.GetValueOrDefault(session);
    }
}

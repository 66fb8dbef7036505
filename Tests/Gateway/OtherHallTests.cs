using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.House;
using Orleans.Story.Rules.House;
using Orleans.Story.Tests.Hostile.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A chain looks at many halls, of which some are down, slow or lying: each is shown as what it is, and the others do not notice.</summary>
public sealed class OtherHallTests
{
    private const string Token = "another-halls-token-4VbT1nZs";
    private static readonly SessionId Session = SessionId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_hall_that_answers_is_shown_as_it_answers_and_is_asked_with_its_token()
    {
        string? brought = null;
        await using var other = await Fake(context =>
        {
            brought = context.Request.Headers.Authorization + " " + context.Request.Path;
            return Answer(context, JsonSerializer.Serialize(Well(), Json.Options));
        });
        using var halls = Watch(other.Urls.First());
        (await Settled(halls)).ShouldSatisfyAllConditions(
            hall => hall.Trouble.ShouldBe(HallTrouble.None), hall => hall.Hall!.Sessions.Single().Session.Session.ShouldBe(Session), hall => hall.Name.ShouldBe("Two"));
        brought.ShouldBe($"Bearer {Token} /api/house");
    }

    [Fact]
    public async Task One_real_hall_sees_another()
    {
        await using var other = await Hall.Open(new GatewayOptions { House = new HouseOptions { ReadToken = Token } });
        using var right = Watch(other.Address.ToString());
        (await Settled(right)).Hall!.Sessions.Single().Session.Session.ShouldBe(other.Session);
        using var wrong = Watch(other.Address.ToString(), "no-such-token-0000000000000");
        (await Settled(wrong)).Trouble.ShouldBe(HallTrouble.Refused);
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "not json", "hello" },
        { "null", "null" },
        { "another object", "{}" },
        { "no sessions", """{"nowMs":1,"alarms":[],"sessions":null}""" },
        { "an empty tile", """{"nowMs":1,"alarms":[],"sessions":[null]}""" },
        { "a tile of nothing", """{"nowMs":1,"alarms":[],"sessions":[{"session":null,"answers":true,"alarms":[]}]}""" },
        { "an unknown alarm", """{"nowMs":1,"alarms":[{"kind":"Rats","level":"Grave","sinceMs":1,"what":{"en":"x"},"mend":{"en":"y"}}],"sessions":[]}""" },
        { "an alarm without words", """{"nowMs":1,"alarms":[{"kind":"DiskLow","level":"Grave","sinceMs":1}],"sessions":[]}""" },
        { "a bottomless one", string.Concat(Enumerable.Repeat("[", 5000)) },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_is_no_answer_of_a_hall_is_said_to_be_none(string what, string body)
    {
        await using var other = await Fake(context => Answer(context, body));
        using var halls = Watch(other.Urls.First());
        (await Settled(halls)).ShouldSatisfyAllConditions(hall => hall.Trouble.ShouldBe(HallTrouble.Unreadable, what), hall => hall.Hall.ShouldBeNull());
    }

    [Fact]
    public async Task An_endless_answer_is_hung_up_on_and_not_waited_for()
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var other = await Fake(async context =>
        {
            context.RequestAborted.Register(() => hungUp.TrySetResult());
            var piece = new byte[64 * 1024];
            // It ends only because nobody listens any more.
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(piece);
        });
        // This clock stands: patience never ends, so that only the size can.
        using var halls = Watch(other.Urls.First(), time: new Support.ManualClock());
        (await Settled(halls)).Trouble.ShouldBe(HallTrouble.Unreadable);
        await hungUp.Task.WaitAsync(Hall.Patience);
    }

    [Fact]
    public async Task Long_words_are_cut_and_too_many_sessions_left_out()
    {
        var long_ = new string('x', 100_000);
        var tile = Well().Sessions[0];
        var many = Well() with
        {
            Sessions = [.. Enumerable.Repeat(tile with { Session = tile.Session with { Title = Text.Of("en", "The Pier") } }, 70)],
            Alarms = [new Alarm(AlarmKind.DiskLow, AlarmLevel.Grave, 1, Text.Of("en", long_), Text.Of("en", "y"))],
        };
        await using var other = await Fake(context => Answer(context, JsonSerializer.Serialize(many, Json.Options)));
        using var halls = Watch(other.Urls.First());
        var hall = (await Settled(halls)).Hall!;
        hall.Sessions.Length.ShouldBe(50);
        hall.Alarms[0].What.Words.Length.ShouldBe(300);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var followed = false;
        await using var trap = await Fake(context =>
        {
            followed = true;
            return Answer(context, JsonSerializer.Serialize(Well(), Json.Options));
        });
        await using var other = await Fake(context =>
        {
            context.Response.Redirect(trap.Urls.First() + "/api/house");
            return Task.CompletedTask;
        });
        using var halls = Watch(other.Urls.First());
        (await Settled(halls)).Trouble.ShouldBe(HallTrouble.Unreadable);
        followed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_hall_that_is_down_or_slow_is_silent_and_is_shown_as_it_was_until_it_is_back()
    {
        using var nowhere = Watch("http://127.0.0.1:9");
        (await Settled(nowhere)).Trouble.ShouldBe(HallTrouble.NoAnswer);

        var clock = new HurriedClock();
        var slow = false;
        var asked = 0;
        await using var other = await Fake(async context =>
        {
            Interlocked.Increment(ref asked);
            if (slow) await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            await Answer(context, JsonSerializer.Serialize(Well(), Json.Options));
        });
        using var halls = Watch(other.Urls.First(), time: clock);
        (await Settled(halls)).Trouble.ShouldBe(HallTrouble.None);
        slow = true;
        clock.Push(TimeSpan.FromSeconds(5));
        halls.Ask();
        await Wait.For("the second question", () => Volatile.Read(ref asked) == 2);
        halls.Ask();
        halls.Now[0].Trouble.ShouldBe(HallTrouble.None, "nothing is known yet, and nobody asks twice");
        clock.Push(TimeSpan.FromSeconds(4));
        await Wait.For("patience to end", () => halls.Now[0].Trouble == HallTrouble.NoAnswer);
        halls.Now[0].Hall.ShouldNotBeNull("as it was");
        asked.ShouldBe(2);
        slow = false;
        clock.Push(TimeSpan.FromSeconds(5));
        halls.Ask();
        await Wait.For("the hall to be back", () => halls.Now[0].Trouble == HallTrouble.None);
    }

    private static HouseHall Well() => new(
        7, [], JournalState.Well, 1, 1L << 40,
        [new HouseTile(Stages.Glance(Stages.Lobby(Session)), true, [])]);

    private static OtherHalls Watch(string url, string token = Token, TimeProvider? time = null) =>
        new(new GatewayOptions { House = new HouseOptions { Halls = [new HallToWatch("Two", new Uri(url), token)] } }, time ?? TimeProvider.System);

    private static async Task<OtherHall> Settled(OtherHalls halls)
    {
        halls.Ask();
        await Wait.For("an answer or none", () => halls.Now[0].Trouble != HallTrouble.NotAsked);
        return halls.Now[0];
    }

    private static Task Answer(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<WebApplication> Fake(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Gateway.Preflight;
using Orleans.Story.Rules.Preflight;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>The check before a show, from the console's call to the wall's picture and back.</summary>
public sealed class PreflightTests
{
    [Fact]
    public async Task Only_operators_check_and_only_sessions_that_there_are()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetAsync($"/api/sessions/{hall.Session}/preflight")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hall.Http.PostAsJsonAsync($"/api/sessions/{hall.Session}/test-picture", new TestPictureRequest(true, true))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hall.Http.PostAsync($"/api/sessions/{hall.Session}/heard", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await hall.SignIn();
        (await hall.Http.GetAsync($"/api/sessions/{SessionId.New(DateTimeOffset.UnixEpoch)}/preflight")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hall.Http.GetAsync($"/api/sessions/{hall.Session}/preflight?only=Walls")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_hall_in_which_nothing_was_done_is_not_ready_and_says_what_to_do()
    {
        await using var hall = await Scheduled();
        hall.Fakes.Pool.Live = [];
        var report = await Check(hall);
        report.Ready.ShouldBeFalse();
        report.Checks.Select(check => check.Item).ShouldBe(Enum.GetValues<PreflightItem>());
        report.Checks[0].ShouldSatisfyAllConditions(
            check => check.Verdict.ShouldBe(Readiness.Red),
            check => check.Mend!.In("zh").ShouldContain("打开大银幕"));
        report.Checks.Single(check => check.Item == PreflightItem.Disk).Says.Words.ShouldContain("free");
        report.Checks.Single(check => check.Item == PreflightItem.Writer).Verdict.ShouldBe(Readiness.Red);
    }

    [Fact]
    public async Task The_picture_reaches_the_wall_and_its_report_the_check_and_a_show_takes_it_off()
    {
        await using var hall = await Scheduled();
        await using var wall = hall.Wall();
        var pictures = new System.Collections.Concurrent.ConcurrentQueue<TestPicture>();
        wall.On<TestPicture>("test", pictures.Enqueue);
        await wall.StartAsync();
        (await wall.InvokeAsync<WallNow>("Now")).Test.ShouldBeNull();

        await Picture(hall, on: true, tone: true);
        await Wait.For("the picture", () => !pictures.IsEmpty);
        pictures.TryDequeue(out var picture).ShouldBeTrue();
        (picture!.Tone, picture.Phase).ShouldBe((true, SessionPhase.Scheduled));
        var up = (await wall.InvokeAsync<WallNow>("Now")).Test.ShouldNotBeNull();
        (up.N, up.Tone).ShouldBe((picture.N, false), "a wall that comes later shows it and does not sound");

        (await Check(hall, "Wall,Sound")).Checks.Select(check => check.Verdict).ShouldBe([Readiness.Amber, Readiness.Amber]);
        await wall.InvokeAsync("Tested", new TestReport(picture.N, "Running", false, -9.3, 12, 1920, 1080));
        (await Check(hall, "Wall,Sound")).Checks.Select(check => check.Verdict).ShouldBe([Readiness.Green, Readiness.Amber]);
        (await hall.Http.PostAsync($"/api/sessions/{hall.Session}/heard", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Check(hall, "Wall,Sound")).Checks.Select(check => check.Verdict).ShouldBe([Readiness.Green, Readiness.Green]);

        await wall.InvokeAsync("Tested", new TestReport(picture.N + 1, "Asleep", false, -9.3, 12, 1920, 1080));
        await wall.InvokeAsync("Tested", new TestReport(picture.N, "Loud", false, double.MaxValue, 12, 0, 1080));
        (await Check(hall, "Sound")).Checks.Single().Verdict.ShouldBe(Readiness.Green, "what makes no sense changes nothing");

        var voting = Stages.Voting(hall.Session, seq: 9);
        hall.Show.Stage = voting;
        await hall.Show.Observer!.StageChanged(voting);
        await Wait.For("the show", () => Now(hall)?.Phase == SessionPhase.Playing);
        (await wall.InvokeAsync<WallNow>("Now")).Test.ShouldBeNull();
        var refused = await hall.Http.PostAsJsonAsync($"/api/sessions/{hall.Session}/test-picture", new TestPictureRequest(true, false));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe("wrong-phase");
    }

    [Fact]
    public async Task A_writer_is_tried_where_it_is_asked_about()
    {
        await using var hall = await Scheduled();
        hall.Fakes.Pool.Live = [new WorkerLease("w", "storylet", 4, 2)];
        (await Check(hall, "Writer")).Checks.Single().ShouldSatisfyAllConditions(
            check => check.Verdict.ShouldBe(Readiness.Amber), check => check.Says.Words.ShouldContain("lost this session's film", Case.Insensitive));

        hall.Show.Trial = new BeatOrder(Stages.Film.Film, null!, ["en"], WritePriority.Live, 0);
        (await Check(hall, "Writer")).Checks.Single().Verdict.ShouldBe(Readiness.Green);
        hall.Fakes.Worker("w").Answer = new WriteTrial("openai", 5_000, "The deadline came.");
        (await Check(hall, "Writer")).Checks.Single().Verdict.ShouldBe(Readiness.Amber);
    }

    [Fact]
    public async Task This_machine_is_no_phone_and_a_console_with_a_wrong_clock_is_told()
    {
        await using var hall = await Scheduled();
        await hall.Http.GetAsync("/api/echo?ms=3");
        await hall.Http.GetAsync("/");
        (await Check(hall, "Network")).Checks.Single().Verdict.ShouldNotBe(Readiness.Green);
        (await Check(hall, "Clock", offset: 90_000)).Checks.Single().Verdict.ShouldBe(Readiness.Amber);
        (await Check(hall, "Clock", offset: 90)).Checks.Single().Verdict.ShouldBe(Readiness.Green);
    }

    [Fact]
    public async Task A_device_counts_with_its_measure_and_while_it_holds_a_line()
    {
        var clock = new ManualClock();
        var devices = new HallDevices(clock);
        devices.Saw(IPAddress.Loopback, 1);
        devices.Saw(null);
        devices.Newest.SeenMs.ShouldBe(0);

        var phone = IPAddress.Parse("203.0.113.7");
        devices.Saw(phone, 8.5);
        devices.Saw(phone.MapToIPv6(), double.NaN);
        devices.Newest.ShouldBe((clock.NowMs, "203.0.113.7", 8.5));

        var line = new TaskCompletionSource();
        var held = devices.Hold(phone, () => line.Task);
        clock.Advance(TimeSpan.FromHours(1));
        devices.Newest.SeenMs.ShouldBe(clock.NowMs, "it is here now");
        line.SetResult();
        await held;
        var left = clock.NowMs;
        clock.Advance(TimeSpan.FromHours(1));
        devices.Newest.SeenMs.ShouldBe(left);
    }

    [Fact]
    public void A_clock_that_was_set_is_told_once()
    {
        var clock = new SteppingClock();
        var watch = new ClockWatch(clock);
        clock.Pass(TimeSpan.FromHours(1));
        watch.Stepped().ShouldBe(0);
        clock.Set(TimeSpan.FromMinutes(-3));
        clock.Pass(TimeSpan.FromMinutes(1));
        watch.Stepped().ShouldBe(-180_000);
        watch.Stepped().ShouldBe(0);
    }

    private static async Task<Hall> Scheduled()
    {
        var hall = await Hall.Open();
        hall.Show.Stage = Stages.Lobby(hall.Session) with { Phase = SessionPhase.Scheduled };
        await hall.SignIn();
        return hall;
    }

    private static Stage? Now(Hall hall) => hall.Services.GetRequiredService<Orleans.Story.Gateway.Fanout.SessionFeeds>().Of(hall.Session).Present?.Stage;

    private static async Task<PreflightReport> Check(Hall hall, string? only = null, double? offset = null)
    {
        var query = string.Join('&', new[] { only is null ? null : $"only={only}", offset is null ? null : FormattableString.Invariant($"offset={offset}") }.OfType<string>());
        using var answer = await hall.Http.GetAsync($"/api/sessions/{hall.Session}/preflight?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<PreflightReport>(Json.Options))!;
    }

    private static async Task Picture(Hall hall, bool on, bool tone) =>
        (await hall.Http.PostAsJsonAsync($"/api/sessions/{hall.Session}/test-picture", new TestPictureRequest(on, tone))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    /// <summary>A clock whose hands somebody moves while its spring runs on.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private DateTimeOffset _day = DateTimeOffset.UnixEpoch.AddYears(56);
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => (_day, _ticks) = (_day + time, _ticks + time.Ticks);

        public void Set(TimeSpan by) => _day += by;

        public override DateTimeOffset GetUtcNow() => _day;

        public override long GetTimestamp() => _ticks;
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class AccountTests
{
    private const string Own = "my own long password";

    [Fact]
    public async Task A_printed_password_opens_one_door_the_one_where_it_is_changed()
    {
        await using var hall = await Hall.Open();
        var printed = hall.Services.GetRequiredService<HallOpening>().FirstPassword!;
        (await hall.SignIn("operator", printed)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hall.Http.GetFromJsonAsync<Me>("/api/me", Json.Options))!.MustChange.ShouldBeTrue();
        foreach (var path in (string[])["/api/films", "/api/sessions", "/api/accounts", "/api/audit"]) (await Code(await hall.Http.GetAsync(path))).ShouldBe("change-password", path);

        (await Change(hall.Http, "not it", Own)).ShouldBe("wrong-password");
        (await Change(hall.Http, printed, "short")).ShouldBe("weak-password");
        (await Change(hall.Http, printed, printed)).ShouldBe("weak-password");
        (await Change(hall.Http, printed, Own)).ShouldBeNull();
        (await hall.Http.GetFromJsonAsync<Me>("/api/me", Json.Options))!.MustChange.ShouldBeFalse("this browser goes on");
        (await hall.Http.GetAsync("/api/films")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await hall.SignIn("operator", printed))).ShouldBe("wrong-password");
        (await hall.SignIn("operator", Own)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_demo_password_need_not_be_changed()
    {
        await using var hall = await Hall.Open(new GatewayOptions { Demo = true });
        (await hall.SignIn("operator", hall.Services.GetRequiredService<HallOpening>().FirstPassword!)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hall.Http.GetAsync("/api/films")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_admin_makes_changes_and_removes_accounts_and_never_the_last_admin()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        var ana = await Made(hall, "Ana", "operator");
        ana.Name.ShouldBe("ana");
        (await hall.Http.GetFromJsonAsync<StaffCard[]>("/api/accounts", Json.Options))!.Select(card => $"{card.Name} {string.Join('+', card.Roles)} {card.MustChange}")
            .ShouldBe(["ana operator True", "operator operator+director+admin False"]);
        (await hall.Http.GetStringAsync("/api/accounts")).ShouldNotContain("hash", Case.Insensitive);

        using var guest = Client(hall);
        (await guest.PostAsJsonAsync("/api/sign-in", new SignInRequest("ana", ana.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Change(guest, ana.Password, Own)).ShouldBeNull();
        (await guest.GetAsync("/api/films")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in (string[])["/api/accounts", "/api/audit", "/api/audit.csv"]) (await Code(await guest.GetAsync(path))).ShouldBe("not-allowed", path);
        (await Code(await guest.PostAsJsonAsync("/api/accounts", new { name = "eve", roles = new[] { "admin" } }))).ShouldBe("not-allowed");

        (await Post(hall, "accounts", new { name = "ana", roles = new[] { "operator" } })).ShouldBe("account-exists");
        (await Post(hall, "accounts", new { name = "two words", roles = new[] { "operator" } })).ShouldBe("bad-account");
        (await Post(hall, "accounts", new { name = "bo", roles = new[] { "house" } })).ShouldBe("bad-account");
        (await Post(hall, "accounts/operator/remove", new { })).ShouldBe("last-admin");
        (await Post(hall, "accounts/operator/roles", new { roles = new[] { "operator" } })).ShouldBe("last-admin");
        (await Post(hall, "accounts/nobody/remove", new { })).ShouldBe("no-account");
        (await Post(hall, "accounts/ana/remove", new { reason = "two\nlines" })).ShouldBe("bad-command");

        (await Post(hall, "accounts/ana/roles", new { roles = new[] { "director" }, reason = "she writes now" })).ShouldBeNull();
        (await Code(await guest.GetAsync("/api/films"))).ShouldBe("sign-in", "other roles end the sign-in");
        (await guest.PostAsJsonAsync("/api/sign-in", new SignInRequest("ana", Own))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Post(hall, "accounts/ana/remove", new { reason = "left" })).ShouldBeNull();
        (await Code(await guest.GetAsync("/api/films"))).ShouldBe("sign-in", "and so does leaving");
        (await Code(await guest.PostAsJsonAsync("/api/sign-in", new SignInRequest("ana", Own)))).ShouldBe("wrong-password");
    }

    [Theory]
    [InlineData("roles")]
    [InlineData("password")]
    [InlineData("remove")]
    public async Task An_open_console_closes_as_soon_as_its_account_is_changed_here(string what)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        await using var console = await Console(hall, await Made(hall, "ana", "operator"));
        var closed = Closed(console);
        (await Post(hall, $"accounts/ana/{what}", new { roles = new[] { "director" } })).ShouldBeNull();
        await closed.Within("the console to close");
    }

    [Fact]
    public async Task A_console_whose_account_was_changed_elsewhere_closes_within_the_half_minute_and_gives_no_command_before()
    {
        var clock = new ManualClock();
        await using var hall = await Hall.Open(time: clock);
        await hall.SignIn();
        var hand = await Made(hall, "ana", "operator");
        await using var idle = await Console(hall, hand);
        await using var busy = await Console(hall, hand, signedIn: true);
        var (idleClosed, busyClosed) = (Closed(idle), Closed(busy));
        await hall.Fakes.Staff.SetRoles("ana", ["director"], "another process");

        // The answer and the end of the connection race each other; neither is a command that was given.
        await Should.ThrowAsync<Exception>(() => busy.InvokeAsync<Answer>("Operate", Pause(hall)));
        hall.Show.Commands.ShouldBeEmpty();
        await busyClosed.Within("the busy console to close");
        idle.State.ShouldBe(HubConnectionState.Connected);
        await Wait.For("the idle console to close", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return idleClosed.IsCompleted;
        });
    }

    [Fact]
    public async Task A_sign_in_lasts_sixteen_hours_however_much_it_is_used()
    {
        var clock = new ManualClock();
        await using var hall = await Hall.Open(time: clock);
        await hall.SignIn();
        for (var hour = 1; hour < 16; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK, $"hour {hour}");
        }

        clock.Advance(TimeSpan.FromHours(1));
        (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_must_wait_is_told_how_long_in_words_and_in_the_header()
    {
        var clock = new ManualClock();
        await using var hall = await Hall.Open(new GatewayOptions { FailedSignIns = new Rate(PerSecond: 0.1, Burst: 2) }, clock);
        for (var i = 0; i < 2; i++) (await hall.SignIn("operator", "guess")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var refused = await hall.SignIn("operator", "guess");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        var sentence = (await refused.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Sentence;
        sentence.In("en").ShouldContain("10 seconds");
        sentence.In("zh").ShouldContain("10 秒");
        clock.Advance(TimeSpan.FromSeconds(10));
        (await hall.SignIn("operator", "guess")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "and that is true");
    }

    [Fact]
    public async Task A_console_left_alone_is_no_place_to_guess_the_password()
    {
        await using var hall = await Hall.Open(new GatewayOptions { FailedSignInsOfConsole = new Rate(0.001, 3) });
        await hall.SignIn();
        for (var i = 0; i < 3; i++) (await Change(hall.Http, "guess", Own)).ShouldBe("wrong-password");
        (await Change(hall.Http, Hall.Password, Own)).ShouldBe("slow-down");
    }

    [Fact]
    public async Task A_hash_of_an_older_kind_is_renewed_at_sign_in_and_signs_nobody_out()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<string>(Microsoft.Extensions.Options.Options.Create(
            new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 1_000 })).HashPassword("", Hall.Password);
        var account = hall.Fakes.Staff.Book.Find("operator")! with { PasswordHash = old };
        hall.Fakes.Staff.Book = new StaffBook([new StaffMember("operator", account)]);
        using var other = Client(hall);
        (await other.PostAsJsonAsync("/api/sign-in", new SignInRequest("operator", Hall.Password))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        hall.Fakes.Staff.Book.Find("operator")!.PasswordHash.ShouldNotBe(old);
        (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.OK, "the first browser is still signed in");
    }

    [Fact]
    public async Task Sign_ins_are_on_record_without_anything_that_was_typed()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        await hall.SignIn("operator", "a-typed-secret");
        await hall.SignIn("my-password-in-the-wrong-field", "x");
        await hall.Http.PostAsync("/api/sign-out", null);
        hall.Fakes.Audit.Entries.Select(entry => $"{entry.Act} {entry.By} {entry.Refused}".TrimEnd()).ShouldBe(
            ["SignedIn operator", "SignedIn operator", "SignInRefused operator wrong-password", "SignInRefused  wrong-password", "SignedOut operator"]);
        string.Join('|', hall.Fakes.Audit.Entries).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Guessing_does_not_fill_the_log()
    {
        await using var hall = await Hall.Open(new GatewayOptions { FailedSignIns = new Rate(1_000, 1_000), FailedSignInsOfAll = new Rate(1_000, 1_000) }, new ManualClock());
        for (var i = 0; i < 60; i++) await hall.SignIn("../nobody", "guess");
        hall.Fakes.Audit.Entries.Count.ShouldBe(30);
    }

    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_led_by_an_apostrophe() =>
        AuditApi.Line(new AuditRow(7, new AuditEntry(0, AuditAct.Commanded, "ana", What: "End", Reason: "=HYPERLINK(\"http://evil\")")))
            .ShouldBe("\"7\",\"1970-01-01T00:00:00.000Z\",\"ana\",\"Commanded\",,,\"End\",\"'=HYPERLINK(\"\"http://evil\"\")\",,\"1\"\r\n");

    private static async Task<HandOver> Made(Hall hall, string name, params string[] roles)
    {
        using var answer = await hall.Http.PostAsJsonAsync("/api/accounts", new { name, roles, reason = "a test" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<HandOver>(Json.Options))!;
    }

    /// <summary>A console that is connected as the account, whose printed password is changed on the way unless it was before.</summary>
    private static async Task<HubConnection> Console(Hall hall, HandOver hand, bool signedIn = false)
    {
        using var client = Client(hall);
        using var answer = await client.PostAsJsonAsync("/api/sign-in", new SignInRequest(hand.Name, signedIn ? Own : hand.Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var cookie = Hall.StaffCookie(answer);
        if (!signedIn)
        {
            using var changed = await client.PostAsJsonAsync("/api/me/password", new PasswordRequest(hand.Password, Own));
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            cookie = Hall.StaffCookie(changed);
        }

        var console = Clients.Hub(hall.Address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie.Split(';')[0]));
        await console.StartAsync();
        await console.InvokeAsync<ConsoleNow>("Watch", new { session = hall.Session.ToString() });
        return console;
    }

    private static Task<bool> Closed(HubConnection console)
    {
        var closed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        console.Closed += _ =>
        {
            closed.TrySetResult(true);
            return Task.CompletedTask;
        };
        return closed.Task;
    }

    private static object Pause(Hall hall) => new { session = hall.Session.ToString(), action = nameof(OperatorAction.Pause), reason = "", seconds = 0, shift = false };

    private static HttpClient Client(Hall hall) => new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = hall.Address };

    private static async Task<string?> Change(HttpClient http, string old, string wanted) =>
        await Code(await http.PostAsJsonAsync("/api/me/password", new PasswordRequest(old, wanted)));

    private static async Task<string?> Post(Hall hall, string path, object body) => await Code(await hall.Http.PostAsJsonAsync($"/api/{path}", body));

    /// <summary>The refusal's code, or <see langword="null"/>.</summary>
    private static async Task<string?> Code(HttpResponseMessage answer)
    {
        using (answer) return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code;
    }
}

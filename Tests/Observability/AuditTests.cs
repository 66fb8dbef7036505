using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Observability;

/// <summary>The whole program, grains, journal and all: what staff do over HTTP and the hub is what the audit log says they did.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Own = "my own long password";
    private readonly PaperFolder _paper = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("story-staff-");
    private WebApplication _app = null!;
    private Uri _address = null!;

    public ValueTask InitializeAsync() => Open();

    [Fact]
    public async Task Every_act_of_an_evening_is_on_record_with_who_when_and_why_and_survives_a_restart()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var chief = Client();
        await SignIn(chief, "operator", _app.Services.GetRequiredService<HallOpening>().FirstPassword!, Own);
        using var made = await chief.PostAsJsonAsync("/api/accounts", new { name = "ana", roles = new[] { "operator" }, reason = "Saturday's operator" });
        var hand = (await made.Content.ReadFromJsonAsync<HandOver>(Json.Options))!;
        using var ana = Client();
        var cookie = await SignIn(ana, "ana", hand.Password, Own);
        (await ana.PostAsJsonAsync("/api/sign-in", new SignInRequest("ana", "mistyped"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var scheduled = await ana.PostAsJsonAsync("/api/sessions", new ScreeningRequest("paper", 9, "en", ["en"], 10, null, 20, 3));
        scheduled.StatusCode.ShouldBe(HttpStatusCode.Created);
        var session = (await scheduled.Content.ReadFromJsonAsync<HallSession>(Json.Options))!.Session;
        await using (var console = Clients.Hub(_address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie)))
        {
            await console.StartAsync();
            (await Operate(console, session, "Open", "")).ShouldBeNull();
            (await Operate(console, session, "Start", "house full")).ShouldBeNull();
            (await Operate(console, session, "Extend", "by mistake")).ShouldBe("bad-command");
            (await Operate(console, session, "End", "fire drill, =1+1")).ShouldBeNull();
        }

        (await chief.PostAsJsonAsync("/api/accounts/ana/remove", new { reason = "the season is over" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var late = await ana.GetAsync("/api/sessions");
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await Restart();
        using var again = Client();
        await SignIn(again, "operator", Own, null);
        var page = (await again.GetFromJsonAsync<AuditPage>("/api/audit?most=100", Json.Options))!;
        page.Next.ShouldBe(0);
        page.Rows.Reverse().Select(row => Told(row.Entry, session)).ShouldBe(
        [
            "house AccountMade operator", "operator SignedIn", "operator PasswordChanged", "operator AccountMade ana operator (Saturday's operator)",
            "ana SignedIn", "ana PasswordChanged", "ana SignInRefused !wrong-password", "ana SessionScheduled * paper", "ana Commanded * Open",
            "ana Commanded * Start (house full)", "ana Commanded * Extend (by mistake) !bad-command", "ana Commanded * End (fire drill, =1+1)",
            "operator AccountRemoved ana (the season is over)", "operator SignedIn",
        ]);
        page.Rows.SkipLast(1).ShouldAllBe(row => row.Entry.AtMs >= before && row.Entry.AtMs <= DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

        (await again.GetFromJsonAsync<AuditPage>("/api/audit?person=ANA&most=3", Json.Options))!.Rows.Select(row => row.Entry.What ?? row.Entry.Act.ToString()).ShouldBe(["AccountRemoved", "End", "Extend"]);
        var ofSession = (await again.GetFromJsonAsync<AuditPage>($"/api/audit?session={session}", Json.Options))!;
        ofSession.Rows.Length.ShouldBe(5);
        var rest = (await again.GetFromJsonAsync<AuditPage>($"/api/audit?session={session}&before={ofSession.Rows[1].Number}", Json.Options))!;
        rest.Rows.Select(row => row.Entry.What).ShouldBe(["Start", "Open", "paper"]);
        (await again.GetAsync("/api/audit?session=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var table = await again.GetAsync($"/api/audit.csv?session={session}");
        table.Content.Headers.ContentDisposition!.FileName.ShouldBe("audit.csv");
        var lines = (await table.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(6);
        lines[1].ShouldContain($"\"ana\",\"Commanded\",,\"{session}\",\"End\",\"fire drill, =1+1\",,\"1\"");

        // The session's own journal has the truth of what was done, in the same name.
        var journal = _app.Services.GetRequiredService<Storage.Journal.IJournal>();
        var acted = new List<string>();
        await foreach (var row in journal.ReadAsync(session.Stream))
        {
            if (Rules.Journal.EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span) is Rules.Sessions.OperatorActed { Command: var command }) acted.Add($"{command.By} {command.Action} {command.Reason}".TrimEnd());
        }

        acted.ShouldBe(["ana Open", "ana Start house full", "ana End fire drill, =1+1"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _data.Delete(recursive: true);
        _paper.Dispose();
    }

    private static string Told(AuditEntry entry, SessionId session) => string.Join(' ', new[]
    {
        entry.By, entry.Act.ToString(), entry.About, entry.Session == session ? "*" : entry.Session?.ToString(), entry.What,
        entry.Reason is null ? null : $"({entry.Reason})", entry.Refused is null ? null : $"!{entry.Refused}",
    }.Where(part => part is not null));

    private static async Task<string?> Operate(HubConnection console, SessionId session, string action, string reason) =>
        (await console.InvokeAsync<Answer>("Operate", new OperateSession(session.ToString(), action, reason, 0, false))).Refusal?.Code;

    /// <summary>Signs in, changes the password if there is another to take, and answers the cookie.</summary>
    private static async Task<string> SignIn(HttpClient http, string name, string password, string? own)
    {
        using var answer = await http.PostAsJsonAsync("/api/sign-in", new SignInRequest(name, password));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        if (own is null) return StaffCookie(answer).Split(';')[0];
        using var changed = await http.PostAsJsonAsync("/api/me/password", new PasswordRequest(password, own));
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return StaffCookie(changed).Split(';')[0];
    }

    private static string StaffCookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("story-staff=", StringComparison.Ordinal));

    private HttpClient Client() => new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _address };

    private async ValueTask Open()
    {
        _app = GatewayHost.Build(new GatewayOptions { Port = 0, Bind = "127.0.0.1", Data = _data.FullName, Rehearse = _paper.Folder });
        await _app.StartAsync();
        _address = new Uri($"http://127.0.0.1:{new Uri(_app.Urls.First()).Port}");
    }

    private async Task Restart()
    {
        await Close();
        await Open();
    }

    private async Task Close()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

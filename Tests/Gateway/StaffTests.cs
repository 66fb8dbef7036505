using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Tests.Gateway;

public sealed class StaffTests
{
    [Fact]
    public async Task The_first_start_makes_an_operator_who_can_sign_in_and_out()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var cookie = await hall.SignIn();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        var me = await hall.Http.GetFromJsonAsync<Me>("/api/me", Json.Options);
        me!.Name.ShouldBe("operator");
        me.Roles.ShouldBe(["operator", "director", "admin"]);
        (await hall.Http.PostAsync("/api/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer_and_soon_a_slower_one()
    {
        await using var hall = await Hall.Open(new GatewayOptions { FailedSignIns = new Rate(PerSecond: 0.001, Burst: 3) });
        var wrong = await SignIn(hall, "operator", "nope");
        var unknown = await SignIn(hall, "nobody", "nope");
        var absurd = await SignIn(hall, "../../x", "nope");
        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.ShouldBe(wrong);
        absurd.ShouldBe(wrong);
        (await SignIn(hall, "operator", "nope")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_new_password_ends_old_sign_ins()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        var book = hall.Fakes.Staff;
        book.Book.Find("operator")!.PasswordHash.ShouldNotContain(" ", customMessage: "it is a hash");
        await book.ChangeOwn("operator", "another hash");
        (await hall.Http.GetAsync("/api/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_operator_schedules_a_session_and_gets_a_wall()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.PostAsJsonAsync("/api/sessions", Terms(), Json.Options)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await hall.SignIn();
        (await hall.Http.GetFromJsonAsync<FilmCard[]>("/api/films", Json.Options))!.Single().Film.Slug.ShouldBe("pier");

        using var answer = await hall.Http.PostAsJsonAsync("/api/sessions", Terms(), Json.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var session = (await answer.Content.ReadFromJsonAsync<HallSession>(Json.Options))!;
        var terms = hall.Fakes.Hall.Scheduled!;
        (terms.Film, terms.RunningSeconds, terms.Capacity, terms.Shards, terms.Rule).ShouldBe(
            (Stages.Film.Film, 240, 4_000, 2, VotingRule.Approval));
        terms.WallLanguages.ShouldBe(["en"]);

        using var wall = await hall.Http.PostAsync($"/api/sessions/{session.Session}/wall-ticket", null);
        var ticket = (await wall.Content.ReadFromJsonAsync<WallTicketAnswer>(Json.Options))!;
        hall.Tickets.TryReadWall(ticket.Ticket, out var watched).ShouldBeTrue();
        watched.ShouldBe(session.Session);
        ticket.Url.ShouldEndWith(ticket.Ticket);

        var rows = await hall.Http.GetFromJsonAsync<ScreeningRow[]>("/api/sessions", Json.Options);
        rows!.Single(row => row.Session == session.Session).Phase.ShouldBe(SessionPhase.Lobby);
    }

    [Theory]
    [InlineData("nothing", 4, "Plurality", "unknown-film")]
    [InlineData("pier", 0, "Plurality", "bad-terms")]
    [InlineData("pier", 4, "Borda", "bad-terms")]
    public async Task Terms_that_make_no_show_are_refused(string film, int minutes, string rule, string code)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        using var answer = await hall.Http.PostAsJsonAsync("/api/sessions", Terms() with { Film = film, Minutes = minutes, Rule = rule }, Json.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Only_operators_operate()
    {
        await using var hall = await Hall.Open();
        var cookie = (await hall.SignIn()).Split(';')[0];
        await using var console = Console(hall, cookie);
        await console.StartAsync();
        var now = await console.InvokeAsync<Orleans.Story.Gateway.Hubs.ConsoleNow>("Watch", new { session = hall.Session.ToString() });
        now.Health.PreparedOptions.ShouldBe(2);
        var pause = new { session = hall.Session.ToString(), action = "Pause", reason = "smoke", seconds = 0, shift = true };
        (await console.InvokeAsync<Orleans.Story.Gateway.Hubs.Answer>("Operate", pause)).Refusal.ShouldBeNull();
        hall.Show.Commands.ShouldBe([new OperatorCommand(OperatorAction.Pause, "operator", "smoke", 0, true)]);

        var account = hall.Fakes.Staff.Book.Find("operator")!;
        hall.Fakes.Staff.Book = new StaffBook([new StaffMember("operator", account with { Roles = ["director"], SinceMs = account.SinceMs + 1 })]);
        await hall.SignIn();
        using var refused = await hall.Http.PostAsJsonAsync("/api/sessions", Terms(), Json.Options);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_qr_code_is_a_picture_anyone_may_see()
    {
        await using var hall = await Hall.Open();
        using var answer = await hall.Http.GetAsync($"/api/sessions/{hall.Session}/join.svg");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("<svg");
        (await hall.Http.GetAsync($"/api/sessions/{Guid.NewGuid():N}/join.svg")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static HubConnection Console(Hall hall, string cookie) =>
        Orleans.Story.Gateway.Demo.Clients.Hub(hall.Address, "/hubs/console", null, socket => socket.SetRequestHeader("Cookie", cookie));

    private static ScreeningRequest Terms() => new("pier", 4, "en", null, 4_000, "Approval", 10, 3);

    private static async Task<(HttpStatusCode Status, string Body)> SignIn(Hall hall, string name, string password)
    {
        using var answer = await hall.Http.PostAsJsonAsync("/api/sign-in", new SignInRequest(name, password), Json.Options);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

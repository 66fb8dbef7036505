using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Tests.Gateway;

public sealed class JoinTests
{
    [Fact]
    public async Task A_code_gives_a_seat_and_a_ticket_that_opens_the_hub()
    {
        await using var hall = await Hall.Open();
        var seat = await Join(hall, new JoinRequest(" JGYMDW ", null, "zh"));
        seat.Session.ShouldBe(hall.Session);
        seat.Seat.ShouldBe(1);
        hall.Tickets.TryRead(seat.Ticket, out var ticket).ShouldBeTrue();
        (ticket.Session, ticket.Seat).ShouldBe((hall.Session, 1));
    }

    [Theory]
    [InlineData("JGYMDW-K3F9QX7T")]
    [InlineData(" jgymdw k3f9 qx7t ")]
    [InlineData("JGYMDWK3F9QX7T")]
    public async Task A_seat_code_reaches_its_session_however_it_is_typed_and_the_ticket_is_for_the_seats_sitting(string typed)
    {
        await using var hall = await Hall.Open();
        hall.Show.Sitting = 3;
        var seat = await Join(hall, new JoinRequest(typed, null, "en"));
        hall.Show.SeatCodes.ShouldBe(["K3F9QX7T"]);
        hall.Tickets.TryRead(seat.Ticket, out var ticket).ShouldBeTrue();
        ticket.Sitting.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_device_gets_its_seat_back_and_another_gets_another()
    {
        await using var hall = await Hall.Open();
        var first = await Join(hall, new JoinRequest("JGYMDW", null, "en"));
        (await Join(hall, new JoinRequest("JGYMDW", first.Device, "en"))).Seat.ShouldBe(first.Seat);
        (await Join(hall, new JoinRequest("JGYMDW", null, "en"))).Seat.ShouldBe(2);
        (await Join(hall, new JoinRequest("JGYMDW", "damaged", "en"))).Seat.ShouldBe(3);
        (await Join(hall, new JoinRequest("JGYMDW", first.Ticket, "en"))).Seat.ShouldBe(4, "a ticket is no device string");
    }

    [Theory]
    [InlineData("NOSUCH")]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_unknown_code_is_refused_in_both_languages(string? code)
    {
        await using var hall = await Hall.Open();
        var (status, refusal) = await Refused(hall, new JoinRequest(code, null, "en"));
        status.ShouldBe(HttpStatusCode.NotFound);
        refusal.Code.ShouldBe("unknown-code");
        refusal.Sentence.Has("zh").ShouldBeTrue();
    }

    [Theory]
    [InlineData("full", HttpStatusCode.Conflict)]
    [InlineData("ended", HttpStatusCode.Conflict)]
    [InlineData("seat-taken", HttpStatusCode.Conflict)]
    [InlineData("seat-code", HttpStatusCode.BadRequest)]
    [InlineData("unknown-code", HttpStatusCode.NotFound)]
    [InlineData("banned", HttpStatusCode.Forbidden)]
    [InlineData("not-open", HttpStatusCode.Conflict)]
    [InlineData("busy", HttpStatusCode.ServiceUnavailable)]
    public async Task What_the_session_refuses_passes_through(string code, HttpStatusCode expected)
    {
        await using var hall = await Hall.Open();
        hall.Show.Refuses = new Refusal(code, Text.Of("en", "No."));
        var (status, refusal) = await Refused(hall, new JoinRequest("JGYMDW", null, "en"));
        status.ShouldBe(expected);
        refusal.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_hall_behind_one_address_joins_freely_and_a_guesser_is_slowed_down()
    {
        await using var hall = await Hall.Open(new GatewayOptions { FailedJoins = new Rate(PerSecond: 0.001, Burst: 3) });
        for (var i = 1; i <= 100; i++) (await Join(hall, new JoinRequest("JGYMDW", null, "en"))).Seat.ShouldBe(i);
        for (var i = 0; i < 3; i++) (await Refused(hall, new JoinRequest("GUESS" + i, null, "en"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Refused(hall, new JoinRequest("GUESS4", null, "en"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Who_comes_while_the_gateway_leaves_is_told_to_try_again_and_so_is_the_balancer()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        hall.Services.GetService(typeof(Draining)).ShouldBeOfType<Draining>().Start();
        (await Refused(hall, new JoinRequest("JGYMDW", null, "en"))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await hall.Http.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await hall.Http.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whatever_the_composition_finds_wrong_makes_the_gateway_unready_and_not_dead()
    {
        await using var hall = await Hall.Open(more: services => services.AddSingleton<IReadyCheck, Trouble>());
        using var ready = await hall.Http.GetAsync("/readyz");
        (ready.StatusCode, await ready.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "PostgreSQL does not answer"));
        (await hall.Http.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class Trouble : IReadyCheck
    {
        public async Task<string?> Problem(CancellationToken gone)
        {
            await Task.Yield();
            return "PostgreSQL does not answer";
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_refusal_too_and_so_is_a_hall_that_fails()
    {
        await using var hall = await Hall.Open();
        using var nonsense = new StringContent("{\"code\": 5", System.Text.Encoding.UTF8, "application/json");
        using var unread = await hall.Http.PostAsync("/api/join", nonsense);
        unread.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unread.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe("bad-request");

        hall.Show.Fails = true;
        var (status, refusal) = await Refused(hall, new JoinRequest("JGYMDW", null, "en"));
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Code.ShouldBe("busy");
    }

    private static async Task<JoinAnswer> Join(Hall hall, JoinRequest request)
    {
        using var answer = await hall.Http.PostAsJsonAsync("/api/join", request, Json.Options);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JoinAnswer>(Json.Options))!;
    }

    private static async Task<(HttpStatusCode Status, Refusal Refusal)> Refused(Hall hall, JoinRequest request)
    {
        using var answer = await hall.Http.PostAsJsonAsync("/api/join", request, Json.Options);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!);
    }
}

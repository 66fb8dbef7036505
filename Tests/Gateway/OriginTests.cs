using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Demo;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Tests.Gateway;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("not a uri", false)]
    [InlineData("https://stage.example:8443", true)]
    [InlineData("http://10.9.8.7:5080", true)]
    [InlineData("http://10.9.8.7:5081", false)]
    [InlineData(null, true)]
    [InlineData("self", true)]
    public async Task A_foreign_page_neither_connects_nor_posts(string? origin, bool allowed)
    {
        await using var hall = await Hall.Open(new GatewayOptions { Origin = "http://10.9.8.7:5080", AllowedOrigins = ["https://stage.example:8443/"] });
        if (origin == "self") origin = hall.Address.GetLeftPart(UriPartial.Authority);

        await using var phone = Clients.Hub(hall.Address, "/hubs/audience", Ticket(hall), socket => Set(socket, origin));
        if (allowed) await phone.StartAsync();
        else (await Should.ThrowAsync<WebSocketException>(() => phone.StartAsync())).Message.ShouldContain("403");

        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/join") { Content = JsonContent.Create(new JoinRequest("JGYMDW", null, "en")) };
        if (origin is not null) post.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await hall.Http.SendAsync(post);
        answer.StatusCode.ShouldBe(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_it_may_do()
    {
        await using var hall = await Hall.Open();
        using var answer = await hall.Http.GetAsync("/api/hall");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetStringAsync("/openapi/v1.json")).ShouldContain("/api/join");
    }

    private static string Ticket(Hall hall) => hall.Tickets.Issue(new(hall.Session, 1, Contracts.ViewerId.New())).Ticket;

    private static void Set(ClientWebSocketOptions socket, string? origin)
    {
        if (origin is not null) socket.SetRequestHeader("Origin", origin);
    }
}

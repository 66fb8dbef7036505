using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task No_call_that_changes_anything_and_no_hub_answers_a_foreign_page()
    {
        await using var hall = await Hall.Open();
        var cookie = (await hall.SignIn()).Split(';')[0];
        var routes = hall.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Method: method, Path: route.RoutePattern.RawText!)))
            .Where(route => route.Method is not ("GET" or "HEAD") || route.Path.StartsWith("/hubs", StringComparison.Ordinal))
            .Select(route => (route.Method, Path: Filled(route.Path, hall.Session.ToString())))
            .Distinct().ToList();
        routes.Count.ShouldBeGreaterThan(10);
        routes.ShouldContain(("POST", "/api/accounts/"));
        foreach (var (method, path) in routes)
        {
            (await Asked(hall, method, path, cookie, ("Origin", "http://evil.example"))).ShouldBe("foreign-origin", path);
            (await Asked(hall, method, path, cookie, ("Origin", "null"))).ShouldBe("foreign-origin", path);
            (await Asked(hall, method, path, cookie, ("Sec-Fetch-Site", "cross-site"))).ShouldBe("foreign-origin", path);
            (await Asked(hall, method, path, cookie, ("Sec-Fetch-Site", "same-site"))).ShouldBe("foreign-origin", path);
        }
    }

    /// <summary>Programs send neither header and have no ambient rights; browsers send one of the two, and pages cannot change them.</summary>
    [Theory]
    [InlineData(null, "GET", "/api/sessions", null)]
    [InlineData("same-origin", "GET", "/api/sessions", null)]
    [InlineData("none", "GET", "/api/sessions", null)]
    [InlineData("cross-site", "GET", "/api/sessions", "foreign-origin")]
    [InlineData("same-site", "GET", "/api/sessions/{0}/seat-codes", "foreign-origin")]
    [InlineData(null, "POST", "/api/sessions/{0}/wall-ticket", null)]
    [InlineData("same-origin", "POST", "/api/sessions/{0}/wall-ticket", null)]
    public async Task What_carries_the_staff_cookie_comes_from_our_own_page(string? site, string method, string path, string? code)
    {
        await using var hall = await Hall.Open();
        var cookie = (await hall.SignIn()).Split(';')[0];
        (string, string)[] headers = site is null ? [] : [("Sec-Fetch-Site", site)];
        (await Asked(hall, method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, hall.Session), cookie, headers)).ShouldBe(code);
    }

    [Fact]
    public async Task A_picture_for_everyone_may_stand_on_any_page()
    {
        await using var hall = await Hall.Open();
        (await Asked(hall, "GET", $"/api/sessions/{hall.Session}/join.svg", null, ("Sec-Fetch-Site", "cross-site"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("/api/hall")]
    [InlineData("/api/accounts")]
    [InlineData("/api/audit.csv")]
    [InlineData("/console")]
    public async Task Every_answer_tells_the_browser_what_it_may_do(string path)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        using var answer = await hall.Http.GetAsync(path);
        if (path != "/api/hall" && path != "/console") answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var hall = await Hall.Open();
        var api = JsonNode.Parse(await hall.Http.GetStringAsync("/openapi/v1.json"))!;
        api["paths"]!["/api/join"].ShouldNotBeNull();
        var shown = await hall.Http.GetFromJsonAsync<JsonNode>("/api/hall");
        api["info"]!["version"]!.GetValue<string>().ShouldBe(shown!["version"]!.GetValue<string>());
    }

    /// <summary>A route's path with something in place of its parameters.</summary>
    private static string Filled(string path, string value) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? value + part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..] : part));

    /// <summary>The code of the refusal, or <see langword="null"/> when there was none.</summary>
    private static async Task<string?> Asked(Hall hall, string method, string path, string? cookie, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = hall.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<Contracts.Refusal>(Json.Options))!.Code;
    }

    private static string Ticket(Hall hall) => hall.Tickets.Issue(new(hall.Session, 1, Contracts.ViewerId.New())).Ticket;

    private static void Set(ClientWebSocketOptions socket, string? origin)
    {
        if (origin is not null) socket.SetRequestHeader("Origin", origin);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Tests.Gateway;

public sealed class AsideTests
{
    [Fact]
    public async Task Only_who_sits_in_the_hall_may_ask()
    {
        await using var hall = await Hall.Open();
        using var nobody = await hall.Http.PostAsJsonAsync(Path(hall), new AsideCall("Missed", "en", null, null));
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(hall, 3, new AsideCall("Missed", "en", null, null))).StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Summary", "en", null, null)]
    [InlineData("Poem", "en", null, null)]
    [InlineData(null, "en", null, null)]
    [InlineData("Missed", null, null, null)]
    [InlineData("Talk", "en", "ann", null)]
    [InlineData("Talk", "en", "ann", "\u200b")]
    public async Task What_makes_no_sense_is_refused(string? kind, string? language, string? character, string? words)
    {
        await using var hall = await Hall.Open();
        (await Ask(hall, 1, new AsideCall(kind, language, character, words))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_seat_speaks_to_a_character_once_in_ten_seconds()
    {
        await using var hall = await Hall.Open();
        var hello = new AsideCall("Talk", "en", "ann", "Hello");
        (await Ask(hall, 5, hello)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await Ask(hall, 5, hello)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await Ask(hall, 6, hello)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests, "every seat has its own turn");
    }

    private static string Path(Hall hall) => $"/api/sessions/{hall.Session}/aside";

    private static async Task<HttpResponseMessage> Ask(Hall hall, int seat, AsideCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(hall)) { Content = JsonContent.Create(call) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hall.Ticket(seat));
        return await hall.Http.SendAsync(request);
    }
}

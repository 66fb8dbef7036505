using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Tests.Gateway;

public sealed class SeatsTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task Seats_and_codes_are_the_operators_alone()
    {
        await using var hall = await Open();
        foreach (var path in new[] { "seats", "seat-codes", "seat-codes.svg" })
            (await Get(hall, path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        hall.Show.Commands.ShouldBeEmpty();
        await hall.SignIn();
        var seats = await hall.Http.GetFromJsonAsync<SeatList>($"/api/sessions/{hall.Session}/seats", Json.Options);
        (seats!.Capacity, seats.Banned.Length).ShouldBe((300, 1));
    }

    [Fact]
    public async Task Codes_are_those_that_let_one_in_and_it_is_on_record_who_saw_them()
    {
        await using var hall = await Open();
        await hall.SignIn();
        using var answer = await Get(hall, "seat-codes?from=17&to=18");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cards = (await answer.Content.ReadFromJsonAsync<SeatCard[]>(Json.Options))!;
        var parts = SeatCodes.Parts(hall.Show.Secret!, 18);
        cards.Select(card => (card.Seat, card.Code)).ShouldBe([(17, $"JGYMDW-{parts[16]}"), (18, $"JGYMDW-{parts[17]}")]);
        cards[0].Url.ShouldEndWith($"/?code=JGYMDW-{parts[16]}");
        hall.Show.Commands.ShouldBe([new OperatorCommand(OperatorAction.PrintCodes, "operator", "", 0, false, 17, 18)]);

        (await hall.Http.GetFromJsonAsync<SeatCard[]>($"/api/sessions/{hall.Session}/seat-codes", Json.Options))!.Length.ShouldBe(300);
    }

    [Theory]
    [InlineData("busy", HttpStatusCode.ServiceUnavailable)]
    [InlineData("no-seat-codes", HttpStatusCode.Conflict)]
    [InlineData("bad-command", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_put_on_record_is_not_shown(string code, HttpStatusCode status)
    {
        await using var hall = await Open();
        await hall.SignIn();
        hall.Show.Refuses = new Refusal(code, Text.Of("en", "No."));
        foreach (var path in new[] { "seat-codes", "seat-codes.svg" })
        {
            using var answer = await Get(hall, path);
            answer.StatusCode.ShouldBe(status);
            (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe(code);
        }
    }

    [Fact]
    public async Task A_page_of_cards_has_a_number_a_picture_and_a_code_for_each_seat()
    {
        await using var hall = await Open();
        await hall.SignIn();
        using var answer = await Get(hall, "seat-codes.svg?page=13");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Pages").ShouldBe(["13"]);
        var page = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var texts = page.Descendants(Svg + "text").Select(text => text.Value).ToList();
        var parts = SeatCodes.Parts(hall.Show.Secret!, 300);
        foreach (var seat in Enumerable.Range(289, 12))
        {
            texts.ShouldContain(seat.ToString(System.Globalization.CultureInfo.InvariantCulture));
            texts.ShouldContain($"JGYMDW-{parts[seat - 1]}");
        }

        texts.Count(text => text == "One seat, one vote").ShouldBe(12);
        texts.Count(text => text == "一座一票").ShouldBe(12);
        page.Descendants(Svg + "path").Count(path => path.Attribute("shape-rendering") is not null).ShouldBe(12, "a QR code each");
        hall.Show.Commands.Last().ShouldBe(new OperatorCommand(OperatorAction.PrintCodes, "operator", "", 0, false, 289, 300));
        foreach (var absurd in new[] { "0", "-1", "2000000000", "x" })
            (await Get(hall, $"seat-codes.svg?page={absurd}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void A_films_title_is_text_on_the_card_whatever_it_is()
    {
        var title = Text.Both("<script>alert(1)</script>&\"' \u0000\u202E\ud83c", "]]><image href='x'/>" + new string('长', 200));
        var page = XDocument.Parse(SeatSheet.Svg(title, [new SeatCard(1, "JGYMDW-AAAAAAAA", "http://hall/?code=JGYMDW-AAAAAAAA")], 1, 1));
        page.Descendants().Select(element => element.Name.LocalName).Distinct().Order().ShouldBe(["g", "path", "rect", "svg", "text", "title"]);
        page.Descendants(Svg + "text").ShouldContain(text => text.Value.StartsWith("<script>", StringComparison.Ordinal));
        page.Descendants(Svg + "text").ShouldAllBe(text => text.Value.Length < 200);
        page.ToString().ShouldNotContain("\u202E");
    }

    private static async Task<Hall> Open()
    {
        var hall = await Hall.Open();
        var stage = Stages.Lobby(hall.Session);
        hall.Show.Stage = stage with { Terms = stage.Terms with { Entry = Entry.SeatCode } };
        hall.Show.Secret = "00112233445566778899aabbccddeeff";
        hall.Show.Banned = [7];
        return hall;
    }

    private static Task<HttpResponseMessage> Get(Hall hall, string path) => hall.Http.GetAsync($"/api/sessions/{hall.Session}/{path}");

    [Fact]
    public void Cards_say_when_they_are_good_where_somebody_said_when()
    {
        var card = new SeatCard(1, "JGYMDW-AAAAAAAA", "http://hall/?code=JGYMDW-AAAAAAAA");
        var begins = new DateTimeOffset(2026, 5, 1, 20, 0, 0, TimeSpan.FromHours(8));
        var dated = XDocument.Parse(SeatSheet.Svg(Text.Of("en", "The Pier"), [card], 1, 1, begins));
        dated.Descendants(Svg + "text").Count(text => text.Value.Contains("1 May 20:00")).ShouldBe(2, "on the card and at the foot");
        XDocument.Parse(SeatSheet.Svg(Text.Of("en", "The Pier"), [card], 1, 1)).Descendants(Svg + "text").ShouldNotContain(text => text.Value.Contains("20:00"));
    }
}

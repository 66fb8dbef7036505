using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Gateway;

/// <summary>From premise to film over HTTP.</summary>
public sealed class DraftsApiTests
{
    private const string Premise = "Mara finds a letter on the last ferry. It is addressed to the captain. By morning one of them will have read it.";

    [Fact]
    public async Task Only_a_director_drafts()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetAsync("/api/drafts")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hall.Http.PostAsJsonAsync("/api/drafts", new { title = "x", premise = Premise })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_premise_becomes_a_film_that_the_house_takes()
    {
        var house = new House();
        await using var hall = await Hall.Open(more: services => services.AddSingleton<IFilmHouse>(house));
        await hall.SignIn();
        var draft = await Read(await hall.Http.PostAsJsonAsync("/api/drafts", new { title = "The Last Letter", genre = "mystery", premise = Premise, languages = (string[])["en", "zh"], seed = 3 }));
        draft["slug"]!.ToString().ShouldBe("the-last-letter");
        var parts = draft["parts"]!.AsArray();
        parts.Count.ShouldBe(34);
        parts.ShouldAllBe(part => part!["state"]!.ToString() == "Proposed");

        // Nothing is a film before somebody agreed to it.
        var early = await hall.Http.PostAsync("/api/drafts/the-last-letter/film", null);
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Read(early))["code"]!.ToString().ShouldBe("not-accepted");

        draft = await Act(hall, "opening", new { action = "another" });
        Part(draft, "opening")["alternatives"]!.AsArray().Count.ShouldBe(2);
        draft = await Act(hall, "opening", new { action = "choose", alternative = 0 });
        Part(draft, "opening")["chosen"]!.GetValue<int>().ShouldBe(0);
        await Act(hall, "opening", new { action = "replace", content = "- id: opening\n  function: setup\n" });
        var broken = await Read(await hall.Http.GetAsync("/api/drafts/the-last-letter/advice"));
        broken["isFilm"]!.GetValue<bool>().ShouldBeFalse();
        broken["advice"]!.AsArray().ShouldContain(one => one!["part"]!.ToString() == "opening" && one["must"]!.GetValue<bool>());
        (await Read(await hall.Http.PostAsync("/api/drafts/the-last-letter/film", null)))["code"]!.ToString().ShouldBe("not-ready");

        await Act(hall, "opening", new { action = "choose", alternative = 0 });
        await Act(hall, "opening", new { action = "all" });

        // A reload finds what was done.
        (await Read(await hall.Http.GetAsync("/api/drafts/the-last-letter")))["parts"]!.AsArray().ShouldAllBe(part => part!["state"]!.ToString() == "Accepted");
        var sheet = await Read(await hall.Http.GetAsync("/api/drafts/the-last-letter/advice"));
        (sheet["isReady"]!.GetValue<bool>(), sheet["shows"]!.GetValue<int>()).ShouldBe((true, 200));
        (await hall.Http.PostAsync("/api/drafts/the-last-letter/film", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        house.Added.Single().Slug.ShouldBe("the-last-letter");
        FilmReader.Read(house.Added.Single().Sources).Film.ShouldNotBeNull();
        (await hall.Http.DeleteAsync("/api/drafts/the-last-letter")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hall.Http.GetAsync("/api/drafts/the-last-letter")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{\"premise\":\"x\"}", "no-title")]
    [InlineData("{\"title\":\"x\"}", "no-premise")]
    [InlineData("{\"title\":\"x\",\"premise\":\"y\",\"languages\":[\"fr\"]}", "unknown-language")]
    [InlineData("{\"title\":\"x\",\"text\":\"# Only a title\"}", "empty-source")]
    public async Task What_cannot_be_drafted_is_refused_with_a_sentence(string body, string code)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        using var sent = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await hall.Http.PostAsync("/api/drafts", sent);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Read(answer))["code"]!.ToString().ShouldBe(code);
    }

    [Theory]
    [InlineData("/api/drafts/nobody")]
    [InlineData("/api/drafts/..")]
    [InlineData("/api/drafts/%2e%2e%2fkeys")]
    public async Task There_is_no_draft_under_another_name(string path)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        (await hall.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonNode> Act(Hall hall, string part, object action)
    {
        var answer = await hall.Http.PostAsJsonAsync($"/api/drafts/the-last-letter/parts/{part}", action);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await Read(answer);
    }

    private static JsonNode Part(JsonNode draft, string id) => draft["parts"]!.AsArray().First(part => part!["id"]!.ToString() == id)!;

    private static async Task<JsonNode> Read(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private sealed class House : IFilmHouse
    {
        public List<(string Slug, ImmutableArray<FilmSource> Sources)> Added { get; } = [];

        public Task<Refusal?> Add(string slug, ImmutableArray<FilmSource> sources, CancellationToken stop)
        {
            Added.Add((slug, sources));
            return Task.FromResult<Refusal?>(null);
        }
    }
}

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

    [Fact]
    public async Task The_list_says_how_far_each_draft_is_and_what_a_new_one_may_be()
    {
        var house = new House();
        await using var hall = await Hall.Open(more: services => services.AddSingleton<IFilmHouse>(house));
        await hall.SignIn();
        var list = await Read(await hall.Http.GetAsync("/api/drafts"));
        list["drafts"]!.AsArray().ShouldBeEmpty();
        list["model"].ShouldBeNull();
        list["genres"]!.AsArray().Select(genre => genre!["id"]!.ToString()).ShouldBe(["mystery", "romance", "science-fiction", "ghost-story"]);
        foreach (var name in list["genres"]!.AsArray().SelectMany(genre => ((string[])["en", "zh"]).Select(language => (Id: genre!["id"]!.ToString(), Name: genre["name"]![language]!.ToString()))))
        {
            var made = await Read(await hall.Http.PostAsJsonAsync("/api/drafts", new { title = name.Name, genre = name.Name, premise = Premise }));
            made["genre"]!.ToString().ShouldBe(name.Id);
            made["notes"]!.AsArray().Count.ShouldBe(1, "a genre of the list is no other genre");
        }

        await Begin(hall);
        await Act(hall, "head", new { action = "accept" });
        list = await Read(await hall.Http.GetAsync("/api/drafts"));
        list["drafts"]!.AsArray().Count.ShouldBe(9);
        var row = list["drafts"]!.AsArray().Single(one => one!["slug"]!.ToString() == "the-last-letter")!;
        (row["title"]!["en"]!.ToString(), row["parts"]!.GetValue<int>(), row["accepted"]!.GetValue<int>()).ShouldBe(("The Last Letter", 34, 1));

        // What cannot be read is in the list all the same, so that it can be thrown away.
        await File.WriteAllTextAsync(Path.Combine(hall.Data, "drafts", "the-last-letter", "draft.json"), "{", TestContext.Current.CancellationToken);
        list = await Read(await hall.Http.GetAsync("/api/drafts"));
        list["drafts"]!.AsArray().Single(one => one!["slug"]!.ToString() == "the-last-letter")!["title"].ShouldBeNull();
        (await Read(await hall.Http.GetAsync("/api/drafts/the-last-letter")))["code"]!.ToString().ShouldBe("broken-draft");
        (await hall.Http.DeleteAsync("/api/drafts/the-last-letter")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Read(await hall.Http.GetAsync("/api/drafts")))["drafts"]!.AsArray().Count.ShouldBe(8);
    }

    [Fact]
    public async Task Nobody_accepts_or_overwrites_what_they_have_not_seen()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        var first = await Begin(hall);
        var seen = Part(first, "opening")["mark"]!.ToString();
        await Act(hall, "opening", new { action = "another", seen });
        foreach (var action in (object[])[new { action = "accept", seen }, new { action = "replace", content = "x", seen }, new { action = "another", seen }, new { action = "all", seen = first["mark"]!.ToString() }])
        {
            var answer = await hall.Http.PostAsJsonAsync("/api/drafts/the-last-letter/parts/opening", action);
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await Read(answer))["code"]!.ToString().ShouldBe("changed-meanwhile");
        }

        // What nobody touched may still be decided on from the older sight of the draft.
        var now = await Act(hall, "acts", new { action = "accept", seen = Part(first, "acts")["mark"]!.ToString() });
        Part(now, "opening")["state"]!.ToString().ShouldBe("Proposed");
        now = await Act(hall, "opening", new { action = "all", seen = now["mark"]!.ToString() });
        now["parts"]!.AsArray().ShouldAllBe(part => part!["state"]!.ToString() == "Accepted");
    }

    [Fact]
    public async Task The_draft_says_whether_the_house_has_it_and_a_new_one_keeps_clear_of_its_films()
    {
        var house = new House();
        await using var hall = await Hall.Open(more: services => services.AddSingleton<IFilmHouse>(house));
        await hall.SignIn();
        (await Begin(hall))["inHouse"]!.ToString().ShouldBe("No");
        await Act(hall, "opening", new { action = "all" });
        (await hall.Http.PostAsync("/api/drafts/the-last-letter/film", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Read(await hall.Http.GetAsync("/api/drafts/the-last-letter")))["inHouse"]!.ToString().ShouldBe("Same");
        (await Act(hall, "opening", new { action = "another" }))["inHouse"]!.ToString().ShouldBe("Same", "a proposal beside an accepted wording changes no film");
        (await Act(hall, "opening", new { action = "choose", alternative = 1 }))["inHouse"]!.ToString().ShouldBe("Other");
        (await hall.Http.DeleteAsync("/api/drafts/the-last-letter")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Begin(hall))["slug"]!.ToString().ShouldBe("the-last-letter-2");
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

    private static async Task<JsonNode> Begin(Hall hall) => await Read(await hall.Http.PostAsJsonAsync(
        "/api/drafts", new { title = "The Last Letter", genre = "mystery", premise = Premise, languages = (string[])["en", "zh"], seed = 3 }));

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

        public bool Has(string slug) => Added.Any(film => film.Slug == slug);

        public bool Has(string slug, ImmutableArray<FilmSource> sources) => Added.Any(film => film.Slug == slug && film.Sources.SequenceEqual(sources));

        public Task<Refusal?> Add(string slug, ImmutableArray<FilmSource> sources, CancellationToken stop)
        {
            Added.Add((slug, sources));
            return Task.FromResult<Refusal?>(null);
        }
    }
}

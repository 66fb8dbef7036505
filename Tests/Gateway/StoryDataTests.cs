using System.Net;
using System.Net.Http.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Tests.Gateway;

/// <summary>A show as data over HTTP: for directors alone, once it has ended.</summary>
public sealed class StoryDataTests
{
    private static readonly string[] Files = ["story.jsonl", "story.chat.jsonl"];

    [Fact]
    public async Task Nobody_but_a_director_has_it()
    {
        await using var hall = await Ended();
        hall.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {hall.Ticket()}");
        foreach (var file in Files) (await hall.Http.GetAsync(Path(hall, file))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, file);
        hall.Show.Looks.ShouldBe(0, "nothing was even looked up");
    }

    [Fact]
    public async Task A_director_gets_a_line_a_beat_and_it_stays_in_no_cache()
    {
        await using var hall = await Ended();
        await hall.SignIn();
        foreach (var (file, lines) in Files.Zip((string[])["{\"n\":1}\n{\"n\":\"二\"}\n", "{\"messages\":[]}\n"]))
        {
            using var answer = await hall.Http.GetAsync(Path(hall, file));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("application/jsonl; charset=utf-8");
            answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"pier-2026-01-17-2000.{file}");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await answer.Content.ReadAsStringAsync()).ShouldBe(lines);
        }
    }

    [Fact]
    public async Task What_there_is_not_is_refused_with_a_code()
    {
        await using var hall = await Ended(data: false);
        await hall.SignIn();
        (await Code(hall, Path(hall, "story.jsonl"))).ShouldBe("never-started");
        (await Code(hall, $"/api/sessions/{Guid.NewGuid():N}/story.jsonl")).ShouldBe("no-session");
        (await Code(hall, "/api/sessions/x/story.chat.jsonl")).ShouldBe("no-session");
        hall.Show.Stage = Stages.Voting(hall.Session);
        (await Code(hall, Path(hall, "story.jsonl"))).ShouldBe("not-ended");
    }

    private static string Path(Hall hall, string file) => $"/api/sessions/{hall.Session}/{file}";

    private static async Task<string> Code(Hall hall, string path)
    {
        using var answer = await hall.Http.GetAsync(path);
        return (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code;
    }

    private static async Task<Hall> Ended(bool data = true)
    {
        var hall = await Hall.Open();
        hall.Show.Stage = Stages.Lobby(hall.Session, seq: 99) with { Phase = SessionPhase.Ended };
        if (!data) return hall;
        var start = new DateTimeOffset(2026, 1, 17, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        hall.Show.AsData[StoryForm.Beats] = new StoryData(Stages.Film, start, ["{\"n\":1}", "{\"n\":\"二\"}"]);
        hall.Show.AsData[StoryForm.Chat] = new StoryData(Stages.Film, start, ["{\"messages\":[]}"]);
        return hall;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Tests.Gateway;

/// <summary>The script over HTTP: who may read it, what is carried on, what is refused before it reaches the session.</summary>
public sealed class DirectorTests
{
    [Fact]
    public async Task Only_a_director_reads_the_script_and_changes_it()
    {
        await using var hall = await Hall.Open();
        (await hall.Http.GetAsync(Path(hall))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await hall.SignIn();
        (await Direct(hall, new { action = "Approve", beat = 1, option = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var done = hall.Show.Directions.Single();
        (done.Action, done.By, done.Beat, done.Option).ShouldBe((DirectorAction.Approve, "operator", 1, 0));
    }

    [Fact]
    public async Task Everything_a_command_may_hold_arrives_as_it_was_sent()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        await Direct(hall, new
        {
            action = "Revise", beat = 3, option = 2, reason = "too long",
            lines = new object[] { new { speaker = "mara", words = new { en = "No.", zh = "不。" } }, new { words = new { zh = "雨。", en = "Rain." } } },
        });
        await Direct(hall, new { action = "Veto", veto = new { seconds = 9, otherwise = "Replace" } });
        await Direct(hall, new { action = "Tension", tension = 0.75 });
        await Direct(hall, new { action = "Forbid", name = "刀" });
        var all = hall.Show.Directions.ToList();
        all[0].Lines!.Value.Select(line => (line.Speaker, line.Words.In("zh"), line.ByDirector)).ShouldBe([("mara", "不。", false), (null, "雨。", false)]);
        (all[0].Reason, all[1].Veto, all[2].Tension, all[3].Name).ShouldBe(("too long", new VetoWindow(9, Unanswered.Replace), 0.75, "刀"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"action\":\"Sing\"}")]
    [InlineData("{\"action\":\"3\"}")]
    [InlineData("{\"action\":\"Veto\",\"veto\":{\"seconds\":5,\"otherwise\":\"Perhaps\"}}")]
    [InlineData("{\"action\":\"Revise\",\"lines\":[null]}")]
    [InlineData("{\"action\":\"Revise\",\"lines\":[{\"speaker\":\"mara\"}]}")]
    [InlineData("{\"action\":\"Revise\",\"lines\":[{\"words\":{}}]}")]
    [InlineData("{\"action\":\"Pin\",\"name\":\"x\",\"reason\":\"line\\nbreak\"}")]
    [InlineData("{\"action\":\"Tension\",\"tension\":\"much\"}")]
    [InlineData("[")]
    public async Task What_is_no_command_reaches_nobody(string body)
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        using var sent = new StringContent(body, Encoding.UTF8, "application/json");
        (await hall.Http.PostAsync(Path(hall), sent)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        hall.Show.Directions.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_session_refuses_is_said_with_its_reason()
    {
        await using var hall = await Hall.Open();
        await hall.SignIn();
        hall.Show.Refuses = Rules.Sessions.Refusals.MovedOn;
        var answer = await Direct(hall, new { action = "Reject", beat = 1, option = 0 });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code.ShouldBe("moved-on");
    }

    private static string Path(Hall hall) => $"/api/sessions/{hall.Session}/script";

    private static Task<HttpResponseMessage> Direct(Hall hall, object command) => hall.Http.PostAsJsonAsync(Path(hall), command, Json.Options);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Rules.Exports;

namespace Orleans.Story.Tests.Gateway;

/// <summary>What a show was like, over HTTP: for staff alone, once it has ended, in both languages and as Excel opens it.</summary>
public sealed class InsightsTests
{
    private static readonly string[] Files = ["insights.json", "rounds.csv", "feelings.csv", "interventions.csv", "beats.csv", "writers.csv"];

    [Fact]
    public async Task Nobody_but_staff_sees_what_staff_did()
    {
        await using var hall = await Ended(signedIn: false);
        hall.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {hall.Ticket()}");
        foreach (var file in Files) (await hall.Http.GetAsync(Path(hall, file))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, file);
        hall.Show.Looks.ShouldBe(0, "nothing was even looked up");
    }

    [Fact]
    public async Task Staff_get_every_file_with_a_name_and_it_stays_in_no_cache()
    {
        await using var hall = await Ended();
        foreach (var file in Files)
        {
            using var answer = await hall.Http.GetAsync(Path(hall, file));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"pier-2026-01-17-2000.{file}");
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (file.EndsWith(".csv", StringComparison.Ordinal)) bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF], "Excel opens Chinese");
        }

        (await hall.Http.GetFromJsonAsync<Insights>(Path(hall, "insights.json"), Json.Options))!.Interventions.Single().Reason.ShouldBe("=1+1");
        var table = Encoding.UTF8.GetString(await hall.Http.GetByteArrayAsync(Path(hall, "interventions.csv") + "?language=zh"));
        table.ShouldContain("操作人");
        table.ShouldContain(",'=1+1,");
        (await hall.Http.GetByteArrayAsync(Path(hall, "rounds.csv") + "?language=zh")).ShouldBe(InsightsCsv.Rounds(hall.Show.Inside!, "zh"));
        hall.Show.Looks.ShouldBe(1, "it is read once");
    }

    [Fact]
    public async Task What_there_is_not_is_refused_with_a_code()
    {
        await using var hall = await Ended();
        (await Code(hall, Path(hall, "rounds.csv") + "?language=fr")).ShouldBe("unknown-language");
        (await Code(hall, $"/api/sessions/{Guid.NewGuid():N}/insights.json")).ShouldBe("no-session");
        (await Code(hall, "/api/sessions/x/rounds.csv")).ShouldBe("no-session");

        await using var running = await Hall.Open();
        await running.SignIn();
        (await Code(running, Path(running, "insights.json"))).ShouldBe("not-ended");

        await using var closed = await Ended(inside: false);
        (await Code(closed, Path(closed, "feelings.csv"))).ShouldBe("never-started");
    }

    private static string Path(Hall hall, string file) => $"/api/sessions/{hall.Session}/{file}";

    private static async Task<string> Code(Hall hall, string path)
    {
        using var answer = await hall.Http.GetAsync(path);
        return (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!.Code;
    }

    private static async Task<Hall> Ended(bool signedIn = true, bool inside = true)
    {
        var hall = await Hall.Open();
        hall.Show.Stage = Stages.Lobby(hall.Session, seq: 99) with { Phase = SessionPhase.Ended };
        if (inside) hall.Show.Inside = Evening(hall);
        if (signedIn) await hall.SignIn();
        return hall;
    }

    private static Insights Evening(Hall hall) => new()
    {
        Session = hall.Session, Film = Stages.Film, Language = "en", StartedMs = new DateTimeOffset(2026, 1, 17, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        LengthMs = 240_000, ScheduledMs = 240_000, Landed = false, Cut = false, PausedMs = 0, Capacity = 300, Seated = 120,
        Rounds =
        [
            new InsightRound
            {
                Round = 0, Question = Text.Both("Does she wait?", "她等吗？"), Options = [Text.Both("Wait", "等"), Text.Both("Go", "走")], Counts = [70, 30], Winner = 0, Margin = 40,
                Voters = 100, Abstained = 0, Changed = 7, Rule = VotingRule.Plurality, Tied = [], OpenedMs = 30_000, DecidedMs = 40_500,
            },
        ],
        Beats = [new InsightBeat(0, Text.Both("One", "第一幕"), "storylet", Fallback.None, 4, 0, 30_000, 0.2, 0.3, 0)],
        Feelings = [new InsightFeeling(10_000, 12, 0.4, [1, 2, 3, 4, 5, 6, 7, 8])],
        Interventions = [new Intervention(12_000, "Pause", "operator", "=1+1", 0, 0, null)],
        Writers = [new WriterShare("storylet", 1, 4)],
        DeadAirMs = 0,
        Fallbacks = 0,
    };
}

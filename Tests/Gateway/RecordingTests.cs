using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Rules.Exports;

namespace Orleans.Story.Tests.Gateway;

/// <summary>The recording over HTTP: anyone may fetch it, in each format and language, once the show has ended and not before.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("json", "", "application/json; charset=utf-8", "pier-2026-01-17-2000.json")]
    [InlineData("json", "?language=zh", "application/json; charset=utf-8", "pier-2026-01-17-2000.json")]
    [InlineData("fountain", "", "text/plain; charset=utf-8", "pier-2026-01-17-2000.en.fountain")]
    [InlineData("vtt", "?language=zh", "text/vtt; charset=utf-8", "pier-2026-01-17-2000.zh.vtt")]
    [InlineData("vtt", "?language=en,zh", "text/vtt; charset=utf-8", "pier-2026-01-17-2000.en-zh.vtt")]
    [InlineData("chapters.vtt", "", "text/vtt; charset=utf-8", "pier-2026-01-17-2000.en.chapters.vtt")]
    [InlineData("srt", "?language=zh,en", "application/x-subrip; charset=utf-8", "pier-2026-01-17-2000.zh-en.srt")]
    [InlineData("ink", "?language=", "text/plain; charset=utf-8", "pier-2026-01-17-2000.en.ink")]
    public async Task Each_format_has_its_type_its_name_and_may_be_cached(string format, string query, string type, string name)
    {
        await using var hall = await Ended();
        using var answer = await hall.Http.GetAsync(Path(hall, format) + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileName.ShouldBe(name);
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        answer.Headers.CacheControl.Public.ShouldBeTrue();
        (await answer.Content.ReadAsByteArrayAsync())[..1].ShouldNotBe([0xEF], "a mark");
    }

    [Fact]
    public async Task What_leaves_is_what_the_rules_write_byte_for_byte()
    {
        await using var hall = await Ended();
        (await Bytes(hall, "json")).ShouldBe(JsonExport.Write(Tape(hall)));
        (await Words(hall, "fountain")).ShouldBe(FountainExport.Write(Tape(hall), "en"));
        (await Words(hall, "fountain", "?language=zh")).ShouldBe(FountainExport.Write(Tape(hall), "zh"));
        (await Words(hall, "vtt", "?language=en,zh")).ShouldBe(WebVttExport.Write(Tape(hall), "en", "zh"));
        (await Words(hall, "chapters.vtt")).ShouldBe(WebVttExport.WriteChapters(Tape(hall), "en"));
        (await Words(hall, "srt", "?language=zh")).ShouldBe(SrtExport.Write(Tape(hall), "zh"));
        (await Words(hall, "ink")).ShouldBe(InkExport.Write(Tape(hall), "en"));
        (await Words(hall, "srt", "?language=zh")).ShouldContain("汽笛响了。");
    }

    [Theory]
    [InlineData("pdf", "", HttpStatusCode.NotFound, "unknown-format")]
    [InlineData("JSON", "", HttpStatusCode.NotFound, "unknown-format")]
    [InlineData("vtt", "?language=fr", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("vtt", "?language=en,en", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("srt", "?language=en,zh,en", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("fountain", "?language=en,zh", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("ink", "?language=zh,en", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("chapters.vtt", "?language=en,zh", HttpStatusCode.BadRequest, "unknown-language")]
    [InlineData("json", "?language=..%2F..", HttpStatusCode.BadRequest, "unknown-language")]
    public async Task What_there_is_not_is_refused_with_a_sentence_in_both_languages(string format, string query, HttpStatusCode status, string code)
    {
        await using var hall = await Ended();
        var refusal = await Refused(hall, Path(hall, format) + query, status);
        refusal.Code.ShouldBe(code);
        refusal.Sentence.In("zh").ShouldNotBe(refusal.Sentence.In("en"));
    }

    [Fact]
    public async Task A_show_that_runs_has_no_recording_yet_and_one_that_never_started_has_none()
    {
        await using var running = await Hall.Open();
        running.Show.Tape = Tape(running);
        (await Refused(running, Path(running, "json"), HttpStatusCode.Conflict)).Code.ShouldBe("not-ended", "whatever lies on the tape");

        await using var closed = await Hall.Open();
        closed.Show.Stage = Stages.Lobby(closed.Session, seq: 9) with { Phase = SessionPhase.Ended };
        (await Refused(closed, Path(closed, "json"), HttpStatusCode.NotFound)).Code.ShouldBe("never-started");
    }

    [Fact]
    public async Task Sessions_that_the_hall_does_not_list_are_not_even_woken()
    {
        await using var hall = await Ended();
        var stranger = SessionId.New(DateTimeOffset.UnixEpoch.AddDays(9));
        (await Refused(hall, $"/api/sessions/{stranger}/recording.json", HttpStatusCode.NotFound)).Code.ShouldBe("no-session");
        hall.Fakes.IsAwake(stranger).ShouldBeFalse();
        (await Refused(hall, "/api/sessions/nonsense/recording.json", HttpStatusCode.NotFound)).Code.ShouldBe("no-session");
    }

    [Fact]
    public async Task However_many_formats_are_asked_for_the_session_is_asked_once()
    {
        await using var hall = await Ended();
        string[] all = ["json", "fountain", "vtt", "chapters.vtt", "srt", "ink"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => hall.Http.GetAsync(Path(hall, all[n % all.Length]))));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        hall.Show.Looks.ShouldBe(1);
    }

    private static async Task<Hall> Ended()
    {
        var hall = await Hall.Open();
        hall.Show.Tape = Tape(hall);
        hall.Show.Stage = Stages.Lobby(hall.Session, seq: 99) with { Phase = SessionPhase.Ended };
        return hall;
    }

    private static Recording Tape(Hall hall) => new()
    {
        Session = hall.Session,
        Film = Stages.Film,
        Language = "en",
        WallLanguages = ["en", "zh"],
        StartedMs = new DateTimeOffset(2026, 1, 17, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        LengthMs = 20_000,
        ScheduledMs = 20_000,
        Cast = [new RecordedName("ann", Text.Both("Ann", "安"))],
        Acts = [new RecordedName("one", Text.Both("One", "第一幕"))],
        Beats =
        [
            new RecordedBeat
            {
                Ordinal = 0,
                Writer = "storylet",
                Function = BeatFunction.Setup,
                Act = "one",
                Place = Text.Both("Pier", "码头"),
                Moment = Text.Both("Night", "夜"),
                Palette = ["#000000", "#ffffff", "#ff0000"],
                Tension = 0.2,
                Target = 0.3,
                Reason = Text.Both("It begins.", "开始了。"),
                Lines = [new RecordedLine(null, Text.Both("The horn sounds.", "汽笛响了。"), 1000, 3000), new RecordedLine("ann", Text.Both("Wait.", "等等。"), 4000, 2000)],
                Vote = new RecordedVote(
                    new StageChoice(0, Text.Both("Does she wait?", "她等吗？"), [Text.Both("Wait", "等"), Text.Both("Go", "走")], 0, [2, 1], 3, 0, [], []),
                    VotingRule.Plurality,
                    Text.Both("Two of three.", "三人中有两人。"),
                    6000,
                    16_000),
            },
        ],
        Feelings = [],
        Actions = [],
    };

    private static string Path(Hall hall, string format) => $"/api/sessions/{hall.Session}/recording.{format}";

    private static async Task<byte[]> Bytes(Hall hall, string format, string query = "") => await hall.Http.GetByteArrayAsync(Path(hall, format) + query);

    private static async Task<string> Words(Hall hall, string format, string query = "") => Encoding.UTF8.GetString(await Bytes(hall, format, query));

    private static async Task<Refusal> Refused(Hall hall, string path, HttpStatusCode status)
    {
        using var answer = await hall.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(status);
        answer.Headers.CacheControl?.Public.ShouldBeFalse("a refusal may be another one in a second");
        return (await answer.Content.ReadFromJsonAsync<Refusal>(Json.Options))!;
    }
}

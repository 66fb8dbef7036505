using System.Collections.Immutable;
using System.Text;
using FsCheck.Fluent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>A recording follows from its journal, and its files are frozen: a changed byte is a changed format.</summary>
public sealed class RecordingTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Exports", "golden");

    /// <summary>The files of one recording; with <c>STORY_GOLDEN</c> naming a folder they are written there, to be read before they are kept.</summary>
    [Fact]
    public void What_is_written_today_is_what_the_golden_files_say()
    {
        var show = Tape();
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["show.json"] = JsonExport.Write(show),
            ["show.en.fountain"] = Encoding.UTF8.GetBytes(FountainExport.Write(show, "en")),
            ["show.zh.fountain"] = Encoding.UTF8.GetBytes(FountainExport.Write(show, "zh")),
            ["show.en-zh.vtt"] = Encoding.UTF8.GetBytes(WebVttExport.Write(show, "en", "zh")),
            ["show.en.chapters.vtt"] = Encoding.UTF8.GetBytes(WebVttExport.WriteChapters(show, "en")),
            ["show.zh.srt"] = Encoding.UTF8.GetBytes(SrtExport.Write(show, "zh")),
            ["show.en.ink"] = Encoding.UTF8.GetBytes(InkExport.Write(show, "en")),
        };
        if (Environment.GetEnvironmentVariable("STORY_GOLDEN") is { Length: > 0 } folder)
        {
            foreach (var (name, file) in files) File.WriteAllBytes(Path.Combine(folder, name), file);
        }

        foreach (var (name, file) in files) Encoding.UTF8.GetString(file).ShouldBe(File.ReadAllText(Path.Combine(Folder, name)), name);
    }

    [Fact]
    public void A_file_is_read_back_whole()
    {
        var file = JsonExport.Write(Tape());
        JsonExport.Write(JsonExport.Read(file)).ShouldBe(file);
        Should.Throw<System.Text.Json.JsonException>(() => JsonExport.Read("""{"format":3,"session":""}"""u8));
        Should.Throw<System.Text.Json.JsonException>(() => JsonExport.Read("{}"u8));
    }

    [Fact]
    public void A_file_of_the_first_format_is_read_and_its_lines_get_their_writers()
    {
        var show = Tape();
        var first = Encoding.UTF8.GetString(JsonExport.Write(show)).Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal);
        foreach (var writer in (string[])["storylet", "director", "qwen3-4b"]) first = first.Replace($",\"writer\":\"{writer}\"}}", "}", StringComparison.Ordinal);
        JsonExport.Write(JsonExport.Read(Encoding.UTF8.GetBytes(first))).ShouldBe(JsonExport.Write(show));
    }

    [Fact]
    public void Every_line_says_who_wrote_it() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.2, Models = 0.5, Edits = 0.2 }.Play();
            var recording = Recordings.Of(Id, PaperFilm.Film, show.Events)!;
            return recording.Beats.All(beat => beat.Lines.All(line => line.Writer == (line.ByDirector ? "director" : beat.Writer)))
                && recording.Beats.All(beat => (beat.Writing is null) == (beat.Writer == "storylet"));
        }, count: 100);

    [Fact]
    public void Any_show_folded_again_from_its_rows_gives_the_same_bytes_and_none_before_its_end() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.1, Pauses = 0.02, Models = 0.3, Edits = 0.1 }.Play();
            var session = SessionId.New(DateTimeOffset.UnixEpoch);
            var first = JsonExport.Write(Recordings.Of(session, PaperFilm.Film, show.Events)!);
            var rows = show.Events.Select(EventCodecs.Session.Write).ToList();
            var again = rows.Select(row => EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span)).ToList();
            var second = Recordings.Of(session, PaperFilm.Film, again)!;
            var cut = (int)((ulong)seed % (ulong)again.Count);
            return JsonExport.Write(second).AsSpan().SequenceEqual(first)
                && JsonExport.Write(JsonExport.Read(first)).AsSpan().SequenceEqual(first)
                && second.Beats.Sum(beat => beat.Lines.Length) == again.Count(one => one is Orleans.Story.Rules.Sessions.LineAired)
                && Recordings.Of(session, PaperFilm.Film, again.Take(cut)) is null
                && FountainExport.Write(second, "zh") == FountainExport.Write(JsonExport.Read(first), "zh");
        }, count: 100);

    private static SessionId Id { get; } = SessionId.TryParse("0123456789abcdef0123456789abcdef", out var id) ? id : throw new FormatException();

    /// <summary>A small show with what is awkward in it: marks of the formats in its words, a clock set back, an option without a road.</summary>
    private static Recording Tape() => new()
    {
        Session = Id,
        Film = new FilmCard(new FilmRef("pier", new string('a', 64)), Text.Both("The Pier", "码头"), Text.Both("Two people miss a boat.", "两个人误了船。"), "PG", ["en", "zh"], 2, 30),
        Language = "en",
        WallLanguages = ["en", "zh"],
        StartedMs = new DateTimeOffset(2026, 1, 17, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        LengthMs = 30_000,
        ScheduledMs = 28_000,
        Cast = [new RecordedName("ann", Text.Both("Mrs. Ann", "安太太"))],
        Acts = [new RecordedName("one", Text.Both("One", "第一幕"))],
        Beats =
        [
            Beat(0, BeatFunction.Setup) with
            {
                Fallback = Fallback.Late,
                Lines =
                [
                    new RecordedLine(null, Text.Both("*Fog* & <rain> --> the horn.", "雾与雨，汽笛响了。"), 1000, 3000, Writer: "storylet"),
                    new RecordedLine("ann", Text.Both("INT. is how films begin. {Wait}", "等等。"), 4000, 2000, ByDirector: true, Writer: "director"),
                ],
                Vote = new RecordedVote(
                    new StageChoice(
                        0, Text.Both("Does she wait?", "她等吗？"), [Text.Both("Wait", "等"), Text.Both("Go", "走"), Text.Both("Swim", "游过去")], 0, [20, 11, 2], 34, 1, [["ann"], [], []],
                        [
                            new StageRoad(Text.Both("Pier", "码头"), Text.Both("Later", "稍后"), null, Text.Both("It comes.", "船来了。")),
                            new StageRoad(Text.Both("Road", "路上"), Text.Both("Night", "夜"), Text.Both("Mrs. Ann", "安太太"), Text.Both("A taxi, then.", "那就打车。")),
                            null,
                        ]),
                    VotingRule.Plurality,
                    Text.Both("20 of 33 wanted it so.", "33 人中有 20 人这样选。"),
                    6000,
                    16_000),
            },
            Beat(1, BeatFunction.Resolution) with
            {
                Writer = "qwen3-4b",
                Storylet = null,
                Writing = new Writing("laptop", "qwen3-4b", "beat-1.en", 3100, 420, 7350, "repetition,length"),
                Lines = [new RecordedLine(null, Text.Both("It comes.", "船来了。"), 5500, 3000, Writer: "qwen3-4b"), new RecordedLine("ann", Text.Both("At last.", "总算。"), 22_000, 2000, Writer: "qwen3-4b")],
            },
        ],
        Feelings = [new RecordedFeelings(10_000, new FeelingSums(12, [1, 2, 9, 3, 0, 0, 1, 0]))],
        Actions = [new RecordedAction(OperatorAction.Start, 0), new RecordedAction(OperatorAction.Extend, 12_000)],
    };

    /// <summary>The same show with other lines in its first beat.</summary>
    internal static Recording Tape(params ImmutableArray<RecordedLine> lines)
    {
        var tape = Tape();
        return tape with { Beats = tape.Beats.SetItem(0, tape.Beats[0] with { Lines = lines }) };
    }

    private static RecordedBeat Beat(int ordinal, BeatFunction function) => new()
    {
        Ordinal = ordinal,
        Writer = "storylet",
        Storylet = $"pier-{ordinal}",
        Function = function,
        Act = "one",
        Place = Text.Both("Pier", "码头"),
        Moment = Text.Both("Night", "夜"),
        Palette = ["#000000", "#ffffff", "#ff0000"],
        Tension = 0.2,
        Target = 0.3,
        Reason = Text.Both("It begins.", "开始了。"),
        Lines = [],
    };
}

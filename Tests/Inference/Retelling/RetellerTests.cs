using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Inference.Retelling;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Exports.Retold;
using Orleans.Story.Rules.Films;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Inference.Retelling;

/// <summary>A record told again: the same plans and choices, whatever the other writer makes of them.</summary>
public sealed class RetellerTests
{
    private static ImmutableArray<StoryRow> Record { get; } = Rows(7);

    [Fact]
    public async Task The_storylet_writer_tells_the_same_show_from_the_same_edition()
    {
        var show = await new Reteller(new StoryletWriter(), new ManualClock()).TellAsync(PaperFilm.Film, Record);
        show.Beats.Length.ShouldBe(Record.Count(row => row.Fate == Fate.Aired));
        show.Beats.ShouldAllBe(beat => beat.Passed && beat.Again!.Lines.SequenceEqual(beat.Row.Beat.Lines));
        show.IsOtherEdition.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_plan_comes_with_the_story_as_the_record_has_it_in_the_order_it_aired()
    {
        var asked = new List<BeatOrder>();
        await new Reteller(new Writer((order, _) =>
        {
            lock (asked) asked.Add(order);
            return Task.FromResult(Told(order));
        }) { Slots = 1 }, new ManualClock()).TellAsync(PaperFilm.Film, Record.Reverse());
        var aired = Record.Where(row => row.Aired is not null).ToList();
        asked.Select(order => order.Plan).ShouldBe(aired.Select(row => row.Plan));
        asked.Select(order => order.Past).ShouldBe(aired.Select(row => row.Past));
        asked.ShouldAllBe(order => order.Repair == null && order.Languages.SequenceEqual(aired[0].Languages));
    }

    [Fact]
    public async Task A_models_beat_that_fails_the_checks_is_written_again_once_with_what_was_wrong()
    {
        var repairs = new List<Repair>();
        var show = await new Reteller(new Writer((order, _) =>
        {
            var beat = Told(order) with { Writing = new Writing("desk", "paper-4b", "beat-1.en", 100, 10, 500) };
            if (order.Repair is null) return Task.FromResult(beat with { Place = "roof" });
            lock (repairs) repairs.Add(order.Repair);
            return Task.FromResult(order.Plan.Beat == 1 ? beat with { Place = "cellar" } : beat);
        }), new ManualClock()).TellAsync(PaperFilm.Film, Record);
        repairs.Count.ShouldBe(show.Beats.Length);
        repairs.ShouldAllBe(repair => repair.Draft.Place == "roof" && repair.Findings.Any(one => one.In("en").Contains("roof")));
        show.Beats[0].Again!.Writing.ShouldBe(new Writing("desk", "paper-4b", "beat-1.en", 200, 20, 1000, show.Beats[0].Again!.Writing!.Repaired));
        show.Beats[0].Again!.Writing!.Repaired!.Split(',').ShouldContain("place");
        show.Beats.Count(beat => !beat.Passed).ShouldBe(1);
        show.Beats[1].Findings.ShouldContain(one => one.Check == "place");
    }

    [Fact]
    public async Task A_writer_that_fails_or_is_late_leaves_a_gap_that_says_why()
    {
        var clock = new ManualClock();
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var telling = new Reteller(
            new Writer(async (order, _) =>
            {
                if (order.Plan.Beat == 0) throw new InvalidOperationException("The server is gone.");
                if (order.Plan.Beat == 1)
                {
                    stuck.SetResult();
                    // It does not listen to its token.
                    await new TaskCompletionSource().Task;
                }

                return Told(order);
            }) { Slots = 1 },
            clock) { PerBeat = TimeSpan.FromSeconds(20) }.TellAsync(PaperFilm.Film, Record);
        await stuck.Task;
        clock.Advance(TimeSpan.FromSeconds(21));
        var show = await telling;
        show.Beats[0].ShouldSatisfyAllConditions(beat => beat.Failed.ShouldBe("The server is gone."), beat => beat.Again.ShouldBeNull(), beat => beat.Passed.ShouldBeFalse());
        show.Beats[1].Failed.ShouldBe("It took longer than 20 s.");
    }

    [Fact]
    public async Task A_show_of_which_nothing_aired_is_no_show() =>
        await Should.ThrowAsync<ArgumentException>(() => new Reteller(new StoryletWriter(), new ManualClock()).TellAsync(PaperFilm.Film, Record.Where(row => row.Aired is null)));

    [Fact]
    public async Task Page_text_and_data_hold_both_tellings_and_no_mark_of_a_writer_is_one_of_theirs()
    {
        var show = await new Reteller(new Writer((order, _) =>
        {
            var beat = Told(order) with { Writer = "<script>alert(1)</script>", Writing = new Writing("desk", "paper|4b", "beat-1.en", 100, 10, 500) };
            return Task.FromResult(beat with { Lines = beat.Lines.SetItem(0, new Line(null, Text.Both("<img src=x onerror=alert(1)> & *rain* | hail", "<b>雨</b>"))) });
        }), new ManualClock()).TellAsync(PaperFilm.Film, Record);
        foreach (var language in (string[])["en", "zh"])
        {
            var page = RetoldHtml.Write(show, language);
            page.ShouldNotContain("<script");
            page.ShouldNotContain("<img");
            page.ShouldContain("&lt;img src=x onerror=alert(1)&gt; &amp; *rain* | hail");
            page.ShouldContain("当时所讲");
            page.ShouldContain("As it was told");
            page.ShouldContain($"id=\"{language}\" checked");
            foreach (var far in (string[])["http:", "https:", "url(", "@import", "//"]) page.ShouldNotContain(far, Case.Insensitive, "it needs nothing else");
            var text = RetoldMarkdown.Write(show, language);
            text.ShouldContain(@"\<img src=x onerror=alert(1)\> \& \*rain\* \| hail");
            text.Replace(@"\<", "", StringComparison.Ordinal).ShouldNotContain("<script");
            text.Split('\n').Count(line => line.StartsWith("## ", StringComparison.Ordinal)).ShouldBe(show.Beats.Length);
        }

        foreach (var (line, beat) in RetoldJsonl.Lines(show).Zip(show.Beats))
        {
            using var row = JsonDocument.Parse(line);
            row.RootElement.GetProperty("schema").GetString().ShouldBe("orleans-story-retold/1");
            row.RootElement.GetProperty("ordinal").GetInt32().ShouldBe(beat.Row.Ordinal);
            row.RootElement.GetProperty("again").GetProperty("lines").GetArrayLength().ShouldBe(beat.Again!.Lines.Length);
        }
    }

    [Fact]
    public void A_row_is_the_conversation_that_a_model_would_have_had()
    {
        var row = Record.First(one => one is { Fate: Fate.Aired, Ordinal: 1 });
        var withGist = row with { Beat = row.Beat with { Gist = Text.Both("They stay.", "他们留下。") } };
        foreach (var (one, messages) in ((StoryRow, int)[])[(row, 3), (withGist, 5)])
        {
            using var line = JsonDocument.Parse(ChatForm.Line(PaperFilm.Film, one)!);
            var said = line.RootElement.GetProperty("messages").EnumerateArray().Select(turn => (turn.GetProperty("role").GetString(), turn.GetProperty("content").GetString()!)).ToList();
            said.Select(turn => turn.Item1).ShouldBe(((string[])["system", "user", "assistant", "user", "assistant"])[..messages]);
            var prompt = BeatPrompt.Of(PaperFilm.Film, new BeatOrder(row.Film, row.Plan, row.Languages, WritePriority.Live, 0, row.Past), BeatPrompt.UsualContext)!;
            (said[0].Item2, said[1].Item2).ShouldBe((prompt.System, prompt.Task));
            new Story.Inference.Reading.ProseReader(PaperFilm.Film, "en").Read(said[2].Item2).Select(spoken => (spoken.Speaker, spoken.Words.In("en")))
                .ShouldBe(row.Beat.Lines.Select(spoken => (spoken.Speaker, spoken.Words.In("en"))), "the program reads back what it would have it write");
            line.RootElement.GetProperty("schema").GetString().ShouldBe("orleans-story-chat/1");
            line.RootElement.GetProperty("passed").GetBoolean().ShouldBeTrue();
        }

        var edited = row with { Aired = row.Aired! with { Edited = true, Lines = [row.Aired.Lines[0], row.Aired.Lines[1] with { Words = Text.Both("Then shut it.", "那就关上。"), Writer = "director" }] } };
        ChatForm.Line(PaperFilm.Film, edited)!.ShouldContain("Ann｜Then shut it.");
    }

    private static Beat Told(BeatOrder order) => Story.Rules.Plot.StoryletTelling.Tell(PaperFilm.Film, order.Plan);

    private static ImmutableArray<StoryRow> Rows(long seed)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed).Play();
        return StoryRows.Of(Support.Orders.Session, _ => PaperFilm.Film, show.Events)!.Value;
    }

    /// <summary>A writer of a test.</summary>
    private sealed class Writer(Func<BeatOrder, CancellationToken, Task<Beat>> write) : IBeatWriter
    {
        public string Name => "paper-4b";

        public int Slots { get; init; } = 3;

        public Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken) => write(order, cancellationToken);
    }
}

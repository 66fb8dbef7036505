using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>What leaves the house for whoever trains or measures a writer: everything of the story and nobody in it.</summary>
public sealed class StoryRowTests
{
    private static readonly SessionId Id = new(new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f"));

    [Fact]
    public void Every_beat_that_was_written_is_a_row_and_every_line_that_aired_is_in_one() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed);
            var rows = Rows(events);
            var recording = Orleans.Story.Rules.Exports.Recordings.Of(Id, PaperFilm.Film, events)!;
            var aired = rows.Where(row => row.Fate == Fate.Aired).ToList();
            return rows.Length == events.OfType<BeatPrepared>().Count()
                && aired.Select(row => row.Ordinal).SequenceEqual(recording.Beats.Select(beat => beat.Ordinal))
                && aired.Zip(recording.Beats).All(pair => pair.First.Aired!.Lines.Select(line => (line.Words, line.Writer, line.AtMs)).SequenceEqual(pair.Second.Lines.Select(line => (line.Words, line.Writer, line.AtMs))))
                && aired.Zip(recording.Beats).All(pair => pair.First.Votes.LastOrDefault()?.Taken == pair.Second.Vote?.Choice.Taken)
                && rows.All(row => row.Plan.Beat == row.Ordinal && row.Plan.Option == row.Option && row.Plan.Made == row.Beat.Made)
                && rows.All(row => row.Fate == Fate.Aired == (row.Aired is not null))
                && rows.Where(row => row.Fate == Fate.NotTaken).All(row => aired.Exists(other => other.Ordinal == row.Ordinal && (other.Option != row.Option || other.Plan.Made != row.Plan.Made)))
                && rows.All(row => row.Checks!.Passed == row.Checks.Findings.IsEmpty)
                && aired.All(row => row.Past.Beats.Select(beat => beat.Ordinal).SequenceEqual(Enumerable.Range(0, row.Ordinal)));
        }, count: 150);

    [Fact]
    public void The_same_journal_gives_the_same_lines_each_reads_back_and_there_are_none_before_the_end() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed);
            var again = events.Select(EventCodecs.Session.Write).Select(row => EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span)).ToList();
            var lines = Rows(events).Select(StoryJsonl.Line).ToList();
            var cut = (int)((ulong)seed % (ulong)events.Count);
            return lines.SequenceEqual(Rows(again).Select(StoryJsonl.Line))
                && lines.SequenceEqual(lines.Select(StoryJsonl.Read).Select(StoryJsonl.Line))
                && lines.TrueForAll(line => !line.Contains('\n'))
                && StoryRows.Of(Id, _ => PaperFilm.Film, events.Take(cut)) is null;
        }, count: 60);

    [Fact]
    public void Nobody_is_in_it_whoever_was_there() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var evening = Evening(seed);
            var (names, others) = (new Names($"zq{(ulong)seed:x}", 299), new Names("somebody else", 3));
            var lines = Rows(names.In(evening)).Select(Anonymous.Of).Select(StoryJsonl.Line).ToList();
            // Whoever they were, the file is the same: nothing of them is in it, in whatever guise.
            return lines.SequenceEqual(Rows(others.In(evening)).Select(Anonymous.Of).Select(StoryJsonl.Line))
                && lines.TrueForAll(line => !names.All.Any(name => line.Contains(name, StringComparison.OrdinalIgnoreCase)));
        }, count: 150);

    [Fact]
    public void Every_member_that_is_ever_written_is_described()
    {
        var described = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Exports", "data-out.md"));
        var written = new SortedSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= 40; seed++)
        {
            foreach (var row in Rows(Evening(seed))) Members(JsonDocument.Parse(StoryJsonl.Line(row)).RootElement, "", written);
        }

        written.Count.ShouldBeGreaterThan(70);
        written.Where(member => !described.Contains($"`{member}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void What_few_people_feel_is_in_no_row()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 7);
        show.Until(state => state.Aired.Length == 2);
        show.Do(SessionDecision.Of(new FeelingsMeasured(show.NowMs, new FeelingSums(9, [0, 0, 0, 9, 0, 0, 0, 0]))));
        show.Until(state => state.Phase == SessionPhase.Ended);
        show.Events.OfType<PlanMade>().ShouldContain(made => made.Plan.Arousal > 0, "the planner may use it");
        Rows(show.Events).ShouldAllBe(row => row.Plan.Arousal == null && row.Feelings == null);
    }

    [Fact]
    public void What_ten_feel_is_added_up_in_the_row_of_the_beat_they_felt_it_in()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 7);
        show.Until(state => state.Aired.Length == 2);
        show.Do(SessionDecision.Of(new FeelingsMeasured(show.NowMs, new FeelingSums(14, [0, 0, 10, 10, 0, 0, 0, 0]))));
        show.Do(SessionDecision.Of(new FeelingsMeasured(show.NowMs, new FeelingSums(11, [1, 0, 10, 0, 0, 0, 0, 0]))));
        show.Until(state => state.Phase == SessionPhase.Ended);
        var rows = Rows(show.Events);
        rows.Single(row => row is { Ordinal: 0, Fate: Fate.Aired }).Feelings.ShouldSatisfyAllConditions(
            felt => (felt!.Windows, felt.Contributors).ShouldBe((2, 11)), felt => felt!.Sums.ShouldBe([1, 0, 20, 10, 0, 0, 0, 0]));
        rows.Count(row => row.Feelings is not null).ShouldBe(1);
    }

    [Fact]
    public void A_directors_no_and_a_directors_words_are_on_the_row_without_the_director()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 7);
        show.Until(state => state.Aired.Length == 2 && state.Prepared.Count == 3);
        var beat = show.State.Current!;
        show.Direct(DirectorAction.Reject, 1, 0, show.State.Prepared[0].Storylet).Refusal.ShouldBeNull();
        show.Direct(DirectorAction.Revise, beat.Ordinal, beat.Option, lines: beat.Lines.SetItem(3, new Line("bo", Text.Both("Then shut it.", "那就关上。")))).Refusal.ShouldBeNull();
        show.Until(state => state.Phase == SessionPhase.Ended);
        var rows = Rows(show.Events);
        rows.Single(row => row.Fate == Fate.Rejected).ShouldSatisfyAllConditions(row => (row.Ordinal, row.Option).ShouldBe((1, 0)), row => row.Aired.ShouldBeNull());
        var opening = rows.Single(row => row is { Ordinal: 0, Fate: Fate.Aired });
        opening.Aired!.Edited.ShouldBeTrue();
        opening.Aired.Lines.Select(line => line.Writer).ShouldBe(["storylet", "storylet", "storylet", "director"]);
        opening.Aired.Lines[3].Words.In("zh").ShouldBe("那就关上。");
        opening.Beat.Lines.ShouldAllBe(line => !line.ByDirector, "the row keeps what was written");
        StoryJsonl.Line(opening).ShouldNotContain("\"by\"");
    }

    [Fact]
    public void The_words_of_an_option_that_a_viewer_suggested_stay_in_the_house()
    {
        var row = Rows(Evening(3)).First(row => row is { Fate: Fate.Aired, Ordinal: 1 });
        var said = Text.Both("Call Mrs. Weatherby of Larch Lane", "给落叶松巷的韦太太打电话");
        var suggested = row with
        {
            Beat = row.Beat with { Options = [.. row.Beat.Options, new Option(said, [], ByAudience: true)] },
            Past = new StorySoFar([row.Past.Beats[0] with { Chosen = said, ByAudience = true }]),
        };
        var line = StoryJsonl.Line(Anonymous.Of(suggested));
        line.ShouldNotContain("Weatherby");
        line.ShouldNotContain("韦太太");
        line.ShouldContain("\"byAudience\":true");
        StoryJsonl.Line(Anonymous.Of(row)).ShouldBe(StoryJsonl.Line(row), "nothing else is touched");
    }

    [Fact]
    public void A_line_is_written_today_as_the_golden_file_says()
    {
        var file = StoryJsonl.File(Rows(Evening(11)).Take(4).Select(Anonymous.Of).Select(row => row with { Film = row.Film with { Hash = new string('a', 64) } }).Select(StoryJsonl.Line));
        if (Environment.GetEnvironmentVariable("STORY_GOLDEN") is { Length: > 0 } folder) File.WriteAllBytes(Path.Combine(folder, "story.jsonl"), file);
        Encoding.UTF8.GetString(file).ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Exports", "golden", "story.jsonl")));
        Should.Throw<JsonException>(() => StoryJsonl.Read(StoryJsonl.Line(Rows(Evening(11))[0]).Replace("beat/1", "beat/2", StringComparison.Ordinal)));
    }

    private static StoryRow[] Rows(IEnumerable<SessionEvent> events) => [.. StoryRows.Of(Id, one => one == PaperFilm.Film.Ref ? PaperFilm.Film : null, events)!.Value];

    /// <summary>A show with models, fallbacks, pauses, a director's hand and feelings of many and of few.</summary>
    private static List<SessionEvent> Evening(long seed)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.1, Pauses = 0.02, Models = 0.4, Edits = 0.1 }.Play();
        var events = new List<SessionEvent>();
        foreach (var happened in show.Events)
        {
            events.Add(happened);
            if (happened is LineAired aired) events.Add(new FeelingsMeasured(aired.AtMs + 1, new FeelingSums((int)((ulong)(seed + aired.AtMs) % 20), [1, 2, 3, 4, 5, 6, 7, 8])));
        }

        return events;
    }

    /// <summary>Paths of all members: <c>beat.lines[].speaker</c>. A text is a leaf.</summary>
    private static void Members(JsonElement one, string path, SortedSet<string> found)
    {
        if (one.ValueKind == JsonValueKind.Array)
        {
            foreach (var member in one.EnumerateArray()) Members(member, path + "[]", found);
        }
        else if (one.ValueKind == JsonValueKind.Object && !one.EnumerateObject().All(member => member.Name is "en" or "zh"))
        {
            foreach (var member in one.EnumerateObject())
            {
                var inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                found.Add(inner);
                Members(member.Value, inner, found);
            }
        }
    }

    /// <summary>An evening in which every name there can be is one that would be noticed.</summary>
    private sealed class Names(string mark, int seat)
    {
        public IEnumerable<string> All => [mark, "\"seat\"", "\"seats\"", "\"viewer\"", "\"by\"", "\"joinCode\"", "\"secret\"", "\"book\""];

        public IEnumerable<SessionEvent> In(List<SessionEvent> events)
        {
            foreach (var happened in events)
            {
                yield return happened switch
                {
                    SessionCreated created => created with { Terms = created.Terms with { JoinCode = mark, Secret = mark + "secret" } },
                    OperatorActed acted => acted with { Command = acted.Command with { By = mark + "operator", Reason = mark + " fell ill" } },
                    DirectorActed acted => acted with { Command = acted.Command with { By = mark + "director", Reason = mark + " is in row nine" } },
                    _ => happened,
                };
                if (happened is not LineAired { N: 1 } line) continue;
                yield return new OperatorActed(new OperatorCommand(OperatorAction.Kick, mark, mark, 0, false, seat), line.AtMs);
                yield return new OperatorActed(new OperatorCommand(OperatorAction.Tell, mark, "", 0, false, Words: $"{mark}, please call home."), line.AtMs);
                yield return new RemarkApproved(Guid.Empty, mark, line.AtMs);
                yield return new RemarkShown(Guid.Empty, line.AtMs, 8000);
                yield return new SeatLeft(seat, line.AtMs);
            }
        }
    }
}

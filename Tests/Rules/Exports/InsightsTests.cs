using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Exports;

/// <summary>What a show was like follows from its journal, and its tables open where people open tables.</summary>
public sealed class InsightsTests
{
    [Fact]
    public void Whatever_the_evening_the_insights_add_up_to_its_journal() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed);
            var show = Of(events)!;
            var lines = events.OfType<LineAired>().Count();
            var late = events.OfType<WallLate>().Sum(one => one.Ms);
            return show.Writers.Sum(writer => writer.Lines) == lines && show.Beats.Sum(beat => beat.Lines) == lines
                && show.DeadAirMs == late && show.Beats.Sum(beat => beat.DeadAirMs) == late
                && show.Beats.Count(beat => beat.Fallback != Fallback.None) == show.Fallbacks && show.Fallbacks > 0 == events.Any(one => one is BeatPrepared { Beat.Fallback: not Fallback.None })
                && show.FallbackReasons.Sum(one => one.Beats) == show.Fallbacks
                && show.Repaired == show.Writers.Sum(writer => writer.Repaired) && show.Repaired == show.Beats.Count(beat => beat.Writing?.Repaired is not null)
                && show.Writers.Sum(writer => writer.TokensOut) == show.Beats.Sum(beat => (long)(beat.Writing?.TokensOut ?? 0))
                && show.Interventions.Length == events.OfType<OperatorActed>().Count()
                && show.Rounds.Length == events.OfType<RoundDecided>().Count()
                && show.Rounds.All(round => round.Margin >= 0 && round.Margin <= round.Counts[round.Winner] && (round.Tied.IsEmpty || round.Margin == 0))
                && show.LengthMs > 0 && show.PausedMs >= 0 && !show.Cut;
        }, count: 200);

    [Fact]
    public void The_same_rows_give_the_same_insights_and_none_before_the_end() =>
        Properties.Hold(Properties.Seeds, seed =>
        {
            var events = Evening(seed);
            var again = events.Select(EventCodecs.Session.Write).Select(row => EventCodecs.Session.Read(row.Type, row.Format, row.Body.Span)).ToList();
            var cut = (int)((ulong)seed % (ulong)events.Length);
            return JsonSerializer.Serialize(Of(events)) == JsonSerializer.Serialize(Of(again)) && Of(events[..cut]) is null;
        }, count: 100);

    [Fact]
    public void A_pause_that_moves_the_end_is_not_lateness_and_an_end_by_hand_is_said()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 5);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        for (var i = 0; i < 10; i++) show.Advance();
        show.Operate(OperatorAction.Pause, shift: true);
        var paused = show.State.PausedMs;
        show.Operate(OperatorAction.End);
        var cut = Of(show.Events)!;
        (cut.Cut, cut.Landed, cut.ScheduledMs).ShouldBe((true, false, 180_000));
        cut.PausedMs.ShouldBe(show.NowMs - paused);
        cut.Interventions.Select(one => one.Kind).ShouldBe(["Open", "Start", "Pause", "End"]);
        cut.Interventions[0].AtMs.ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public void A_show_that_was_landed_is_measured_by_the_end_it_had()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 10), 9);
        show.Operate(OperatorAction.Open);
        show.Advance();
        show.Operate(OperatorAction.Start);
        while (show.State.Aired.IsEmpty) show.Advance();
        show.Operate(OperatorAction.EndWell);
        while (show.State.Phase != SessionPhase.Ended) show.Advance();
        var landed = Of(show.Events)!;
        (landed.Landed, landed.ScheduledMs).ShouldBe((true, 600_000));
        landed.LateMs.ShouldBeLessThan(0);
    }

    [Fact]
    public void Who_voted_again_is_told_only_where_one_tap_is_a_vote()
    {
        var again = new Dictionary<int, int> { [0] = 7 };
        foreach (var (rule, changed) in ((VotingRule, int?)[])[(VotingRule.Plurality, 7), (VotingRule.Approval, null), (VotingRule.Ranked, null)])
        {
            var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3, rule: rule), 3).Play();
            ShowInsights.Of(SessionId.New(DateTimeOffset.UnixEpoch), PaperFilm.Film, show.Events, 40, again)!.Rounds[0].Changed.ShouldBe(changed);
        }
    }

    [Fact]
    public void Where_nobody_preferred_anything_the_film_chose_and_no_votes_won()
    {
        var round = Of(Evening(11))!.Rounds[0] with { Options = [Text.Both("Wait", "等"), Text.Both("Go", "走")], Winner = 1, Overruled = null };
        string[][] Told(int[] counts, int voters, int abstained, string language) => Table(InsightsCsv.Rounds(
            Of(Evening(11))! with { Rounds = [round with { Counts = [.. counts], Margin = counts[1] - counts[0], Voters = voters, Abstained = abstained }] }, language));
        foreach (var (voters, abstained) in ((int, int)[])[(0, 0), (3, 3)])
        {
            var (head, film) = (Told([0, 0], voters, abstained, "en")[0].ToList(), Told([0, 0], voters, abstained, "en")[2]);
            (film[head.IndexOf("Won")], film[head.IndexOf("Chosen by")], film[head.IndexOf("Margin")]).ShouldBe(("0", "the film", ""));
        }

        var (names, rows) = (Told([1, 4], 6, 1, "zh")[0].ToList(), Told([1, 4], 6, 1, "zh"));
        rows[1..].Select(row => (row[names.IndexOf("胜出")], row[names.IndexOf("由谁选定")], row[names.IndexOf("领先票数")])).ShouldBe([("0", "", "3"), ("1", "全场", "3")]);
    }

    [Fact]
    public void Who_said_yes_or_no_to_a_remark_is_told_and_not_the_remark()
    {
        var events = Evening(11);
        var (start, id) = (events.ToList().FindIndex(one => one is LineAired), new Guid("0198f0c0-0000-7000-8000-000000000001"));
        var at = ((LineAired)events[start]).AtMs;
        var before = Of(events)!;
        var show = Of([.. events[..(start + 1)], new RemarkApproved(id, "jo", at + 1), new RemarkWithdrawn(id, "ana", at + 2), new RemarkRejected(id, "jo", at + 3), .. events[(start + 1)..]])!;
        show.Interventions.Length.ShouldBe(before.Interventions.Length + 3);
        show.Interventions.Except(before.Interventions).Select(one => (one.Kind, one.By, one.AtMs, one.Words)).ShouldBe(
        [
            ("ApproveRemark", "jo", at + 1 - show.StartedMs, null), ("WithdrawRemark", "ana", at + 2 - show.StartedMs, null), ("RejectRemark", "jo", at + 3 - show.StartedMs, null),
        ]);
    }

    [Fact]
    public void Printed_cards_are_of_no_one_seat()
    {
        var events = Evening(11);
        var opened = events.OfType<OperatorActed>().First(acted => acted.Command.Action == OperatorAction.Open);
        var printed = opened with { Command = new OperatorCommand(OperatorAction.PrintCodes, "kassa", "", 0, false, 1, 24) };
        Of(events.Insert(events.IndexOf(opened) + 1, printed))!.Interventions.Single(one => one.Kind == "PrintCodes").Seat.ShouldBe(0);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-", "'-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("she said \"no\", twice", "\"she said \"\"no\"\", twice\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("灯塔，亮了", "灯塔，亮了")]
    public void No_cell_is_a_formula_and_every_cell_reads_back(string words, string cell) =>
        Encoding.UTF8.GetString(new Csv("h").Row(words).Bytes()).ShouldBe($"\uFEFFh\r\n{cell}\r\n");

    [Fact]
    public void Numbers_are_numbers_in_every_country()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = Commas();
            Encoding.UTF8.GetString(new Csv("a", "b", "c", "d").Row(-1.5, 1234567, null, true).Bytes()).ShouldBe("\uFEFFa,b,c,d\r\n-1.5,1234567,,1\r\n");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_table_has_a_row_for_what_there_was_and_as_many_cells_as_headings()
    {
        var show = Of(Evening(11))! with
        {
            Interventions = [new Intervention(-5000, "Tell", "ana", "=HYPERLINK(\"x\")", 0, 0, "散场请走左边，\n谢谢")],
            Feelings = [new InsightFeeling(9_000, 12, 0.5, [1, 2, 3, 4, 5, 6, 7, 8])],
        };
        foreach (var (language, told) in ((string, string)[])[("en", "Told everyone"), ("zh", "告诉全场")])
        {
            Table(InsightsCsv.Rounds(show, language)).Length.ShouldBe(1 + show.Rounds.Sum(round => round.Options.Length));
            Table(InsightsCsv.Feelings(show, language)).Length.ShouldBe(2);
            Table(InsightsCsv.Interventions(show, language))[1].ShouldBe(
                ["-5", DateTimeOffset.FromUnixTimeMilliseconds(show.StartedMs - 5000).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), told, "ana", "'=HYPERLINK(\"x\")", "", "", "", "", "散场请走左边，\n谢谢"]);
        }

        Table(InsightsCsv.Rounds(show, "zh"))[0][0].ShouldBe("轮次");
    }

    [Fact]
    public void Who_wrote_is_a_table_by_beat_and_a_table_by_writer_and_reason()
    {
        InsightBeat Beat(int beat, string writer, Fallback fallback, int lines, int directed, Writing? writing) =>
            new(beat, Text.Both("One", "第一幕"), writer, fallback, lines, beat * 10_000, (beat * 10_000) + 9000, 0.2, 0.3, 0, directed, writing, beat == 0 ? null : fallback == Fallback.None);
        var show = Of(Evening(11))! with
        {
            Beats =
            [
                Beat(0, "storylet", Fallback.None, 4, 0, null), Beat(1, "qwen3-4b", Fallback.None, 6, 2, new Writing("desk", "qwen3-4b", "beat-1.en", 3000, 400, 7340, "length")),
                Beat(2, "storylet", Fallback.Late, 2, 0, null),
            ],
            Writers = [new WriterShare("storylet", 2, 6), new WriterShare("qwen3-4b", 1, 4, 3000, 400, 7340, 1, 2, 6750), new WriterShare("director", 0, 2)],
            FallbackReasons = [new FallbackShare(Fallback.Late, 1)],
        };
        Table(WritersCsv.Beats(show, "en"))[1..].ShouldBe(
        [
            ["1", "0", "One", "the film itself", "", "4", "0", "0.2", "0.3", "0", "", "", "", "", "", "", ""],
            ["2", "10", "One", "qwen3-4b", "", "6", "2", "0.2", "0.3", "0", "desk", "beat-1.en", "3000", "400", "7.3", "length", "1"],
            ["3", "20", "One", "the film itself", "late", "2", "0", "0.2", "0.3", "0", "", "", "", "", "", "", "0"],
        ]);
        Table(WritersCsv.Writers(show, "zh"))[1..].ShouldBe(
        [
            ["影片原稿", "", "2", "6", "0.5", "", "", "", "", "", "", ""], ["qwen3-4b", "", "1", "4", "0.3333", "3000", "400", "3400", "7.3", "1", "2", "6750"],
            ["导演", "", "0", "2", "0.1667", "", "", "", "", "", "", ""], ["", "未能按时", "1", "", "", "", "", "", "", "", "", ""],
        ]);
    }

    /// <summary>A culture that writes numbers as half the world does; the tests run without the world's own.</summary>
    private static System.Globalization.CultureInfo Commas()
    {
        var commas = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        (commas.NumberFormat.NumberDecimalSeparator, commas.NumberFormat.NegativeSign) = (",", "−");
        return commas;
    }

    /// <summary>A show with late walls, fallbacks and pauses, as its grain would journal it.</summary>
    private static ImmutableArray<SessionEvent> Evening(long seed)
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), seed) { WriterFails = 0.1, Pauses = 0.02, Models = 0.3 }.Play();
        var (state, events, drawn) = (SessionState.None, ImmutableArray.CreateBuilder<SessionEvent>(), seed);
        foreach (var happened in show.Events)
        {
            drawn = (drawn * 6364136223846793005) + 1442695040888963407;
            foreach (var kept in DeadAir.OnRecord([happened], state, Math.Max(0, (drawn >> 40) % 2000)))
            {
                state = SessionFold.Evolve(state, kept);
                events.Add(kept);
            }
        }

        return events.ToImmutable();
    }

    private static Insights? Of(IEnumerable<SessionEvent> events) =>
        ShowInsights.Of(new SessionId(new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f")), PaperFilm.Film, events, 120, new Dictionary<int, int>());

    /// <summary>Reads RFC 4180, strictly: every row has as many cells as the first.</summary>
    private static string[][] Table(byte[] file)
    {
        var text = Encoding.UTF8.GetString(file);
        text[0].ShouldBe('\uFEFF');
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 1; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (quoted) cell.Append(text[i]);
            else if (text[i] == ',') Flush();
            else if (text[i] == '\r')
            {
                text[++i].ShouldBe('\n');
                Flush();
                rows.Add([.. row]);
                row.Clear();
            }
            else cell.Append(text[i]);
        }

        rows.ShouldAllBe(one => one.Length == rows[0].Length);
        return [.. rows];

        void Flush()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}

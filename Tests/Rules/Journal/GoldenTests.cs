using System.Text;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Rules.Staff;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Rules.Journal;

/// <summary>
/// The journal's rows as they were when they were first released. A line that no longer reads, or reads to something that
/// is written otherwise, means a show of last year is lost: give the new shape a new format number instead.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Journal", "golden");

    [Fact]
    public void Rows_of_format_1_still_read_and_are_still_written_the_same()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "session-1.txt"));
        lines.ShouldBe(lines.Select(line => Line(EventCodecs.Session, Read(EventCodecs.Session, line))));
        lines.Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal).ShouldBe(EventCodecs.Session.Names, ignoreOrder: true);
        var audience = File.ReadAllLines(Path.Combine(Folder, "audience-1.txt"));
        audience.ShouldBe(audience.Select(line => Line(EventCodecs.Audience, Read(EventCodecs.Audience, line))));
        audience.Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal).ShouldBe(EventCodecs.Audience.Names, ignoreOrder: true);
        var audit = File.ReadAllLines(Path.Combine(Folder, "audit-1.txt"));
        audit.ShouldBe(audit.Select(line => Line(EventCodecs.Audit, Read(EventCodecs.Audit, line))));
        audit.Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal).ShouldBe(EventCodecs.Audit.Names, ignoreOrder: true);
    }

    [Fact]
    public void What_is_written_today_is_what_the_golden_rows_say()
    {
        SampleSession().Select(happened => Line(EventCodecs.Session, happened)).ShouldBe(File.ReadAllLines(Path.Combine(Folder, "session-1.txt")));
        SampleAudience().Select(happened => Line(EventCodecs.Audience, happened)).ShouldBe(File.ReadAllLines(Path.Combine(Folder, "audience-1.txt")));
        SampleAudit().Select(happened => Line(EventCodecs.Audit, happened)).ShouldBe(File.ReadAllLines(Path.Combine(Folder, "audit-1.txt")));
    }

    [Fact]
    public void A_row_from_the_future_or_a_damaged_one_is_named()
    {
        Should.Throw<UnreadableEventException>(() => EventCodecs.Session.Read("LineAired", 2, "{}"u8)).Message.ShouldContain("newer version");
        Should.Throw<UnreadableEventException>(() => EventCodecs.Session.Read("Unheard", 1, "{}"u8));
        Should.Throw<UnreadableEventException>(() => EventCodecs.Session.Read("LineAired", 1, "{\"beat\":"u8)).Message.ShouldContain("damaged");
    }

    private static TEvent Read<TEvent>(EventCodec<TEvent> codec, string line)
        where TEvent : class
    {
        var parts = line.Split(' ', 3);
        return codec.Read(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(parts[2]));
    }

    private static string Line<TEvent>(EventCodec<TEvent> codec, TEvent happened)
        where TEvent : class
    {
        var row = codec.Write(happened);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Type} {row.Format} {Encoding.UTF8.GetString(row.Body.Span)}");
    }

    private static IEnumerable<SessionEvent> SampleSession()
    {
        var plan = new Plan
        {
            Beat = 1, Option = 0, Function = BeatFunction.Reversal, Act = "two", Tension = 0.4, Seconds = 21.5, Facts = ["chose-0"],
            Promises = ["letter"], Told = ["opening"], Arousal = 0.61, Seed = -7, Reason = PaperSay("It turns.", "该转弯了。"),
        };
        yield return new SessionCreated(PaperShow.Terms(PaperFilm.Film) with { Film = new FilmRef("paper", new string('a', 64)) }, 1_768_680_000_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.Pause, "operator", "fire drill", 0, true), 1_768_680_001_000);
        yield return new PlanMade(plan);
        yield return new BeatPrepared(new Beat
        {
            Ordinal = 1, Option = 0, Writer = "storylet", Storylet = "two-0", Function = BeatFunction.Complication, Act = "two", Tension = 0.25,
            Place = "room", Moment = PaperSay("Day", "白天"), Cast = ["ann"], Lines = [new Line(null, PaperSay("Rain.", "雨。")), new Line("ann", PaperSay("No.", "不。"))],
            Question = PaperSay("Who?", "谁？"), Options = [new Option(PaperSay("Ann", "安"), ["chose-0"]), new Option(PaperSay("Bo", "博"), [])],
            Sets = [], Opens = ["letter"], Pays = [],
        });
        yield return new LineAired(1, 0, 1_768_680_002_000, 2200);
        yield return new RoundOpened(1, 2, VotingRule.Approval, 1_768_680_010_000, 1_768_680_020_000);
        yield return new RoundExtended(1, 1_768_680_030_000, ExtensionCause.Recovery);
        yield return new RoundDecided(1, [new BookLine("0", 1, 12), new BookLine("0+1", 1, 3)], [17, 4], 99, 0, 1_768_680_030_500);
        yield return new FeelingsMeasured(1_768_680_031_000, new FeelingSums(12, [1, 2, 3, 4, 5, 6, 7, 8]));
        yield return new SessionEnded(1_768_680_300_000);

        // Members that came later are left out where they say nothing, so the rows above stay as they were.
        yield return new SessionCreated(
            PaperShow.Terms(PaperFilm.Film, rule: VotingRule.Ranked) with
            {
                Film = new FilmRef("paper", new string('b', 64)), HideTally = true, Protection = 2, Entry = Entry.SeatCode, Secret = new string('c', 32),
            },
            1_768_680_400_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.Ban, "operator", "filming", 0, false, 17), 1_768_680_401_000);
        yield return new RoundOpened(0, 3, VotingRule.Ranked, 1_768_680_410_000, 1_768_680_420_000, TieRule.Last, 2);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.PrintCodes, "operator", "", 0, false, 25, 48), 1_768_680_430_000);
        yield return new SeatLeft(17, 1_768_680_440_000);
        yield return new FilmReloaded(new FilmRef("paper", new string('d', 64)), 1_768_680_450_000);
        yield return new BeatPrepared(new Beat
        {
            Ordinal = 2, Option = 1, Writer = "storylet", Storylet = "two-1", Function = BeatFunction.Reveal, Act = "two", Tension = 0.5,
            Place = "room", Moment = PaperSay("Day", "白天"), Still = "stills/room.jpg", Cast = [], Lines = [new Line(null, PaperSay("Rain.", "雨。"))],
            Question = PaperSay("Who?", "谁？"), Options = [new Option(PaperSay("Ann", "安"), [], ["ann"]), new Option(PaperSay("Bo", "博"), [])],
            Sets = [], Opens = [], Pays = [],
        });
        yield return new SessionCreated(
            PaperShow.Terms(PaperFilm.Film) with { Film = new FilmRef("paper", new string('e', 64)), Rehearsal = true }, 1_768_680_460_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.EndWell, "operator", "the last bus", 0, false), 1_768_680_470_000);
        yield return new EndMoved(1_768_680_560_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.Tell, "operator", "", 0, false, Words: "散场请走左边。"), 1_768_680_480_000);
        yield return new RoundClosed(1, 1_768_680_490_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.Override, "operator", "The projector jammed.", 0, false, Option: 2), 1_768_680_500_000);
        yield return new DirectorActed(
            new DirectorCommand { Action = DirectorAction.Revise, By = "director", Reason = "", Beat = 2, Option = 1, Lines = [new Line("ann", PaperSay("Go.", "走。"), ByDirector: true)] },
            1_768_680_510_000);
        yield return new DirectorActed(
            new DirectorCommand { Action = DirectorAction.Veto, By = "director", Reason = "press night", Veto = new VetoWindow(8, Unanswered.Replace) }, 1_768_680_520_000);
        yield return new PlanMade(plan with { Made = 91, Steering = new Steering { Pinned = ["chose-0"], Forbidden = ["枪"], Refused = ["two-1"], Tension = 0.8 } });
        yield return new BeatWithheld(2, 1_768_680_530_000);
        yield return new WallLate(1, 1200);
        yield return new BeatPrepared(
            new Beat
            {
                Ordinal = 3, Option = 0, Writer = "storylet", Storylet = "two-2", Function = BeatFunction.Climax, Act = "two", Tension = 0.75,
                Place = "room", Moment = PaperSay("Day", "白天"), Cast = [], Lines = [new Line(null, PaperSay("Rain.", "雨。"))],
                Question = PaperSay("Who?", "谁？"), Options = [new Option(PaperSay("Ann", "安"), []), new Option(PaperSay("Bo", "博"), [])],
                Sets = [], Opens = [], Pays = [], Fallback = Fallback.Late,
            });
        yield return new OperatorActed(new OperatorCommand(OperatorAction.RemarksOn, "operator", "they asked", 0, false), 1_768_680_500_000);
        yield return new OperatorActed(new OperatorCommand(OperatorAction.Mute, "operator", "", 0, false, 17), 1_768_680_501_000);
        yield return new RemarkApproved(new Guid("0198f0c0-0000-7000-8000-000000000001"), "director", 1_768_680_502_000);
        yield return new RemarkRejected(new Guid("0198f0c0-0000-7000-8000-000000000002"), "director", 1_768_680_503_000);
        yield return new RemarkShown(new Guid("0198f0c0-0000-7000-8000-000000000001"), 1_768_680_504_000, 8000);
        yield return new RemarkWithdrawn(new Guid("0198f0c0-0000-7000-8000-000000000001"), "operator", 1_768_680_505_000);
        yield return new BeatPrepared(
            new Beat
            {
                Ordinal = 4, Option = 1, Writer = "qwen", Storylet = "two-3", Function = BeatFunction.Reveal, Act = "two", Tension = 0.6,
                Place = "room", Moment = PaperSay("Day", "白天"), Cast = [], Lines = [new Line(null, PaperSay("Rain.", "雨。"))],
                Question = PaperSay("Who?", "谁？"), Options = [new Option(PaperSay("Ann", "安"), []), new Option(PaperSay("Ask the ferryman.", "去问船夫。"), [], null, ByAudience: true)],
                Sets = [], Opens = [], Pays = [], Gist = PaperSay("It rains.", "下雨了。"), Writing = new Writing("hall", "qwen", "beat-1.en", 4100, 620, 5300, "repetition"),
            });
        var suggested = new Guid("0198f0c0-0000-7000-8000-000000000003");
        yield return new OperatorActed(new OperatorCommand(OperatorAction.TurnsAuto, "operator", "a lively hall", 0, false), 1_768_680_510_000);
        yield return new SuggestionApproved(suggested, "director", 1_768_680_511_000);
        yield return new SuggestionApproved(suggested, "director", 1_768_680_512_000, "问船夫那封信的事");
        yield return new SuggestionRejected(new Guid("0198f0c0-0000-7000-8000-000000000004"), "director", 1_768_680_513_000);
        yield return new SuggestionWithdrawn(new Guid("0198f0c0-0000-7000-8000-000000000004"), "director", 1_768_680_514_000);
        yield return new TurnChosen(4, suggested, "two-3");
        yield return new TurnChosen(4, null, null);
        yield return new TurnOffered(4, suggested, new Option(Orleans.Story.Contracts.Text.Of("zh", "问船夫那封信的事"), [], null, ByAudience: true, ByDirector: true), 12, 1_768_680_515_000);
    }

    private static IEnumerable<AudienceEvent> SampleAudience()
    {
        yield return new BallotsCast(1, [new Ballot(1, 1, "0"), new Ballot(2, 3, "0+1")]);
        yield return new ShardSealed(1, [new BookLine("0", 1, 1), new BookLine("0+1", 1, 1)]);
        yield return new BallotsCast(2, [new Ballot(1, 4, "2>0"), new Ballot(2, 1, "-")]);
        yield return new ShardSealed(2, [new BookLine("-", 1, 1), new BookLine("2>0", 3, 1)]);
        yield return new SittingsBegun([new Sitting(7, 1, OperatorAction.Free), new Sitting(9, 3, OperatorAction.Ban)]);
        yield return new BallotsCast(3, [new Ballot(7, 1, "0", 1)]);
    }

    private static IEnumerable<AuditEvent> SampleAudit()
    {
        yield return new StaffActed(new AuditEntry(1_768_680_000_000, AuditAct.SignedIn, "ana"));
        yield return new StaffActed(new AuditEntry(1_768_680_001_000, AuditAct.SignInRefused, "", Refused: "wrong-password", Times: 12));
        yield return new StaffActed(new AuditEntry(1_768_680_002_000, AuditAct.AccountMade, "operator", "bo", What: "operator director", Reason: "周末的放映员"));
        yield return new StaffActed(new AuditEntry(
            1_768_680_003_000, AuditAct.Commanded, "ana", Session: new Orleans.Story.Contracts.SessionId(new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f")), What: "End", Reason: "fire drill", Refused: "wrong-phase"));
    }

    private static Orleans.Story.Contracts.Text PaperSay(string english, string chinese) => new("en", english, [new Orleans.Story.Contracts.Wording("zh", chinese)]);
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Preflight;

namespace Orleans.Story.Tests.Rules.Preflight;

/// <summary>Each thing green, amber or red; and whatever is not green has its mend, in both languages.</summary>
public sealed class PreflightTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly WallProof Proof = new(Now - 5_000, WallSound.Running, false, -9.2, 40, 1920, 1080);

    private static readonly PreflightFacts Good = new(
        Now, new WallFacts(1, Proof), Now - 30_000, new NetworkFacts("http://192.168.1.20:5080", false, Now - 60_000, "192.168.1.34", 8.4),
        new DiskFacts(40L << 30, 12L << 20), new WriterFacts(1, "storylet", 3.2, null), new ClockFacts(-80, 40, 0, "Asia/Shanghai", "19:42"),
        new JournalHealth(JournalState.Well, null, null, 0, 1.8, 0, 4));

    public static TheoryData<string, PreflightItem, Readiness> Cases => new()
    {
        { "all is well", PreflightItem.Wall, Readiness.Green },
        { "no wall", PreflightItem.Wall, Readiness.Red },
        { "a wall that showed nothing", PreflightItem.Wall, Readiness.Amber },
        { "a picture long ago", PreflightItem.Wall, Readiness.Amber },
        { "a small picture", PreflightItem.Wall, Readiness.Amber },
        { "all is well", PreflightItem.Sound, Readiness.Green },
        { "no wall", PreflightItem.Sound, Readiness.Amber },
        { "a browser without sound", PreflightItem.Sound, Readiness.Red },
        { "a browser that waits for a key", PreflightItem.Sound, Readiness.Red },
        { "muted", PreflightItem.Sound, Readiness.Amber },
        { "no tone", PreflightItem.Sound, Readiness.Amber },
        { "nobody heard it", PreflightItem.Sound, Readiness.Amber },
        { "heard yesterday", PreflightItem.Sound, Readiness.Amber },
        { "all is well", PreflightItem.Network, Readiness.Green },
        { "no phone yet", PreflightItem.Network, Readiness.Amber },
        { "a phone long ago", PreflightItem.Network, Readiness.Amber },
        { "a slow phone", PreflightItem.Network, Readiness.Amber },
        { "a phone that did not measure", PreflightItem.Network, Readiness.Green },
        { "localhost", PreflightItem.Network, Readiness.Red },
        { "all is well", PreflightItem.Disk, Readiness.Green },
        { "less than a gigabyte", PreflightItem.Disk, Readiness.Amber },
        { "less than 200 megabytes", PreflightItem.Disk, Readiness.Red },
        { "less than the show", PreflightItem.Disk, Readiness.Red },
        { "a disk that does not tell", PreflightItem.Disk, Readiness.Amber },
        { "all is well", PreflightItem.Writer, Readiness.Green },
        { "no writer", PreflightItem.Writer, Readiness.Red },
        { "a writer that fails", PreflightItem.Writer, Readiness.Amber },
        { "all is well", PreflightItem.Clock, Readiness.Green },
        { "the wall's clock is behind", PreflightItem.Clock, Readiness.Amber },
        { "the console's clock is ahead", PreflightItem.Clock, Readiness.Amber },
        { "the clock was set", PreflightItem.Clock, Readiness.Amber },
        { "no clock but the server's", PreflightItem.Clock, Readiness.Green },
        { "all is well", PreflightItem.Journal, Readiness.Green },
        { "the journal is busy", PreflightItem.Journal, Readiness.Amber },
        { "the journal fails", PreflightItem.Journal, Readiness.Red },
        { "a journal that does not tell", PreflightItem.Journal, Readiness.Amber },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_thing_is_judged_and_what_is_not_green_has_its_mend(string what, PreflightItem item, Readiness verdict)
    {
        var check = PreflightRules.Judge(Facts(what)).Checks.Single(one => one.Item == item);
        check.Verdict.ShouldBe(verdict);
        (check.Mend is null).ShouldBe(verdict == Readiness.Green);
        foreach (var said in new[] { check.Says, check.Mend }.OfType<Text>())
        {
            said.In("en").ShouldMatch("^[A-Z0-9][^\u4e00-\u9fff]*[.?]$");
            said.In("zh").ShouldMatch("[\u4e00-\u9fff].*[。？]$");
        }
    }

    [Fact]
    public void A_hall_is_ready_when_nothing_is_red_and_the_summary_counts()
    {
        var all = PreflightRules.Judge(Good);
        (all.Ready, all.Summary.Words).ShouldBe((true, "Ready."));
        all.Checks.Select(check => check.Item).ShouldBe(Enum.GetValues<PreflightItem>());

        var amber = PreflightRules.Judge(Good with { HeardMs = 0 });
        (amber.Ready, amber.Summary.Words).ShouldBe((true, "Ready, with 1 thing to look at."));

        var red = PreflightRules.Judge(Good with { Wall = new WallFacts(0, null), Disk = new DiskFacts(1 << 20, 12 << 20) });
        (red.Ready, red.Summary.Words).ShouldBe((false, "Not ready: 2 things; 1 thing more to look at."));
        red.Summary.In("zh").ShouldBe("尚未就绪：2 项待处理，另有 1 项请看一眼。");
    }

    [Fact]
    public void What_is_not_asked_about_is_not_judged()
    {
        var report = PreflightRules.Judge(Facts("no writer"), [PreflightItem.Disk]);
        (report.Ready, report.Checks.Single().Item).ShouldBe((true, PreflightItem.Disk));
    }

    [Theory]
    [InlineData(SessionPhase.Scheduled, TestPictures.BeforeDoorsMs)]
    [InlineData(SessionPhase.Lobby, TestPictures.InLobbyMs)]
    [InlineData(SessionPhase.Playing, null)]
    [InlineData(SessionPhase.Paused, null)]
    [InlineData(SessionPhase.Ended, null)]
    public void A_test_picture_is_never_in_a_show(SessionPhase phase, long? stays)
    {
        TestPictures.Until(phase, Now).ShouldBe(stays is null ? null : Now + stays);
        foreach (var asked in Enum.GetValues<SessionPhase>())
        {
            TestPictures.IsUp(asked, Now + 1, phase, Now).ShouldBe(asked == phase && stays is not null, "another phase ends it");
            TestPictures.IsUp(asked, Now, phase, Now).ShouldBeFalse("its time is over");
        }
    }

    [Fact]
    public void A_longer_or_fuller_show_never_writes_less()
    {
        Properties.Hold(
            FsCheck.Fluent.Gen.Zip(FsCheck.Fluent.Gen.Choose(1, 10_000), FsCheck.Fluent.Gen.Choose(120, 10_800)),
            pair =>
                ShowSize.Of(pair.Item1 + 1, pair.Item2, 24) > ShowSize.Of(pair.Item1, pair.Item2, 24)
                && ShowSize.Of(pair.Item1, pair.Item2 + 60, 24) > ShowSize.Of(pair.Item1, pair.Item2, 24));
    }

    private static PreflightFacts Facts(string what) => what switch
    {
        "all is well" => Good,
        "no wall" => Good with { Wall = new WallFacts(0, Proof) },
        "a wall that showed nothing" => Good with { Wall = new WallFacts(1, null) },
        "a picture long ago" => Good with { Wall = new WallFacts(1, Proof with { AtMs = Now - 61_000 }) },
        "a small picture" => Good with { Wall = new WallFacts(1, Proof with { Width = 1024, Height = 576 }) },
        "a browser without sound" => Good with { Wall = new WallFacts(1, Proof with { Sound = WallSound.None }) },
        "a browser that waits for a key" => Good with { Wall = new WallFacts(1, Proof with { Sound = WallSound.Asleep }) },
        "muted" => Good with { Wall = new WallFacts(1, Proof with { Muted = true }) },
        "no tone" => Good with { Wall = new WallFacts(1, Proof with { LevelDb = -100 }) },
        "nobody heard it" => Good with { HeardMs = 0 },
        "heard yesterday" => Good with { HeardMs = Now - (20 * 3_600_000L) },
        "no phone yet" => Good with { Network = Good.Network with { SeenMs = 0, Device = null, RoundTripMs = null } },
        "a phone long ago" => Good with { Network = Good.Network with { SeenMs = Now - (11 * 60_000) } },
        "a slow phone" => Good with { Network = Good.Network with { RoundTripMs = 900 } },
        "a phone that did not measure" => Good with { Network = Good.Network with { RoundTripMs = null } },
        "localhost" => Good with { Network = Good.Network with { LocalOnly = true, Address = "http://localhost:5080" } },
        "less than a gigabyte" => Good with { Disk = new DiskFacts(900L << 20, 12 << 20) },
        "less than 200 megabytes" => Good with { Disk = new DiskFacts(150L << 20, 12 << 20) },
        "less than the show" => Good with { Disk = new DiskFacts(3L << 30, 4L << 30) },
        "a disk that does not tell" => Good with { Disk = new DiskFacts(null, 12 << 20) },
        "no writer" => Good with { Writer = new WriterFacts(0, null, null, null) },
        "a writer that fails" => Good with { Writer = new WriterFacts(1, "openai", null, "The deadline came.") },
        "the wall's clock is behind" => Good with { Clock = Good.Clock with { WallOffsetMs = -41_000 } },
        "the console's clock is ahead" => Good with { Clock = Good.Clock with { ConsoleOffsetMs = 3_600_000 } },
        "the clock was set" => Good with { Clock = Good.Clock with { SteppedMs = -180_000 } },
        "no clock but the server's" => Good with { Clock = Good.Clock with { WallOffsetMs = null, ConsoleOffsetMs = null } },
        "the journal is busy" => Good with { Journal = Good.Journal! with { State = JournalState.Busy } },
        "the journal fails" => Good with { Journal = Good.Journal! with { State = JournalState.Failing, Kind = JournalTrouble.DiskFull, Sentence = Text.Both("The disk is full.", "磁盘已满。") } },
        "a journal that does not tell" => Good with { Journal = null },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such case."),
    };
}

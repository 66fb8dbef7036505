using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Preflight;

/// <summary>Judges what was found before a show: green, or what is the matter and the mend.</summary>
public static class PreflightRules
{
    /// <summary>A wall's report is news for so long, milliseconds.</summary>
    public const long WallFreshMs = 60_000;

    /// <summary>What was heard in the hall this evening counts, milliseconds.</summary>
    public const long HeardForMs = 12 * 3_600_000L;

    /// <summary>A phone that got through counts for so long, milliseconds.</summary>
    public const long NetworkFreshMs = 10 * 60_000;

    /// <summary>A round trip over this makes a tap feel slow, milliseconds.</summary>
    public const double SlowTripMs = 300;

    /// <summary>Below this there is no show, bytes.</summary>
    public const long LeastFree = 200L << 20;

    /// <summary>Below this somebody should make room, bytes.</summary>
    public const long GoodFree = 1L << 30;

    /// <summary>A tone below this at the wall's own output is none, dBFS.</summary>
    public const double SilentDb = -60;

    /// <summary>Clocks that are further apart than this mislead people, milliseconds.</summary>
    public const double DriftMs = 2_000;

    /// <summary>The verdicts in order.</summary>
    /// <param name="facts">What was found.</param>
    /// <param name="items">What to judge; all when <see langword="null"/>. Readiness and summary are then about these alone.</param>
    public static PreflightReport Judge(PreflightFacts facts, IReadOnlyCollection<PreflightItem>? items = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ImmutableArray<PreflightCheck> all = [Wall(facts), Sound(facts), Network(facts), Disk(facts.Disk), Writer(facts.Writer), Clock(facts.Clock), Journal(facts.Journal)];
        ImmutableArray<PreflightCheck> checks = [.. all.Where(check => items?.Contains(check.Item) ?? true)];
        return new PreflightReport(checks.All(check => check.Verdict != Readiness.Red), Summary(checks), checks);
    }

    /// <summary>One sentence over everything.</summary>
    public static Text Summary(IReadOnlyCollection<PreflightCheck> checks)
    {
        var (red, amber) = (checks.Count(check => check.Verdict == Readiness.Red), checks.Count(check => check.Verdict == Readiness.Amber));
        return (red, amber) switch
        {
            (0, 0) => Both("Ready.", "一切就绪。"),
            (0, _) => Both($"Ready, with {Things(amber)} to look at.", $"可以开演，另有 {amber} 项请看一眼。"),
            (_, 0) => Both($"Not ready: {Things(red)}.", $"尚未就绪：{red} 项待处理。"),
            _ => Both($"Not ready: {Things(red)}; {Things(amber)} more to look at.", $"尚未就绪：{red} 项待处理，另有 {amber} 项请看一眼。"),
        };
    }

    private static PreflightCheck Wall(PreflightFacts facts)
    {
        var (connected, proof) = facts.Wall;
        if (connected == 0)
        {
            return Red(PreflightItem.Wall, Both("No wall is connected.", "大银幕没有连接。"), Both(
                "Press “Open the wall” below, move that window to the projector and press F11.", "请点下面的“打开大银幕”，把窗口移到投影机上并按 F11。"));
        }

        if (proof is null)
        {
            return Amber(PreflightItem.Wall, Both("A wall is connected; whether it shows anything nobody has seen yet.", "大银幕已连接，但还没有人看过它显示的画面。"), Both(
                "Show the test picture and look at the big screen: the frame must be whole, both lines easy to read from the last row.",
                "请显示测试画面并看大银幕：边框应完整，最后一排也能看清两行字。"));
        }

        var age = facts.NowMs - proof.AtMs;
        if (age > WallFreshMs)
            return Amber(PreflightItem.Wall, Both($"The wall showed the test picture {Ago(age).Words}.", $"大银幕在{Ago(age).In("zh")}显示过测试画面。"), Both("Show it once more.", "请再显示一次。"));
        return proof.Width < 1280
            ? Amber(PreflightItem.Wall, Both($"The wall’s picture is small: {proof.Width} × {proof.Height}.", $"大银幕画面偏小：{proof.Width} × {proof.Height}。"), Both(
                "Make the window full screen (F11) on the projector, not on the laptop’s own screen.", "请在投影机（而不是笔记本自己的屏幕）上全屏（F11）。"))
            : Green(PreflightItem.Wall, Both($"The wall shows a picture: {proof.Width} × {proof.Height}.", $"大银幕画面正常：{proof.Width} × {proof.Height}。"));
    }

    private static PreflightCheck Sound(PreflightFacts facts)
    {
        var sinceHeard = facts.NowMs - facts.HeardMs;
        if (facts.Wall.Connected == 0 || facts.Wall.Proof is not { } proof)
        {
            return Amber(PreflightItem.Sound, Both("Nobody has tried the sound yet.", "还没有人试过声音。"), Both(
                "Play the tone while you stand in the hall, then say whether you heard it.", "请站在厅里播放测试音，然后确认是否听到。"));
        }

        if (proof.Sound == WallSound.None)
        {
            return Red(PreflightItem.Sound, Both("The wall’s browser cannot play sound.", "大银幕的浏览器无法播放声音。"), Both(
                "Open the wall in a current Chrome, Edge, Firefox or Safari.", "请用新版 Chrome、Edge、Firefox 或 Safari 打开大银幕。"));
        }

        if (proof.Sound == WallSound.Asleep)
        {
            return Red(PreflightItem.Sound, Both("The wall is silent: its browser waits for a key.", "大银幕没有声音：浏览器在等待按键。"), Both(
                "Click into the wall’s window and press any key once, then play the tone again.", "请点一下大银幕窗口，再按任意键，然后重放测试音。"));
        }

        if (proof.Muted)
        {
            return Amber(PreflightItem.Sound, Both("The wall’s sound is turned off.", "大银幕的声音已关闭。"), Both(
                "Press M in the wall’s window, then play the tone again.", "请在大银幕窗口按 M 键，然后重放测试音。"));
        }

        if (proof.LevelDb < SilentDb)
        {
            return Amber(PreflightItem.Sound, Both("The wall may sound, but no tone has come out of it yet.", "大银幕可以发声，但还没有放出测试音。"), Both(
                "Play the tone.", "请播放测试音。"));
        }

        var level = proof.LevelDb.ToString("0", CultureInfo.InvariantCulture).Replace('-', '−');
        return facts.HeardMs <= 0 || sinceHeard > HeardForMs
            ? Amber(PreflightItem.Sound, Both($"The tone leaves the wall at {level} dB; whether the hall hears it nobody has said.", $"测试音以 {level} dB 从大银幕输出，厅里能否听到还没有人确认。"), Both(
                "Stand in the hall and play it. If you hear nothing: is the projector’s or the amplifier’s input the right one, its volume up, the laptop’s output set to it?",
                "请站在厅里播放。若听不到：投影机或功放的输入是否选对、音量是否打开、电脑的输出设备是否选对？"))
            : Green(PreflightItem.Sound, Both($"The hall hears it ({level} dB at the wall), as somebody said {Ago(sinceHeard).Words}.", $"厅里听得到（输出 {level} dB），{Ago(sinceHeard).In("zh")}有人确认。"));
    }

    private static PreflightCheck Network(PreflightFacts facts)
    {
        var network = facts.Network;
        if (network.LocalOnly)
        {
            return Red(PreflightItem.Network, Both($"Phones cannot reach this machine: its address is {network.Address}.", $"手机无法访问本机：地址是 {network.Address}。"), Both(
                "Connect it to the venue’s Wi-Fi or by cable, then start the program again without --bind localhost.", "请把本机接入场地 Wi-Fi 或网线，再重新启动程序（不要加 --bind localhost）。"));
        }

        var age = facts.NowMs - network.SeenMs;
        if (network.SeenMs <= 0 || age > NetworkFreshMs)
        {
            return Amber(
                PreflightItem.Network,
                network.SeenMs <= 0
                    ? Both("No phone from the hall has come through yet.", "还没有厅里的手机连通过。")
                    : Both($"A phone came through {Ago(age).Words}; none since.", $"{Ago(age).In("zh")}有手机连通，之后没有。"),
                Both(
                    $"With a phone in the hall, join the venue’s Wi-Fi and open {network.Address}. If it does not open: is the phone on the same Wi-Fi as this machine (not a guest network, not mobile data)? Is “client isolation” (AP isolation) off in the access point? Does this machine’s firewall let the program in?",
                    $"请在厅里用手机连上场地 Wi-Fi，打开 {network.Address}。若打不开：手机与本机是否在同一个 Wi-Fi（不是访客网络，也不是移动数据）？无线路由器的“客户端隔离”（AP 隔离）是否关闭？本机防火墙是否放行？"));
        }

        var device = network.Device is { } known ? $" ({known})" : "";
        var deviceZh = network.Device is { } there ? $"（{there}）" : "";
        if (network.RoundTripMs is not { } trip)
            return Green(PreflightItem.Network, Both($"A phone{device} came through {Ago(age).Words}.", $"{Ago(age).In("zh")}有手机{deviceZh}连通。"));
        var ms = trip.ToString("0", CultureInfo.InvariantCulture);
        return trip > SlowTripMs
            ? Amber(PreflightItem.Network, Both($"A phone{device} came through, but slowly: {ms} ms there and back.", $"有手机{deviceZh}连通，但很慢：往返 {ms} 毫秒。"), Both(
                "Move the access point into the hall, use 5 GHz, and take this machine off Wi-Fi: a cable to the router halves the way.", "请把无线路由器移进厅里，使用 5 GHz，并让本机改用网线连接路由器。"))
            : Green(PreflightItem.Network, Both($"A phone{device} came through {Ago(age).Words}: {ms} ms there and back.", $"{Ago(age).In("zh")}有手机{deviceZh}连通：往返 {ms} 毫秒。"));
    }

    private static PreflightCheck Disk(DiskFacts disk)
    {
        if (disk.FreeBytes is not { } free)
        {
            return Amber(PreflightItem.Disk, Both("How much space is left cannot be told here.", "无法得知剩余空间。"), Both(
                $"Look yourself that the data folder’s disk has 1 GB free; this show writes some {Size(disk.ShowBytes)}.", $"请自行确认数据文件夹所在磁盘有 1 GB 空闲；本场约写入 {Size(disk.ShowBytes)}。"));
        }

        var says = Both($"{Size(free)} free; this show writes some {Size(disk.ShowBytes)}.", $"剩余 {Size(free)}；本场约写入 {Size(disk.ShowBytes)}。");
        var mend = Both("Delete what you no longer need from the disk that holds the data folder, empty the bin, then check again.", "请从数据文件夹所在磁盘删去不需要的文件并清空回收站，然后重新检查。");
        if (free < Math.Max(LeastFree, disk.ShowBytes)) return Red(PreflightItem.Disk, says, mend);
        return free < Math.Max(GoodFree, 2 * disk.ShowBytes) ? Amber(PreflightItem.Disk, says, mend) : Green(PreflightItem.Disk, says);
    }

    /// <summary>Slower than this a beat is often not there when the vote closes, milliseconds.</summary>
    private const double SlowMs = 30_000;

    private static PreflightCheck Writer(WriterFacts writer)
    {
        var restart = Both("Stop the program and start it again. If it stays so, the show can still be told: by authored scenes, each picked at the last moment.", "请停止程序后重新启动。若仍如此，演出仍可进行：由预先写好的片段临场接上。");
        if (writer.Workers == 0 || writer.Writer is null) return Red(PreflightItem.Writer, Both("No writer is at work.", "没有可用的写作程序。"), restart);
        var who = string.Equals(writer.Writer, StoryletTelling.Writer, StringComparison.Ordinal)
            ? Both("The film itself", "影片原稿")
            : Both($"The writer {writer.Writer}", $"写作程序 {writer.Writer} ");
        if (writer.Failed is { } why && !string.Equals(writer.Writer, StoryletTelling.Writer, StringComparison.Ordinal))
        {
            return Amber(PreflightItem.Writer, Both($"{who.Words} was tried and failed: {why.TrimEnd('.')}.", $"{who.In("zh")}试写失败：{why.TrimEnd('.')}。"), Both(
                "Look whether the model server runs, and whether its address, model and key are right. As it is, the show is told by the film's own scenes.",
                "请确认模型服务是否在运行，地址、模型名和密钥是否正确。现在这样，演出由影片自己的段落来讲。"));
        }

        if (writer.TookMs > SlowMs)
        {
            return Amber(PreflightItem.Writer, Both($"{who.Words} took {writer.TookMs / 1000:0} s for a trial beat.", $"{who.In("zh")}写一段试稿用了 {writer.TookMs / 1000:0} 秒。"), Both(
                "Beats that are not written in time are told by the film's own scenes. Take a smaller model or a faster machine, or give the vote more time.",
                "来不及写好的段落会由影片自己的段落来讲。可以换小一点的模型、快一点的机器，或延长投票时间。"));
        }

        if (writer.Failed is { } trouble)
            return Amber(PreflightItem.Writer, Both($"{who.Words} was tried and failed: {trouble.TrimEnd('.')}.", $"{who.In("zh")}试写失败：{trouble.TrimEnd('.')}。"), restart);
        var took = (writer.TookMs ?? 0).ToString("0", CultureInfo.InvariantCulture);
        return Green(PreflightItem.Writer, Both($"{who.Words} told a trial beat in {took} ms.", $"{who.In("zh")}用 {took} 毫秒写好了一段试稿。"));
    }

    private static PreflightCheck Clock(ClockFacts clock)
    {
        var here = Both($"this machine says {clock.LocalTime} ({clock.Zone})", $"本机时间 {clock.LocalTime}（{clock.Zone}）");
        if (Math.Abs(clock.SteppedMs) > DriftMs)
        {
            return Amber(PreflightItem.Clock, Both($"This machine’s clock was set by {Span(clock.SteppedMs).Words} since the last check, or it slept; {here.Words}.", $"自上次检查以来，本机时钟被调整了 {Span(clock.SteppedMs).In("zh")}，或本机休眠过；{here.In("zh")}。"), Both(
                "Switch the machine’s sleep off, let it set its time by itself, and check again: a clock that jumps during a round closes it at the wrong moment.",
                "请关闭休眠、开启自动校时，然后重新检查：投票期间时钟跳变，会在错误的时刻截止。"));
        }

        if (clock.WallOffsetMs is { } wall && Math.Abs(wall) > DriftMs) return Drifts("the wall’s machine", "大银幕所在电脑", wall, here);
        if (clock.ConsoleOffsetMs is { } console && Math.Abs(console) > DriftMs) return Drifts("this console", "控制台所在设备", console, here);
        return Green(PreflightItem.Clock, clock.WallOffsetMs is null
            ? Both($"The clocks of server and console agree: {here.Words}.", $"服务器与控制台时钟一致：{here.In("zh")}。")
            : Both($"The clocks of server, wall and console agree: {here.Words}.", $"服务器、大银幕与控制台时钟一致：{here.In("zh")}。"));
    }

    private static PreflightCheck Drifts(string who, string whoZh, double offset, Text here) => Amber(
        PreflightItem.Clock,
        offset > 0
            ? Both($"The clock of {who} is {Span(offset).Words} ahead; {here.Words}.", $"{whoZh}的时钟快 {Span(offset).In("zh")}；{here.In("zh")}。")
            : Both($"The clock of {who} is {Span(offset).Words} behind; {here.Words}.", $"{whoZh}的时钟慢 {Span(offset).In("zh")}；{here.In("zh")}。"),
        Both("Let both machines set date and time by themselves (in their settings). Votes and countdowns go by this machine’s clock and stay right even so; times shown for the evening may not.",
            "请在两台设备的设置中开启自动校时。投票和倒计时以本机为准，仍然正确；但界面上显示的场次时间可能有误。"));

    private static PreflightCheck Journal(JournalHealth? journal) => journal switch
    {
        null => Amber(PreflightItem.Journal, Both("The journal does not tell here how it does.", "这里无法得知日志的状况。"), Both("Ask whoever runs the servers.", "请询问服务器管理员。")),
        { State: JournalState.Failing } => Red(PreflightItem.Journal, Both("Votes are not written down now.", "目前投票无法写入。"), journal.Sentence ?? Both("See the program’s log.", "请查看程序日志。")),
        { State: JournalState.Busy } => Amber(PreflightItem.Journal, Both("The journal is slow.", "日志写入较慢。"), journal.Sentence ?? Both("Close other programs that use this disk, then check again.", "请关闭占用磁盘的其他程序，然后重新检查。")),
        _ => Green(PreflightItem.Journal, journal.LastCommitMs > 0
            ? Both($"Votes are written down, the last in {journal.LastCommitMs.ToString("0.0", CultureInfo.InvariantCulture)} ms.", $"投票写入正常，最近一次用时 {journal.LastCommitMs.ToString("0.0", CultureInfo.InvariantCulture)} 毫秒。")
            : Both("Votes are written down.", "投票写入正常。")),
    };

    private static string Things(int count) => count == 1 ? "1 thing" : $"{count} things";

    private static Text Ago(long ms) => Math.Max(0, ms) switch
    {
        < 10_000 => Both("just now", "刚才"),
        < 60_000 and var near => Both($"{near / 1000} s ago", $" {near / 1000} 秒前"),
        < 3_600_000 and var some => Both($"{some / 60_000} min ago", $" {some / 60_000} 分钟前"),
        var long_ => Both($"{long_ / 3_600_000} h ago", $" {long_ / 3_600_000} 小时前"),
    };

    private static Text Span(double ms) => Math.Abs(ms) switch
    {
        < 120_000 and var near => Both($"{(near / 1000).ToString("0.#", CultureInfo.InvariantCulture)} s", $"{(near / 1000).ToString("0.#", CultureInfo.InvariantCulture)} 秒"),
        < 7_200_000 and var some => Both($"{(some / 60_000).ToString("0", CultureInfo.InvariantCulture)} min", $"{(some / 60_000).ToString("0", CultureInfo.InvariantCulture)} 分钟"),
        var far => Both($"{(far / 3_600_000).ToString("0", CultureInfo.InvariantCulture)} h", $"{(far / 3_600_000).ToString("0", CultureInfo.InvariantCulture)} 小时"),
    };

    private static string Size(long bytes) => bytes >= 1L << 30
        ? $"{(bytes / (double)(1L << 30)).ToString("0.#", CultureInfo.InvariantCulture)} GB"
        : $"{Math.Max(1, bytes >> 20).ToString(CultureInfo.InvariantCulture)} MB";

    private static PreflightCheck Green(PreflightItem item, Text says) => new(item, Readiness.Green, says, null);

    private static PreflightCheck Amber(PreflightItem item, Text says, Text mend) => new(item, Readiness.Amber, says, mend);

    private static PreflightCheck Red(PreflightItem item, Text says, Text mend) => new(item, Readiness.Red, says, mend);
}

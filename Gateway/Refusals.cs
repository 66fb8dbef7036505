using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway;

/// <summary>
/// What the gateway itself refuses, in every language of the interface. Sessions and rules bring refusals of their own,
/// which pass through unchanged.
/// </summary>
internal static class Refusals
{
    /// <summary>No session has the join code.</summary>
    public static Refusal UnknownCode { get; } = Make(
        "unknown-code",
        "No show has this code. Check it on the big screen and type it again.",
        "没有这个入场代码对应的场次，请核对大银幕后重新输入。");

    /// <summary>Too much in too short a time.</summary>
    public static Refusal SlowDown { get; } = Make(
        "slow-down", "That was a lot at once. Wait a moment and try again.", "操作太频繁了，请稍等片刻再试。");

    /// <summary>Too many wrong passwords.</summary>
    /// <param name="seconds">How long to wait.</param>
    public static Refusal TryAgainIn(int seconds) => Make(
        "slow-down",
        seconds == 1 ? "Too many wrong passwords. Try again in 1 second." : $"Too many wrong passwords. Try again in {seconds} seconds.",
        $"密码错误次数过多，请在 {seconds} 秒后重试。");

    /// <summary>The old password was wrong.</summary>
    public static Refusal WrongOldPassword { get; } = Make(
        "wrong-password", "The old password is wrong.", "旧密码不正确。");

    /// <summary>The server cannot do it now, but will soon.</summary>
    public static Refusal Busy { get; } = Make(
        "busy", "The hall is busy. Try again in a moment.", "现场正忙，请稍后再试。");

    /// <summary>Name and password do not belong together; the same for names that do not exist.</summary>
    public static Refusal WrongPassword { get; } = Make(
        "wrong-password", "Name or password is wrong.", "用户名或密码不正确。");

    /// <summary>Nobody is signed in.</summary>
    public static Refusal SignInFirst { get; } = Make("sign-in", "Sign in first.", "请先登录。");

    /// <summary>The ticket is missing, forged, lapsed, or for something else.</summary>
    public static Refusal NoTicket { get; } = Make(
        "no-ticket",
        "Your ticket is not valid here any more. Join again with the code on the big screen.",
        "您的入场凭证在此无效或已过期，请用大银幕上的入场代码重新加入。");

    /// <summary>No ticket, or not a good one.</summary>
    public static Refusal JoinFirst { get; } = Make("sign-in", "Join the show first.", "请先入场。");

    /// <summary>Signed in, but not for this.</summary>
    public static Refusal NotYours { get; } = Make(
        "not-allowed", "Your account may not do this. Ask an operator.", "您的账号无权执行此操作，请联系操作员。");

    /// <summary>The page that asks does not belong to this server.</summary>
    public static Refusal ForeignOrigin { get; } = Make(
        "foreign-origin",
        "This page does not belong to the show. Open the address on the big screen.",
        "此页面不属于本场演出，请打开大银幕上的地址。");

    /// <summary>Such a session does not exist.</summary>
    public static Refusal NoSession { get; } = Make("no-session", "There is no such show.", "没有这个场次。");

    /// <summary>The show was over before it began.</summary>
    public static Refusal NeverStarted { get; } = Make(
        "never-started", "This show was closed before it began, so nothing was recorded.", "本场在开演前已取消，没有录制内容。");

    /// <summary>Of a rehearsal nothing is kept.</summary>
    public static Refusal OnlyRehearsed { get; } = Make("never-started", "This was a rehearsal. Nothing of it is kept.", "这是一次彩排，不留任何记录。");

    /// <summary>Enough is being rehearsed.</summary>
    public static Refusal RehearsalsFull { get; } = Make("busy", "Other rehearsals still run. End one of them first.", "还有其他彩排在进行，请先结束其中一场。");

    /// <summary>A recording does not leave in such a format.</summary>
    public static Refusal UnknownFormat { get; } = Make(
        "unknown-format",
        "A recording comes as json, fountain, vtt, chapters.vtt, srt or ink.",
        "录制内容提供的格式有 json、fountain、vtt、chapters.vtt、srt 和 ink。");

    /// <summary>The recording has no such language, or the format not so many.</summary>
    /// <param name="languages">The languages there are.</param>
    public static Refusal UnknownLanguage(string languages) => Make(
        "unknown-language",
        $"Choose from the film's languages ({languages}): two of them, joined by a comma, for vtt and srt; one for the others.",
        $"请从影片的语言（{languages}）中选择：vtt 和 srt 可选两种，以逗号连接；其他格式选一种。");

    /// <summary>A table has no such language.</summary>
    public static Refusal UnknownTableLanguage { get; } = Make(
        "unknown-language", "A table comes in English (en) or Chinese (zh).", "表格提供英文（en）和中文（zh）。");

    /// <summary>Such a film is not on the shelf.</summary>
    public static Refusal UnknownFilm { get; } = Make(
        "unknown-film", "There is no such film. Pick one from the list.", "没有这部影片，请从列表中选择。");

    /// <summary>The round takes no ballots any more.</summary>
    public static Refusal RoundClosed { get; } = Make(
        "round-closed", "This vote is over.", "本轮投票已经结束。");

    /// <summary>The options do not fit the round.</summary>
    public static Refusal BadChoice { get; } = Make(
        "bad-choice", "Choose from the options shown.", "请从所示选项中选择。");

    /// <summary>The ballot's number is out of range.</summary>
    public static Refusal BadBallot { get; } = Make(
        "bad-ballot", "This vote could not be read. Reload the page and vote again.", "无法识别这一票，请刷新页面后重新投票。");

    /// <summary>The show is paused, and the vote with it.</summary>
    public static Refusal Held { get; } = Make(
        "held", "The show is paused; your vote opens again when it goes on.", "演出已暂停，恢复后可继续投票。");

    /// <summary>The feeling is none of the eight, or its intensity not 1–3.</summary>
    public static Refusal BadFeeling { get; } = Make(
        "bad-feeling", "This feeling could not be read. Reload the page.", "无法识别这一感受，请刷新页面。");

    /// <summary>Nothing is being told to feel about.</summary>
    public static Refusal NotPlaying { get; } = Make(
        "not-playing", "The show is not running.", "演出尚未进行。");

    /// <summary>A command that says nothing sensible.</summary>
    public static Refusal BadCommand { get; } = Make(
        "bad-command", "This command is incomplete. Reload the console and try again.", "指令不完整，请刷新控制台后重试。");

    /// <summary>A request that says nothing sensible.</summary>
    public static Refusal BadRequest { get; } = Make(
        "bad-request", "This request could not be read.", "无法识别该请求。");

    /// <summary>There is nothing at this address, or not for this method.</summary>
    public static Refusal NoSuchCall { get; } = Make(
        "no-such-call", "There is nothing to call at this address.", "此地址没有可用的接口。");

    /// <summary>A show is not interrupted by a test.</summary>
    public static Refusal ShowRuns { get; } = Make(
        "wrong-phase", "The show runs or is over: there is no test picture now.", "演出正在进行或已经结束，现在不能显示测试画面。");

    /// <summary>Terms a session cannot have.</summary>
    /// <param name="en">What to change, in English.</param>
    /// <param name="zh">What to change, in Chinese.</param>
    public static Refusal BadTerms(string en, string zh) => Make("bad-terms", en, zh);

    private static Refusal Make(string code, string en, string zh) => new(code, Text.Both(en, zh));
}

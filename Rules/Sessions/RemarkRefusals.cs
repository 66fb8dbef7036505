using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a viewer hears whose remark or feeling is not taken, and staff whose decision about one is not.</summary>
public static class RemarkRefusals
{
    /// <summary>No remarks tonight, or not now.</summary>
    public static Refusal Off { get; } = Say("remarks-off", "Remarks are off in this hall right now.", "本厅现在不收留言。");

    /// <summary>No feelings tonight, or not now.</summary>
    public static Refusal FeelingsOff { get; } = Say("feelings-off", "Feelings are off in this hall right now.", "本厅现在不收感受。");

    /// <summary>The seat is muted.</summary>
    public static Refusal Muted { get; } = Say(
        "muted",
        "The hall's staff are taking no remarks or feelings from this seat. Your vote counts as before.",
        "工作人员暂不接收这个座位的留言和感受。您的投票照常有效。");

    /// <summary>Neither is the story told nor are the doors open.</summary>
    public static Refusal NotNow { get; } = Say(
        "not-now", "Not now: send it when the story goes on.", "现在先不收，等故事继续时再发送。");

    /// <summary>Nothing to read, or too much.</summary>
    public static Refusal BadRemark { get; } = Say(
        "bad-remark", $"A remark has 1 to {RemarkWords.Longest} characters.", $"留言为 1 到 {RemarkWords.Longest} 个字。");

    /// <summary>The seat has just sent one.</summary>
    public static Refusal TooSoon { get; } = Say(
        "slow-down", $"One remark every {RemarkRules.PaceMs / 1000} seconds. Send this one in a moment.", $"每 {RemarkRules.PaceMs / 1000} 秒可发一条，请稍后再发。");

    /// <summary>More wait than anybody can read.</summary>
    public static Refusal Later { get; } = Say(
        "later", "Many remarks are waiting to be read. Please send yours later.", "等待阅读的留言很多，请晚一点再发。");

    /// <summary>There is no such remark to decide about: its viewer was forgotten, it is over, or it never was.</summary>
    public static Refusal NoRemark { get; } = Say(
        "no-remark", "This remark is not there to decide about any more.", "这条留言已不在待处理之列。");

    /// <summary>Enough were approved for now.</summary>
    public static Refusal WallFull { get; } = Say(
        "wall-full",
        $"{RemarkRules.MostApproved} remarks wait for the wall already. Approve more when some have been shown.",
        $"已有 {RemarkRules.MostApproved} 条留言等待上墙，放出一些后再通过。");

    /// <summary>Towers of marks.</summary>
    public static Refusal Unreadable { get; } = Say("unreadable", "Nobody can read this. Please write it in plain letters.", "这样写没人看得清，请用普通文字。");

    /// <summary>Words above the rating of the evening, or never to be said.</summary>
    public static Refusal Words { get; } = Say("words", "Some of these words are not for this show. Please say it in another way.", "有些词不适合本场放映，请换个说法。");

    /// <summary>A number, an account or an address of somebody.</summary>
    public static Refusal Personal { get; } = Say(
        "personal-data", "No numbers, accounts or addresses of people, please: everybody would read them.", "请不要写电话、账号、住址等个人信息，全场都会看到。");

    /// <summary>A link.</summary>
    public static Refusal Link { get; } = Say("link", "No links, please. Write what you want to say.", "请不要发链接，直接写您想说的话。");

    /// <summary>Markup, a program, a format.</summary>
    public static Refusal Code { get; } = Say("code", "This looks like code. Please write it in plain words.", "这看起来像代码，请用普通的话来写。");

    /// <summary>An order to a model.</summary>
    public static Refusal Instructions { get; } = Say(
        "instructions", "Remarks are for the story and the hall. Orders to a computer are not taken.", "留言是写给故事和全场的，不接收给电脑的指令。");

    /// <summary>A threat, or somebody in need.</summary>
    public static Refusal Harm { get; } = Say(
        "harm",
        "This is not shown. If you or somebody here is in danger or not well, please tell the hall's staff now.",
        "这条不会显示。如果您或身边的人有危险，或感到难受，请马上告诉工作人员。");

    /// <summary>Something is to be sold.</summary>
    public static Refusal Advert { get; } = Say("advert", "No advertisements, please.", "请不要发广告。");

    private static Refusal Say(string code, string english, string chinese) => new(code, Text.Both(english, chinese));
}

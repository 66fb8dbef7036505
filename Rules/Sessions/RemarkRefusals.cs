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

    private static Refusal Say(string code, string english, string chinese) => new(code, Text.Both(english, chinese));
}

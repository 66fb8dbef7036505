using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Why nothing is told beside the story.</summary>
public static class AsideRefusals
{
    /// <summary>Nothing has been told yet.</summary>
    public static Refusal NotStarted { get; } = Say("not-started", "The film has not begun. You have missed nothing.", "电影还没开始，您什么也没错过。");

    /// <summary>A review comes after the end.</summary>
    public static Refusal NotEnded { get; } = Say("not-ended", "A review is written when the show has ended.", "影评要等散场后才写。");

    /// <summary>The film does not speak it.</summary>
    public static Refusal BadLanguage { get; } = Say("bad-language", "This film is not told in that language.", "这部电影没有这种语言。");

    /// <summary>The character has not been in the story yet.</summary>
    public static Refusal NotMet { get; } = Say("not-met", "You have not met this character yet.", "您还没有遇见这个角色。");

    /// <summary>No model writes tonight, or none is free.</summary>
    public static Refusal NobodyAnswers { get; } = Say("nobody-answers", "Nobody answers just now. The story goes on on the screen.", "现在没有人回答。故事在银幕上继续。");

    /// <summary>The hall's talk is answered one after another.</summary>
    public static Refusal TooSoon { get; } = Say("slow-down", "One question every 10 seconds. Ask again in a moment.", "每 10 秒可以问一句，请稍后再问。");

    private static Refusal Say(string code, string english, string chinese) => new(code, Text.Both(english, chinese));
}

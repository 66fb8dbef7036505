using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Every refusal of a session, with what a person can do about it.</summary>
public static class Refusals
{
    /// <summary>There is no such session.</summary>
    public static Refusal NoSession { get; } = Say("no-session", "There is no such screening. Check the address or the code.", "没有这场放映。请检查地址或入场代码。");

    /// <summary>The id is taken by other terms.</summary>
    public static Refusal SessionExists { get; } = Say("session-exists", "A screening with this id exists with other terms. Create a new one.", "已有同编号但条件不同的场次，请新建一场。");

    /// <summary>The film is not in the library.</summary>
    public static Refusal UnknownFilm { get; } = Say("unknown-film", "The library has no such version of this film. Choose one from the list.", "片库里没有这部影片的这个版本。请从列表中选择。");

    /// <summary>The doors are closed.</summary>
    public static Refusal NotOpen { get; } = Say("not-open", "The doors are not open yet. Try again in a moment.", "还没有开放入场，请稍候再试。");

    /// <summary>The show is over.</summary>
    public static Refusal Ended { get; } = Say("ended", "This show is over.", "这场放映已经结束。");

    /// <summary>No seat is left.</summary>
    public static Refusal Full { get; } = Say("full", "Every seat is taken. Ask at the door.", "座位已满，请询问现场工作人员。");

    /// <summary>Not now.</summary>
    public static Refusal Busy { get; } = Say("busy", "The hall is busy. Try again in a second; nothing was changed.", "系统正忙，请稍后再试；没有任何改动。");

    /// <summary>The command does not fit the phase.</summary>
    public static Refusal WrongPhase(string action, string phase) =>
        Say("wrong-phase", $"\"{action}\" is not possible while the show is {phase}.", $"当前状态（{phase}）下不能执行“{action}”。");

    /// <summary>The command itself is wrong.</summary>
    public static Refusal BadCommand(string english, string chinese) => Say("bad-command", english, chinese);

    /// <summary>Terms that make no show.</summary>
    public static Refusal BadTerms(string english, string chinese) => Say("bad-terms", english, chinese);

    private static Refusal Say(string code, string english, string chinese) =>
        new(code, Text.Both(english, chinese));
}

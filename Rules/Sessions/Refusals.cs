using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Every refusal of a session, with what a person can do about it.</summary>
public static class Refusals
{
    /// <summary>Only a rehearsal exchanges its film.</summary>
    public static Refusal NotRehearsal { get; } = Say("not-rehearsal", "Only a rehearsal goes on with another version of its own film.", "只有排练才能换用同一影片的新版本。");

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

    /// <summary>The seat is banned.</summary>
    public static Refusal Banned { get; } = Say("banned", "The hall's staff have closed this seat. Please speak to them.", "工作人员已停用该座位，请与他们联系。");

    /// <summary>The seat's phones are sent away.</summary>
    public static Refusal Kicked { get; } = Say("kicked", "The hall's staff have asked this phone to leave. You may come back with your code.", "工作人员已请这部手机退出。您可以凭代码重新入场。");

    /// <summary>A seat needs its own code here.</summary>
    public static Refusal SeatCode { get; } = Say("seat-code", "This show has a code for each seat. Scan or type the one on your card.", "本场凭座位代码入场，请扫描或输入您卡片上的代码。");

    /// <summary>No seat has this code.</summary>
    public static Refusal UnknownSeatCode { get; } = Say("unknown-code", "No seat has this code. Check your card and type it again.", "没有这个座位代码，请核对卡片后重新输入。");

    /// <summary>The seat's code has been used.</summary>
    public static Refusal SeatTaken { get; } = Say("seat-taken", "This code is in use on another phone. If it is yours, ask the staff to free the seat.", "此代码已在另一部手机上使用。如果卡片是您的，请让工作人员释放该座位。");

    /// <summary>The seat was parted from its device.</summary>
    public static Refusal Freed { get; } = Say("freed", "The hall's staff have freed this seat for another phone.", "工作人员已将该座位释放给另一部手机。");

    /// <summary>The show has no codes of single seats.</summary>
    public static Refusal NoSeatCodes { get; } = Say("no-seat-codes", "Everyone enters this show with one code; seats have none of their own.", "本场使用统一的入场代码，座位没有单独的代码。");

    /// <summary>The show still runs.</summary>
    public static Refusal NotEnded { get; } = Say("not-ended", "The record is published when the show is over.", "放映结束后才会公布记录。");

    /// <summary>On record, but not carried out everywhere.</summary>
    public static Refusal GiveAgain { get; } = Say("busy", "This is on record but could not be carried out completely. Give the command once more.", "指令已记录，但未能全部执行。请再下达一次。");

    /// <summary>Not now.</summary>
    public static Refusal Busy { get; } = Say("busy", "The hall is busy. Try again in a second; nothing was changed.", "系统正忙，请稍后再试；没有任何改动。");

    /// <summary>The film is telling its ending.</summary>
    public static Refusal Ending { get; } = Say("ending", "The ending is being told already.", "结局已经在讲了。");

    /// <summary>No decision is on the wall.</summary>
    public static Refusal NoCard { get; } = Say("wrong-phase", "A decision can be overruled only while its card is on the wall. To have time for it, pause the show.", "只有结果卡还在银幕上时，才能推翻一次决定。需要时间的话，请先暂停。");

    /// <summary>The beat is not what the director saw any more.</summary>
    public static Refusal MovedOn { get; } = Say("moved-on", "The show has moved on: this beat has aired or was planned anew. Look again; nothing was changed.", "放映已经继续：这一段已播出或已重新规划。请重新查看；没有任何改动。");

    /// <summary>A check forbids it.</summary>
    public static Refusal CannotTell(string english, string chinese) => Say("cannot-tell", english, chinese);

    /// <summary>The command does not fit where the show is; while it plays, that is another moment than the command needs.</summary>
    public static Refusal WrongPhase(SessionPhase phase) => phase switch
    {
        SessionPhase.Scheduled => Say("wrong-phase", "That is not possible yet: the doors are not open. Nothing was changed.", "现在还不行：尚未开放入场。没有任何改动。"),
        SessionPhase.Lobby => Say("wrong-phase", "That is not possible now: the doors are open, and the show has not started. Nothing was changed.", "现在还不行：正在入场，尚未开演。没有任何改动。"),
        SessionPhase.Paused => Say("wrong-phase", "That is not possible while the show is paused. Nothing was changed.", "演出暂停中，不能这样做。没有任何改动。"),
        SessionPhase.Ended => Say("wrong-phase", "The show is over. Nothing was changed.", "演出已经结束。没有任何改动。"),
        _ => Say("wrong-phase", "Too late or too early: the show is at another point. Look where it is, then decide anew; nothing was changed.", "时机不对：演出已不在那一步。请先看看进行到哪里；没有任何改动。"),
    };

    /// <summary>The command itself is wrong.</summary>
    public static Refusal BadCommand(string english, string chinese) => Say("bad-command", english, chinese);

    /// <summary>Terms that make no show.</summary>
    public static Refusal BadTerms(string english, string chinese) => Say("bad-terms", english, chinese);

    private static Refusal Say(string code, string english, string chinese) =>
        new(code, Text.Both(english, chinese));
}

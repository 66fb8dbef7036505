using System.Collections.Frozen;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Exports;

/// <summary>What the commands of the staff are called in a table; the page after the show says the same.</summary>
public static class InterventionWords
{
    private static readonly FrozenDictionary<string, Text> Kinds =
        new Dictionary<string, Text>
        {
            ["Open"] = Text.Both("Opened the doors", "开放入场"),
            ["Start"] = Text.Both("Started", "开演"),
            ["Pause"] = Text.Both("Paused", "暂停"),
            ["Resume"] = Text.Both("Resumed", "继续"),
            ["Extend"] = Text.Both("Extended the vote", "延长投票"),
            ["End"] = Text.Both("Ended the show", "结束演出"),
            ["Kick"] = Text.Both("Sent away", "请出"),
            ["Ban"] = Text.Both("Banned", "停用座位"),
            ["Unban"] = Text.Both("Let back", "恢复座位"),
            ["Free"] = Text.Both("Freed", "释放座位"),
            ["GoOn"] = Text.Both("Went on without the wall", "没有大银幕也继续"),
            ["PrintCodes"] = Text.Both("Printed seat cards", "打印座位卡"),
            ["EndWell"] = Text.Both("Had the story land", "好好收尾"),
            ["CarryOn"] = Text.Both("Took the landing back", "取消收尾"),
            ["Close"] = Text.Both("Closed the vote", "截止投票"),
            ["Skip"] = Text.Both("Skipped to the vote", "跳到投票"),
            ["Blank"] = Text.Both("Darkened the wall", "银幕转暗"),
            ["Unblank"] = Text.Both("Lit the wall", "银幕点亮"),
            ["Tell"] = Text.Both("Told everyone", "告诉全场"),
            ["Untell"] = Text.Both("Took it back", "收回"),
            ["Override"] = Text.Both("Overruled the hall", "推翻结果"),
            ["Rerun"] = Text.Both("Asked the hall again", "重新投票"),
            ["Mute"] = Text.Both("Muted", "静音"),
            ["Unmute"] = Text.Both("Unmuted", "解除静音"),
            ["RemarksOn"] = Text.Both("Switched remarks on", "打开留言"),
            ["RemarksOff"] = Text.Both("Switched remarks off", "关闭留言"),
            ["FeelingsOn"] = Text.Both("Switched feelings on", "打开感受"),
            ["FeelingsOff"] = Text.Both("Switched feelings off", "关闭感受"),
            ["TurnsOn"] = Text.Both("Switched suggested turns on", "打开转折提议"),
            ["TurnsAuto"] = Text.Both("Let many seats suffice for a turn", "多人提议自动通过"),
            ["TurnsOff"] = Text.Both("Switched suggested turns off", "关闭转折提议"),
            ["Revise"] = Text.Both("Rewrote lines", "改写台词"),
            ["Swap"] = Text.Both("Swapped the storylet", "更换片段"),
            ["Pin"] = Text.Both("Pinned a fact", "固定事实"),
            ["Unpin"] = Text.Both("Unpinned a fact", "取消固定"),
            ["Strike"] = Text.Both("Struck a fact", "划去事实"),
            ["Tension"] = Text.Both("Set the tension", "设定张力"),
            ["Forbid"] = Text.Both("Forbade a word", "禁用词语"),
            ["Allow"] = Text.Both("Allowed a word again", "恢复词语"),
            ["Veto"] = Text.Both("Set the veto window", "设定审看时间"),
            ["Approve"] = Text.Both("Said yes to a beat", "同意播出"),
            ["Reject"] = Text.Both("Rejected a beat", "否决"),
            ["ApproveRemark"] = Text.Both("Said yes to a remark", "放行留言"),
            ["RejectRemark"] = Text.Both("Said no to a remark", "拒绝留言"),
            ["ApproveTurn"] = Text.Both("Said yes to a suggested turn", "同意转折提议"),
            ["WordTurn"] = Text.Both("Reworded a suggested turn", "改写转折提议"),
            ["RejectTurn"] = Text.Both("Said no to a suggested turn", "拒绝转折提议"),
            ["WithdrawTurn"] = Text.Both("Took a decision about a turn back", "收回对转折提议的决定"),
            ["WithdrawRemark"] = Text.Both("Took a remark back", "收回留言"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for a command, or its name where this version does not know it.</summary>
    public static Text Of(string kind) => Kinds.TryGetValue(kind, out var words) ? words : Text.Of("en", kind);

    /// <summary>Whether there are words for a command.</summary>
    public static bool Has(string kind) => Kinds.ContainsKey(kind);
}

using Orleans.Story.Contracts;
using Orleans.Story.Rules.Suggestions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a viewer hears whose suggestion is not taken, and staff whose decision about one is not.</summary>
public static class TurnRefusals
{
    /// <summary>No suggestions tonight, or not now.</summary>
    public static Refusal Off { get; } = Say("turns-off", "This hall takes no suggestions right now.", "本厅现在不收转折提议。");

    /// <summary>The vote is open, the beat ends the film, or its round has no room.</summary>
    public static Refusal NotNow { get; } = Say("not-now", "Not now: suggest a turn while the story is told.", "现在先不收，请在故事讲述时提议。");

    /// <summary>Nothing to read, or too much.</summary>
    public static Refusal BadSuggestion { get; } = Say(
        "bad-suggestion", $"A suggestion has 1 to {SuggestionWords.Longest} characters.", $"提议为 1 到 {SuggestionWords.Longest} 个字。");

    /// <summary>The words may not stand on this hall's wall.</summary>
    public static Refusal NotHere { get; } = Say("not-here", "This wording cannot be shown in this hall. Please put it another way.", "本厅不能显示这样的字句，请换个说法。");

    /// <summary>The seat has just sent one.</summary>
    public static Refusal TooSoon { get; } = Say(
        "slow-down", $"One suggestion every {TurnRules.PaceMs / 1000} seconds. Send this one in a moment.", $"每 {TurnRules.PaceMs / 1000} 秒可提议一次，请稍后再发。");

    /// <summary>The seat has sent as many as one beat takes.</summary>
    public static Refusal Enough { get; } = Say(
        "enough", $"You have suggested {TurnRules.MostPerSeat} turns for this scene. Suggest the next one when the story goes on.", $"这一段您已提议 {TurnRules.MostPerSeat} 次，等故事继续后再提吧。");

    /// <summary>More wait than anybody can read, and this is like none of them.</summary>
    public static Refusal Later { get; } = Say(
        "later", "This scene has all the suggestions it can take. Try again in the next one.", "这一段的提议已满，请等下一段再提。");

    /// <summary>There is no such suggestion to decide about.</summary>
    public static Refusal NoSuggestion { get; } = Say("no-suggestion", "This suggestion is not there to decide about any more.", "这条提议已不在待处理之列。");

    /// <summary>The vote is open.</summary>
    public static Refusal Late { get; } = Say("turn-late", "The vote is open: its options stay as they are.", "投票已经开始，选项不再改变。");

    /// <summary>Enough got a yes for one beat.</summary>
    public static Refusal Full { get; } = Say(
        "turns-full", $"{TurnRules.MostApproved} suggestions have a yes already. Take one back first.", $"已有 {TurnRules.MostApproved} 条提议获准，请先收回一条。");

    private static Refusal Say(string code, string english, string chinese) => new(code, Text.Both(english, chinese));
}

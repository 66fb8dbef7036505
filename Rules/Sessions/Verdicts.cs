using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Rules.Sessions;

/// <summary>Why a round went as it did, in one sentence for the decision card.</summary>
internal static class Verdicts
{
    /// <summary>The sentence.</summary>
    internal static Text Why(DecidedRound round)
    {
        var verdict = round.Verdict;
        var (votes, chose) = (verdict.Counts[verdict.Winner], verdict.Voters - verdict.Abstained);
        return verdict switch
        {
            { Voters: 0 } => Text.Both("Nobody voted, so the film chose for itself.", "无人投票，影片自己作了选择。"),
            _ when chose == 0 => Text.Both("Everyone left it open, so the film chose for itself.", "全场弃权，影片自己作了选择。"),
            { Tied.Length: > 1 } => Tie(round.Terms.Rule.Ties),
            { Runoff.Length: > 1 } => Runoff(verdict),
            { Protected: { } lifted } when lifted.Otherwise != verdict.Winner => Text.Both(
                "Those who were outvoted before tipped it.", "此前落败的观众扭转了结果。"),
            { Protected: not null } => Text.Both(
                $"{votes} of {verdict.Counts.Sum()} votes, with more weight for those outvoted before.",
                $"{verdict.Counts.Sum()} 票中得 {votes} 票，此前落败者的票更重。"),
            // Under the option that the house has the story follow, "so" would be that option.
            _ when round.Overruled is not null => Text.Both(
                $"{votes} of {chose} voted for {Letter(verdict.Winner)}.", $"{chose} 人中有 {votes} 人选了 {Letter(verdict.Winner)}。"),
            _ when 2 * votes > chose => Text.Both($"{votes} of {chose} wanted it so.", $"{chose} 人中有 {votes} 人这样选。"),
            _ => Text.Both(
                $"The hall was divided; {votes} of {chose} carried it.", $"全场意见不一，{chose} 人中 {votes} 人占了上风。"),
        };
    }

    private static char Letter(int option) => (char)('A' + option);

    private static Text Tie(TieRule rule) => rule == TieRule.Draw
        ? Text.Both("A dead heat. The draw decided.", "票数相同，由抽签决定。")
        : Text.Both("A dead heat. The film's own order decided.", "票数相同，按影片自己的顺序决定。");

    private static Text Runoff(Verdict verdict)
    {
        var last = verdict.Runoff[^1].Counts;
        var (votes, all) = (last[verdict.Winner], last.Sum());
        return Text.Both(
            $"After the next choices of those whose first was out: {votes} of {all}.", $"首选出局者改计下一选择后：{all} 票中得 {votes} 票。");
    }
}

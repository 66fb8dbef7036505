using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Demo;

namespace Orleans.Story.Gateway.Terminal;

/// <summary>What the demo says at the end: every choice, and whether the server's books equal the crowd's own.</summary>
internal static class Summary
{
    /// <summary>Prints it.</summary>
    public static void Print(TextWriter to, Words words, Stage end, Ledger ledger, int crowd)
    {
        to.WriteLine();
        to.WriteLine("  " + words.Say("The show is over. How it was decided:", "演出结束。观众的选择："));
        var others = Math.Max(0, end.Seated - crowd);
        var (exact, whole) = (true, true);
        foreach (var choice in end.Choices)
        {
            var verdict = ledger.Compare(choice);
            exact &= verdict.IsExact;
            whole &= verdict.IsExactBut(others);
            to.WriteLine($"  {choice.Round + 1,3}. {choice.Question.In(words.Language)}");
            to.WriteLine($"       > {choice.Options[choice.Winner].In(words.Language)}   [{string.Join(' ', choice.Counts)}]  {Sentence(words, verdict, others)}");
        }

        to.WriteLine();
        to.WriteLine("  " + (exact
            ? words.Say(
                $"Exact: {ledger.Acknowledged} acknowledged ballots, changes of mind included, and every book equals the crowd's own count.",
                $"准确：已确认 {ledger.Acknowledged} 张选票（含改票），每轮结果与观众自己的计数完全一致。")
            : whole
            ? words.Say(
                $"Exact but for your own phones: all of the crowd's {ledger.Acknowledged} acknowledged ballots, changes of mind included, are in the books, the rest are yours.",
                $"除你们自己的手机外完全一致：模拟观众已确认的 {ledger.Acknowledged} 张选票（含改票）都在票册里，其余是你们投的。")
            : words.Say("Not every book equals the crowd's own count; see above.", "部分轮次与观众自己的计数不一致，详见上文。")));
        to.WriteLine("  " + words.Leave);
        to.Flush();
    }

    private static string Sentence(Words words, LedgerVerdict verdict, int others)
    {
        if (verdict.IsExact) return words.Say("exact", "一致");
        var own = $"[{string.Join(' ', verdict.Own)}]";
        if (verdict.IsExactBut(others))
        {
            return words.Say($"crowd {own}, {verdict.Others} from other phones", $"模拟观众 {own}，另有 {verdict.Others} 票来自其他手机");
        }

        return words.Say($"DIFFERS: crowd {own}, unknown {verdict.Unknown}", $"不一致：模拟观众 {own}，未知 {verdict.Unknown}");
    }
}

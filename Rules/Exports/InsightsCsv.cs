using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>The tables of a show's insights. Headings and the film's words are in one language; times are seconds from the start.</summary>
public static class InsightsCsv
{
    /// <summary>One row an option. An option that nobody voted for has won nothing: there the film chose.</summary>
    public static byte[] Rounds(Insights show, string language)
    {
        var table = new Csv(Headings(
            language, ("Round", "轮次"), ("Question", "问题"), ("Option", "选项"), ("Label", "选项内容"), ("Votes", "票数"), ("Won", "胜出"), ("Chosen by", "由谁选定"), ("Margin", "领先票数"),
            ("Voters", "投票人数"), ("Abstained", "弃权"), ("Voted again", "改投人数"), ("Raised seats", "加权座位"), ("Rule", "规则"), ("Overruled", "改判"), ("Why", "原因"),
            ("Opened (s)", "开始（秒）"), ("Decided (s)", "揭晓（秒）"), ("Suggested by (seats)", "提议人数")));
        foreach (var round in show.Rounds)
        {
            for (var option = 0; option < round.Options.Length; option++)
            {
                table.Row(
                    round.Round + 1, round.Question.In(language), ((char)('A' + option)).ToString(), round.Options[option].In(language), round.Counts[option],
                    option == round.Winner && !Quiet(round), option == round.Winner ? Chooser(round).In(language) : null, Quiet(round) ? null : round.Margin, round.Voters, round.Abstained, round.Changed, round.Protected?.Seats, Rule(round.Rule).In(language), Overruled(round, language), round.Overruled?.Reason,
                    Seconds(round.OpenedMs), Seconds(round.DecidedMs), round.Turn?.Option == option ? round.Turn.Seats : null);
            }
        }

        return table.Bytes();
    }

    /// <summary>One row a window of feelings, with the tension told and wanted at that moment.</summary>
    public static byte[] Feelings(Insights show, string language)
    {
        var table = new Csv(Headings(
            language, [("Time (s)", "时间（秒）"), ("Contributors", "人数"), ("Arousal", "唤起度"), ("Tension told", "讲述张力"), ("Tension wanted", "目标张力"), .. Names]));
        foreach (var felt in show.Feelings)
        {
            var beat = show.Beats.LastOrDefault(told => told.AtMs <= felt.AtMs);
            table.Row([Seconds(felt.AtMs), felt.Contributors, felt.Arousal, beat?.Tension, beat?.Target, .. felt.Sums.Cast<object>()]);
        }

        return table.Bytes();
    }

    /// <summary>One row an intervention.</summary>
    public static byte[] Interventions(Insights show, string language)
    {
        var table = new Csv(Headings(
            language, ("Time (s)", "时间（秒）"), ("UTC", "UTC 时间"), ("What", "操作"), ("Who", "操作人"), ("Why", "原因"), ("Seat", "座位"), ("Seconds", "秒数"), ("Option", "选项"), ("Beat", "段"), ("Words", "内容")));
        foreach (var act in show.Interventions)
        {
            table.Row(
                Seconds(act.AtMs), DateTimeOffset.FromUnixTimeMilliseconds(show.StartedMs + act.AtMs).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                InterventionWords.Of(act.Kind).In(language), act.By, act.Reason, act.Seat == 0 ? null : act.Seat, act.Seconds == 0 ? null : act.Seconds,
                act.Option is { } option ? ((char)('A' + option)).ToString() : null, act.Beat + 1, act.Words);
        }

        return table.Bytes();
    }

    private static readonly (string English, string Chinese)[] Names =
    [
        ("Joy", "喜悦"), ("Warmth", "温暖"), ("Suspense", "悬着"), ("Fear", "害怕"), ("Sadness", "难过"), ("Anger", "愤怒"), ("Surprise", "意外"), ("Boredom", "无聊"),
    ];

    private static IEnumerable<string> Headings(string language, params IEnumerable<(string English, string Chinese)> headings) =>
        headings.Select(heading => Text.Both(heading.English, heading.Chinese).In(language));

    /// <summary>Whether nobody preferred anything, so that no votes won.</summary>
    private static bool Quiet(InsightRound round) => round.Voters == round.Abstained;

    private static Text Chooser(InsightRound round) => Quiet(round) ? Text.Both("the film", "影片") : Text.Both("the hall", "全场");

    /// <summary>The option that the story followed instead, or that the hall was asked again.</summary>
    private static string? Overruled(InsightRound round, string language) => round.Overruled switch
    {
        null => null,
        { Taken: { } option } => ((char)('A' + option)).ToString(),
        _ => Text.Both("asked again", "重新投票").In(language),
    };

    private static double Seconds(long ms) => Math.Round(ms / 1000.0, 1);

    private static Text Rule(VotingRule rule) => rule switch
    {
        VotingRule.Approval => Text.Both("Approve as many as you like", "可多选"),
        VotingRule.Ranked => Text.Both("Rank in order of liking", "按喜好排序"),
        _ => Text.Both("One vote each", "每人一票"),
    };
}

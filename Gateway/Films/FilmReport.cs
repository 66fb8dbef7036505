using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Audit;

namespace Orleans.Story.Gateway.Films;

/// <summary>Prints what a check found, the worst first, for whoever wrote the film.</summary>
internal sealed class FilmReport(TextWriter to, Words words, Film film)
{
    /// <summary>Shows that may leave a promise open, of those that opened it: an evening that was cut short.</summary>
    private const double TolerableDebt = 0.1;

    /// <summary>Storylets that opposite audiences may have in common, on average.</summary>
    private const double TolerableOverlap = 0.5;

    /// <summary>Told in fewer shows than this, a storylet was hardly worth writing.</summary>
    private const double Rare = 0.002;

    /// <summary>In fewer shows than this, a storylet that nobody saw may only be a rare one: it is named, and not held against the film.</summary>
    private const int Telling = 5_000;

    private const int Listed = 12;
    private bool well = true;

    /// <summary>What the film is made of.</summary>
    public void Shape()
    {
        var endings = film.Storylets.Count(storylet => storylet.IsEnding);
        to.WriteLine(words.Say(
            $"{film.Title.In("en")}: {film.Storylets.Length} storylets, {endings} of them endings; {film.Facts.Length} facts, {film.Promises.Length} promises",
            $"《{film.Title.In("zh")}》：{film.Storylets.Length} 段，其中结局 {endings} 个；事实 {film.Facts.Length} 条，承诺 {film.Promises.Length} 个"));
        foreach (var language in film.Languages)
        {
            var times = film.Storylets.Select(storylet => ReadingTime.Of(storylet, language)).ToList();
            to.WriteLine(Line(words.Say($"read in {language}", $"{language} 阅读"), words.Say(
                $"{times.Average(time => time.Mean):0} s on average, from {times.Min(time => time.Shortest):0} to {times.Max(time => time.Longest):0} s",
                $"平均 {times.Average(time => time.Mean):0} 秒，从 {times.Min(time => time.Shortest):0} 到 {times.Max(time => time.Longest):0} 秒")));
        }

        var (few, many) = (ShowLength.Beats(film, film.Minutes.Shortest), ShowLength.Beats(film, film.Minutes.Longest));
        Say(many * ShowLength.StoryletsPerBeat <= film.Storylets.Length, words.Say("a show", "一场"), $"{few}–{many}", words.Say(
            $"beats in {film.Minutes.Shortest} to {film.Minutes.Longest} minutes; the longest shows {100.0 * many / film.Storylets.Length:0} % of the film, a third is enough",
            $"拍，{film.Minutes.Shortest} 到 {film.Minutes.Longest} 分钟；最长一场用去全片的 {100.0 * many / film.Storylets.Length:0}%，不宜超过三分之一"));
    }

    /// <summary>What the audiences saw; answers whether all is well.</summary>
    public bool Print(AuditReport audit, ImmutableArray<LikeLines> alike, TimeSpan took)
    {
        if (to == Console.Out && !Console.IsOutputRedirected) to.Write('\r');
        to.WriteLine(words.Say(
            $"Told to {audit.Shows} audiences at {film.Minutes.Shortest} to {film.Minutes.Longest} minutes, in {took.TotalSeconds:0} s:",
            $"给 {audit.Shows} 群观众讲过，{film.Minutes.Shortest} 到 {film.Minutes.Longest} 分钟，用时 {took.TotalSeconds:0} 秒："));
        Say(audit.OnTime >= 1, words.Say("on time", "准时结束"), Percent(audit.OnTime), words.Say("ended within a beat of their time", "误差不超过一拍"));
        Say(audit.Twice == 0, words.Say("told twice", "重复讲述"), $"{audit.Twice}", words.Say("shows told a storylet twice", "场把同一段讲了两遍"));
        Say(audit.Findings.IsEmpty, words.Say("canon", "事实一致"), audit.Findings.IsEmpty ? words.Say("kept", "无误") : Names(audit.Findings), "");
        Say(audit.RanDry == 0, words.Say("dead ends", "死路"), Percent(audit.RanDry), words.Say("had nothing left to tell before their time", "在时间用完前已无可讲"));
        List(audit.DryAfter, words.Say("after", "之后"));
        var never = audit.Storylets.Where(reach => reach.Share == 0).ToImmutableArray();
        Say(never.IsEmpty || audit.Shows < Telling, words.Say("reach", "可达"), $"{film.Storylets.Length - never.Length}/{film.Storylets.Length}", words.Say("storylets were told", "段被讲到过"));
        List(never, words.Say("never", "从未"), share: false);
        var rare = audit.Storylets.Where(reach => reach.Share is > 0 and < Rare).ToImmutableArray();
        if (!rare.IsEmpty) List(rare, words.Say("hardly ever", "极少"));
        foreach (var ending in audit.Storylets.Where(reach => film.Storylets.First(one => one.Id == reach.Id).IsEnding).OrderByDescending(reach => reach.Share))
            to.WriteLine(Line("  " + words.Say("ending", "结局"), $"{Percent(ending.Share),8}  {ending.Id}"));
        var debts = audit.Unpaid.Where(reach => reach.Share > TolerableDebt).ToImmutableArray();
        Say(debts.IsEmpty, words.Say("promises", "承诺"), debts.IsEmpty ? words.Say("kept", "兑现") : $"{debts.Length}", debts.IsEmpty ? "" : words.Say("left open too often (share of the shows that opened them)", "个常常落空（占开启它的场次）"));
        List(debts, words.Say("left open", "落空"));
        foreach (var act in audit.Acts)
            Say(!act.IsFlat, words.Say("tension", "张力"), $"{act.Told:0.00}", $"{act.Act} ({act.Written.Low:0.00}–{act.Written.High:0.00}){(act.IsFlat ? words.Say(": flat", "：太平") : "")}");
        Say(Rises(audit.Acts), words.Say("arc", "弧线"), Rises(audit.Acts) ? words.Say("rises", "上升") : words.Say("sags", "塌陷"), "");
        Say(audit.Overlap.Mean < TolerableOverlap, words.Say("opposites", "对立观众"), Percent(audit.Overlap.Mean), words.Say($"of what they saw in common; at most {Percent(audit.Overlap.Most)}", $"所见相同，最多 {Percent(audit.Overlap.Most)}"));
        Say(alike.IsEmpty, words.Say("heard before", "似曾相识"), $"{alike.Length}", words.Say("pairs of like lines", "对相近的台词"));
        foreach (var pair in alike.Take(Listed)) to.WriteLine($"      {pair.Storylet} / {pair.Other} ({pair.Language}): {pair.Words} / {pair.OtherWords}");
        to.WriteLine(well ? words.Say("Ready for a hall.", "可以进影院了。") : words.Say("Not ready: see the lines marked !", "还不行：见带 ! 的各行"));
        return well;
    }

    private static bool Rises(ImmutableArray<ActTension> acts) => acts.Zip(acts.Skip(1)).All(pair => pair.Second.Told > pair.First.Told);

    private void Say(bool good, string what, string value, string more)
    {
        well &= good;
        to.WriteLine($"{(good ? " " : "!")}{Line(what, $"{value,8}  {more}")[1..]}".TrimEnd());
    }

    private void List(ImmutableArray<Reach> reaches, string what, bool share = true)
    {
        foreach (var reach in reaches.Take(Listed))
            to.WriteLine(Line("  " + what, share ? $"{Percent(reach.Share),8}  {reach.Id}" : $"{"",8}  {reach.Id}"));
        if (reaches.Length > Listed) to.WriteLine(Line("", words.Say($"          and {reaches.Length - Listed} more", $"          另有 {reaches.Length - Listed} 个")));
    }

    private static string Names(ImmutableArray<Reach> reaches) => string.Join(", ", reaches.Select(reach => reach.Id));

    private static string Percent(double share) => (100 * share).ToString(share is > 0 and < 0.01 or > 0.99 and < 1 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A label in a column of sixteen cells; a Chinese character takes two.</summary>
    private static string Line(string what, string value)
    {
        var cells = what.Sum(c => c > 0x2E7F ? 2 : 1);
        return $"  {what}{new string(' ', Math.Max(1, 16 - cells))}{value}";
    }
}

using System.Collections.Immutable;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Audit;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// Tells a draft to 200 simulated audiences, 140 that vote at random and 60 that take sides, and says what its writer should do. The same
/// draft gets the same advice.
/// </summary>
public static class Advising
{
    /// <summary>Audiences that vote at random.</summary>
    public const int Random = 140;

    /// <summary>Audiences that take somebody's side, in pairs of opposite mind.</summary>
    public const int Opinionated = 60;

    /// <summary>Shows that may leave a promise open, of those that opened it.</summary>
    private const double TolerableDebt = 0.1;

    /// <summary>Storylets that opposite audiences may have in common, on average.</summary>
    private const double TolerableOverlap = 0.5;

    /// <summary>Pieces of advice of one kind; more would not be read.</summary>
    private const int MostOfAKind = 8;

    /// <summary>The report. A draft that is no film yet gets its problems alone.</summary>
    public static DraftReport Of(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Of(DraftFiles.Write(draft), draft);
    }

    /// <summary>The report on a film that is there, drafted or not.</summary>
    /// <param name="reading">What its reader said.</param>
    public static DraftReport Of(FilmReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return Of(new DraftReading([], reading.Film, [.. reading.Problems.Select(problem => new DraftProblem(problem.File, problem.Line, problem))]), null);
    }

    private static DraftReport Of(DraftReading reading, Draft? draft)
    {
        var advice = new List<Advice>(Problems(reading));
        AuditReport? audit = null;
        ImmutableArray<Reach> endings = [];
        if (reading.Film is { } film)
        {
            audit = FilmAudit.Of(film, Random, Opinionated);
            endings = [.. audit.Storylets.Where(reach => film.Storylets.Any(storylet => storylet.Id == reach.Id && storylet.IsEnding)).OrderByDescending(reach => reach.Share)];
            advice.AddRange(Telling(audit));
            advice.AddRange(Arc(film, audit));
            advice.AddRange(Never(film, audit));
            advice.AddRange(Ways.Advise(film));
            advice.AddRange(Conflicts.Advise(film));
            advice.AddRange(Alike(film));
            advice.AddRange(Untranslated(film));
        }
        else if (draft?.Parts.FirstOrDefault(part => part.Current is null) is { } open)
        {
            advice.Add(new Advice(AdviceKind.Problem, true, open.Id, Both($"nothing is proposed for {open.Id} yet", $"{open.Id} 还没有提案"), Both("Have it proposed, or write it.", "请生成提案，或自己写。")));
        }

        if (draft is not null) advice.AddRange(Untouched(draft));
        return new DraftReport(reading, audit, endings, [.. advice.GroupBy(one => (one.Kind, one.IsMust)).SelectMany(kind => kind.Take(MostOfAKind)).OrderByDescending(one => one.IsMust)]);
    }

    private static IEnumerable<Advice> Problems(DraftReading reading) => reading.Problems.Select(problem =>
        new Advice(AdviceKind.Problem, true, problem.Part, problem.Problem.Wrong, problem.Problem.Remedy));

    private static IEnumerable<Advice> Telling(AuditReport audit)
    {
        if (audit.RanDry > 0)
        {
            yield return new Advice(
                AdviceKind.DeadEnd, true, audit.DryAfter.FirstOrDefault()?.Id,
                Both($"{Percent(audit.RanDry)} of the shows had nothing left to tell before their time, most often after {audit.DryAfter.FirstOrDefault()?.Id}", $"{Percent(audit.RanDry)} 的场次时间没到就无戏可讲，最常卡在 {audit.DryAfter.FirstOrDefault()?.Id} 之后"),
                Both("Write a storylet there that needs no fact, or shorten the running time.", "请在那里写一个不需要任何事实的片段，或缩短片长。"));
        }

        if (audit.OnTime < 1 || audit.Twice > 0 || !audit.Findings.IsEmpty)
        {
            var what = audit.Findings.IsEmpty ? "" : audit.Findings[0].Id;
            yield return new Advice(
                AdviceKind.Telling, true, null,
                Both($"{Percent(1 - audit.OnTime)} of the shows ended at the wrong time, {audit.Twice} told something twice{(what.Length > 0 ? $"; the checks found: {what}" : "")}", $"{Percent(1 - audit.OnTime)} 的场次没有准时结束，{audit.Twice} 场有重复{(what.Length > 0 ? $"；检查发现：{what}" : "")}"),
                Both("Look at the running times and at the longest storylets.", "请看看片长设置和最长的几个片段。"));
        }

        foreach (var debt in audit.Unpaid.Where(reach => reach.Share > TolerableDebt))
        {
            yield return new Advice(
                AdviceKind.UnpaidPromise, true, "canon",
                Both($"the promise {debt.Id} is left open in {Percent(debt.Share)} of the shows that open it", $"承诺 {debt.Id} 在开启它的场次里有 {Percent(debt.Share)} 没有兑现"),
                Both("Let another storylet pay it, later and without conditions, or open it earlier.", "请让更后面、没有条件的片段也能兑现它，或更早开启它。"));
        }

        if (audit.Overlap.Mean >= TolerableOverlap)
        {
            yield return new Advice(
                AdviceKind.SameFilm, true, null,
                Both($"audiences of opposite mind had {Percent(audit.Overlap.Mean)} of the film in common", $"立场相反的观众看到的有 {Percent(audit.Overlap.Mean)} 是一样的"),
                Both("Let more storylets need what the hall chose, and say in options whose side they take (for).", "请让更多片段取决于全场的选择，并在选项里写明站在谁一边（for）。"));
        }
    }

    private static IEnumerable<Advice> Arc(Film film, AuditReport audit)
    {
        foreach (var act in audit.Acts.Where(act => act.IsFlat))
        {
            yield return new Advice(
                AdviceKind.FlatAct, true, "acts",
                Both($"the act {act.Act} is flat: all of its storylets are between {act.Written.Low:0.00} and {act.Written.High:0.00} tense", $"{act.Act} 这一幕太平：片段张力都在 {act.Written.Low:0.00} 到 {act.Written.High:0.00} 之间"),
                Both("Write one scene in it to breathe and one that tightens.", "请在这一幕写一场松的、一场紧的。"));
        }

        for (var i = 1; i < audit.Acts.Length; i++)
        {
            if (audit.Acts[i].Told > audit.Acts[i - 1].Told) continue;
            yield return new Advice(
                AdviceKind.SaggingArc, true, "acts",
                Both($"the act {film.Acts[i].Id} is told calmer ({audit.Acts[i].Told:0.00}) than {film.Acts[i - 1].Id} ({audit.Acts[i - 1].Told:0.00})", $"{film.Acts[i].Id} 讲出来比 {film.Acts[i - 1].Id} 还平（{audit.Acts[i].Told:0.00} 对 {audit.Acts[i - 1].Told:0.00}）"),
                Both("Raise what is at stake there, or move its calmest scene forward.", "请加重那里的赌注，或把其中最平的一场挪到前面。"));
        }
    }

    private static IEnumerable<Advice> Never(Film film, AuditReport audit)
    {
        foreach (var reach in audit.Storylets.Where(reach => reach.Share == 0))
        {
            var ending = film.Storylets.First(storylet => storylet.Id == reach.Id).IsEnding;
            yield return new Advice(
                AdviceKind.NeverTold, false, reach.Id,
                ending ? Both($"none of {audit.Shows} audiences came to the ending {reach.Id}", $"{audit.Shows} 群观众没有一群走到结局 {reach.Id}") : Both($"none of {audit.Shows} audiences saw {reach.Id}", $"{audit.Shows} 群观众没有一群看到 {reach.Id}"),
                Both("Let more options set what it needs, or let it need less.", "请让更多选项设定它需要的事实，或少要几个条件。"));
        }
    }

    private static IEnumerable<Advice> Alike(Film film) => Likeness.Of(film).Select(pair => new Advice(
        AdviceKind.Alike, true, pair.Other,
        Both($"{pair.Storylet} and {pair.Other} say nearly the same ({pair.Language}): {pair.Words}", $"{pair.Storylet} 和 {pair.Other} 有近乎一样的话（{pair.Language}）：{pair.Words}"),
        Both("Keep one of the two.", "请只留一处。")));

    private static IEnumerable<Advice> Untranslated(Film film)
    {
        if (film.Languages.Length < 2) yield break;
        var names = film.Cast.Select(one => (Part: "cast", one.Name)).Prepend(("head", film.Title));
        foreach (var (part, name) in names.Where(one => film.Languages.Skip(1).All(language => one.Item2.In(language) == film.Title.Words || one.Item2.In(language) == one.Item2.Words)))
        {
            yield return new Advice(
                AdviceKind.Untranslated, false, part,
                Both($"\"{name.Words}\" reads the same in every language", $"“{name.Words}”在各种语言里写法一样"),
                Both("Write what it is called in the other language.", "请写上它在另一种语言里的叫法。"));
        }
    }

    private static IEnumerable<Advice> Untouched(Draft draft)
    {
        var scaffold = draft.Parts.Count(part => part.Kind == PartKind.Storylet && part.Current?.By == Proposal.Scaffold);
        if (scaffold == 0) yield break;
        var all = draft.Parts.Count(part => part.Kind == PartKind.Storylet);
        yield return new Advice(
            AdviceKind.Scaffold, false, null,
            Both($"{scaffold} of {all} storylets are still the scaffold's words", $"{all} 个片段里有 {scaffold} 个还是脚手架的词句"),
            Both("Rewrite them in your own; the opening and the endings first.", "请换成自己的话，先从开场和结局开始。"));
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " %";
}

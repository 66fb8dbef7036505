using System.Collections.Immutable;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>
/// However the hall votes, there is something to tell in every act and a way to end. Counted are <em>free</em>
/// storylets, which nothing in a telling can shut: no <c>needs</c>, no <c>bars</c>, and what they pay is opened by the
/// opening storylet and paid by nothing else but endings.
/// </summary>
/// <remarks>
/// Each act takes its share of the longest running time in beats of <see cref="FilmLimits.CalmBeatSeconds"/>, at
/// least one. Storylets are told once, so each is counted for one act: for the earliest that has room, those that
/// stay for the fewest acts first, which finds an assignment whenever one exists for acts that lie side by side.
/// </remarks>
internal static class SupplyChecks
{
    public static void Report(FilmDraft draft, ProblemList problems)
    {
        if (draft.StoryletsAreIncomplete || draft.Acts is not { Count: > 0 } acts || acts.Any(act => act.Value is null)) return;
        if (!draft.Storylets.Exists(storylet => storylet.Opening)) return;
        var order = acts.Select((act, index) => (act.Id.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        if (draft.Storylets.Exists(storylet => storylet.Function is null || storylet.Acts.IsEmpty || storylet.Acts.Any(act => !order.ContainsKey(act.Id)))) return;
        CheckEnding(draft, acts[^1].Id.Id, problems);
        if (draft.Minutes is not { } minutes) return;
        CheckChoice(draft, minutes, problems);
        var waiting = draft.Storylets.FindAll(storylet => !storylet.IsEnding && IsFree(storylet, draft));
        for (var act = 0; act < acts.Count; act++)
        {
            var beats = Beats(acts[act].Value!.Share, minutes.Longest);
            var chosen = waiting
                .Where(storylet => storylet.Acts.Any(id => order[id.Id] == act))
                .OrderByDescending(storylet => storylet.Opening)
                .ThenBy(storylet => storylet.Acts.Max(id => order[id.Id]))
                .Take(beats)
                .ToImmutableArray();
            waiting.RemoveAll(storylet => chosen.Contains(storylet));
            if (chosen.Length == beats) continue;
            problems.Error(
                acts[act].Id.At,
                Both(
                    $"the act {acts[act].Id.Id} can run dry: at {minutes.Longest} minutes it takes {beats} storylet{(beats == 1 ? "" : "s")} without needs and bars, and there {(chosen.Length == 1 ? "is" : "are")} {chosen.Length}",
                    $"幕 {acts[act].Id.Id} 可能无戏可讲：{minutes.Longest} 分钟需要 {beats} 个没有 needs 和 bars 的片段，现有 {chosen.Length} 个"),
                Both(
                    $"Write {beats - chosen.Length} more, free {beats - chosen.Length} of needs and bars, or shorten the longest running time.",
                    $"请再写 {beats - chosen.Length} 个，或去掉 {beats - chosen.Length} 个片段的 needs 和 bars，或缩短最长片长。"));
        }
    }

    /// <summary>What most of the film is for: the audience that votes otherwise.</summary>
    private static void CheckChoice(FilmDraft draft, RunningTimes minutes, ProblemList problems)
    {
        if (minutes.Longest < ShowLength.ReelMinutes || draft.Storylets.Exists(storylet => storylet.Lines.IsDefaultOrEmpty)) return;
        var reading = draft.Storylets.Average(storylet => draft.Languages.Max(language => ReadingTime.Of(storylet.Lines.Select(line => (line.Words.In(language), line.When)), language).Mean));
        var (have, need) = (draft.Storylets.Count, ShowLength.StoryletsPerBeat * ShowLength.Beats(reading, minutes.Longest));
        if (have >= need) return;
        var fits = Enumerable.Range(minutes.Shortest, minutes.Longest - minutes.Shortest).Where(longest => ShowLength.StoryletsPerBeat * ShowLength.Beats(reading, longest) <= have).DefaultIfEmpty().Max();
        problems.Error(
            draft.MinutesAt ?? draft.At,
            Both(
                $"at {minutes.Longest} minutes a show needs {need / ShowLength.StoryletsPerBeat} of the {have} storylets, more than a third: its audiences would see the same film",
                $"全片 {have} 个片段，{minutes.Longest} 分钟的一场要用 {need / ShowLength.StoryletsPerBeat} 个，超过三分之一：各场观众会看到同一部影片"),
            Both(
                $"Write {need - have} more{(fits > 0 ? $", or shorten the longest running time to {fits}" : "")}.",
                $"请再写 {need - have} 个{(fits > 0 ? $"，或把最长片长缩短到 {fits} 分钟" : "")}。"));
    }

    /// <summary>How many beats an act takes at least when the telling is calm.</summary>
    private static int Beats(double share, int minutes) =>
        Math.Max(1, (int)Math.Ceiling(Math.Round(share * minutes * 60 / FilmLimits.CalmBeatSeconds, 6)));

    private static void CheckEnding(FilmDraft draft, string lastAct, ProblemList problems)
    {
        if (draft.Storylets.Exists(storylet => storylet.IsEnding && IsFree(storylet, draft) && storylet.Acts.Any(act => act.Id == lastAct))) return;
        problems.Error(
            draft.At,
            Both("no ending is always possible", "没有一个结局是任何时候都能用的"),
            Both(
                $"Write one with function: resolution and acts: [{lastAct}] that has no needs and no bars and pays only what the opening opens.",
                $"请写一个“function: resolution”、“acts: [{lastAct}]”的结局，没有 needs 和 bars，只兑现开场开启的承诺。"));
    }

    private static bool IsFree(StoryletDraft storylet, FilmDraft draft) =>
        storylet.Needs.IsEmpty && storylet.Bars.IsEmpty && storylet.Pays.All(pay => IsAlwaysOpen(pay.Id, storylet, draft));

    /// <summary>A promise that nothing opens is reported elsewhere and counts as open here.</summary>
    private static bool IsAlwaysOpen(string promise, StoryletDraft payer, FilmDraft draft)
    {
        var openers = draft.Storylets.FindAll(storylet => storylet.Opens.Any(open => open.Id == promise));
        return (openers.Count == 0 || openers.Exists(storylet => storylet.Opening))
            && !draft.Storylets.Exists(storylet => storylet != payer && !storylet.IsEnding && storylet.Pays.Any(pay => pay.Id == promise));
    }
}

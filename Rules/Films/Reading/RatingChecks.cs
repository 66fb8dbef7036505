using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>
/// What each storylet is rated fits the film, and what of the film can be told when the hall allows less than all of it: a
/// cut needs its opening, an ending that is always possible, somebody who pays what it promises, and enough to tell.
/// </summary>
internal static class RatingChecks
{
    /// <summary>Reports, and finds the cuts.</summary>
    public static void Report(FilmDraft draft, ProblemList problems)
    {
        if (draft.Rating is not { } highest) return;
        var mildest = draft.Mildest ?? highest;
        foreach (var storylet in draft.Storylets.Where(storylet => storylet.Rating is not null))
            Check(storylet, mildest, highest, problems);
        if (draft.Minutes is not { } minutes || draft.StoryletsAreIncomplete || draft.Acts is null) return;
        if (mildest != highest && !draft.Storylets.Exists(storylet => storylet.Rating == highest))
        {
            problems.Warning(
                draft.RatingAt ?? draft.At,
                Both($"no storylet is rated {highest}, so the film is milder than it says", $"没有一个片段分级为 {highest}，影片比标注的更宽松"),
                Both($"Write rating: {highest} in the storylets that are, or lower the film's.", $"请在相应片段里写“rating: {highest}”，或降低影片的分级。"));
        }

        var steps = draft.Storylets.Select(storylet => storylet.Rating).OfType<string>().Append(mildest).Where(rating => Ratings.Allows(highest, rating) && rating != highest);
        draft.Cuts =
        [
            .. steps.Distinct(StringComparer.Ordinal).OrderBy(Ratings.Place).Select(rating => Cut(draft, rating, mildest, minutes, problems)).OfType<FilmCut>(),
            new FilmCut(highest, minutes.Longest),
        ];
        if (draft.Cuts.Length == 1) draft.Cuts = [];
    }

    private static void Check(StoryletDraft storylet, string mildest, string highest, ProblemList problems)
    {
        var at = storylet.RatingAt ?? storylet.Id.At;
        if (!Ratings.Allows(highest, storylet.Rating!))
        {
            problems.Error(
                at,
                Both($"{storylet.Id.Id} is rated {storylet.Rating}, and the film {highest}", $"{storylet.Id.Id} 分级为 {storylet.Rating}，影片却是 {highest}"),
                Both($"Rate the film {{from: {mildest}, to: {storylet.Rating}}}, or the storylet milder.", $"请把影片分级写成 {{from: {mildest}, to: {storylet.Rating}}}，或把片段改得更宽松。"));
        }
        else if (!Ratings.Allows(storylet.Rating!, mildest))
        {
            problems.Error(
                at,
                Both($"{storylet.Id.Id} is rated {storylet.Rating}, milder than everything around it ({mildest})", $"{storylet.Id.Id} 分级为 {storylet.Rating}，比其余部分（{mildest}）都宽松"),
                Both("Delete its rating, or let the film's rating begin lower.", "请删去它的 rating，或让影片的分级从更低处开始。"));
        }
    }

    /// <summary>The cut at its longest, or a warning why there is none.</summary>
    private static FilmCut? Cut(FilmDraft draft, string rating, string mildest, RunningTimes minutes, ProblemList problems)
    {
        var kept = draft.Storylets.Where(storylet => Ratings.Allows(rating, storylet.Rating ?? mildest)).ToImmutableArray();
        var (least, most) = (minutes.Shortest, minutes.Longest);
        var lack = Lack(draft.With(kept, minutes with { Longest = least }));
        if (lack is not null)
        {
            problems.Warning(
                draft.RatingAt ?? draft.At,
                Both($"within {rating} the film cannot be told: {lack.Words}", $"在 {rating} 之内讲不成这部影片：{lack.In("zh")}"),
                Both($"Write more that is suitable, or begin the film's rating above {rating}.", $"请多写一些合适的片段，或让影片的分级从高于 {rating} 处开始。"));
            return null;
        }

        // What is enough for a longer show is enough for a shorter one.
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            if (Lack(draft.With(kept, minutes with { Longest = middle })) is null) least = middle;
            else most = middle - 1;
        }

        return new FilmCut(rating, least);
    }

    /// <summary>What a cut lacks first of all, or <see langword="null"/>.</summary>
    private static Text? Lack(FilmDraft cut)
    {
        var found = new ProblemList();
        TellingChecks.CheckOpening(cut, found);
        if (!found.HasErrors && Unpaid(cut) is { } promise)
            return Both($"the promise {promise} is opened, and what pays it is rated higher", $"承诺 {promise} 开启了，兑现它的片段分级更高");
        if (!found.HasErrors) SupplyChecks.Report(cut, found);
        return found.ToImmutable().FirstOrDefault(problem => !problem.IsWarning)?.Wrong;
    }

    private static string? Unpaid(FilmDraft cut)
    {
        var paid = cut.Storylets.SelectMany(storylet => storylet.Pays).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        return cut.Storylets.SelectMany(storylet => storylet.Opens).Select(id => id.Id).FirstOrDefault(id => !paid.Contains(id));
    }
}

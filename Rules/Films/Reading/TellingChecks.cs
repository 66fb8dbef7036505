using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>The film begins in one way, promises what it pays, and each storylet can be told in some telling.</summary>
internal static class TellingChecks
{
    public static void Report(FilmDraft draft, ProblemList problems)
    {
        if (draft.StoryletsAreIncomplete) return;
        CheckOpening(draft, problems);
        CheckPromises(draft, problems);
        CheckReach(draft, problems);
    }

    /// <summary>One storylet opens the film, in its first act, and asks for nothing that there cannot be yet.</summary>
    public static void CheckOpening(FilmDraft draft, ProblemList problems)
    {
        var openings = draft.Storylets.FindAll(storylet => storylet.Opening);
        if (openings.Count == 0)
            problems.Error(draft.At, Both("no storylet opens the film", "没有一个片段是开场"), Both("Write opening: true in exactly one.", "请只在一个片段里写“opening: true”。"));
        foreach (var second in openings.Skip(1))
        {
            problems.Error(
                second.Id.At,
                Both($"{second.Id.Id} opens the film, and so does {openings[0].Id.Id}", $"{second.Id.Id} 是开场，{openings[0].Id.Id} 也是"),
                Both("Write opening: true in exactly one.", "请只在一个片段里写“opening: true”。"));
        }

        foreach (var opening in openings)
        {
            var at = opening.Id.At;
            if (draft.Acts is [var first, ..] && !opening.Acts.IsEmpty && opening.Acts.All(act => act.Id != first.Id.Id && draft.Acts.Exists(known => known.Id.Id == act.Id)))
                problems.Error(at, Both($"the opening {opening.Id.Id} is not in the first act", $"开场 {opening.Id.Id} 不在第一幕"), Both($"Add {first.Id.Id} to its acts.", $"请把 {first.Id.Id} 加进它的 acts。"));
            if (!opening.Needs.IsEmpty || !opening.Pays.IsEmpty)
            {
                problems.Error(
                    at,
                    Both($"the opening {opening.Id.Id} needs facts or pays promises before there are any", $"开场 {opening.Id.Id} 要用事实或兑现承诺，而这时还什么都没有"),
                    Both("Delete needs and pays.", "请删去 needs 和 pays。"));
            }

            if (opening.IsEnding) problems.Error(at, Both($"{opening.Id.Id} is opening and ending in one", $"{opening.Id.Id} 既是开场又是结局"), Both("Give it another function.", "请给它换一种 function。"));
        }
    }

    private static void CheckPromises(FilmDraft draft, ProblemList problems)
    {
        var opened = draft.Storylets.SelectMany(storylet => storylet.Opens).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        var paid = draft.Storylets.SelectMany(storylet => storylet.Pays).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var storylet in draft.Storylets)
        {
            foreach (var pay in storylet.Pays.Where(pay => !opened.Contains(pay.Id)))
                problems.Error(pay.At, Both($"the promise \"{pay.Id}\" is paid, but nothing opens it", $"承诺“{pay.Id}”要兑现，却没有片段开启它"), Nearest.Mend(pay.Id, opened));
            foreach (var open in storylet.Opens.Where(open => !paid.Contains(open.Id)))
            {
                problems.Warning(
                    open.At,
                    Both($"the promise {open.Id} is opened, but nothing pays it", $"承诺 {open.Id} 开启了，却没有片段兑现它"),
                    Both("Let a later storylet or an ending pay it, or delete it.", "请让后面的片段或结局兑现它，或删去它。"));
            }
        }
    }

    /// <summary>Tells whatever can be told, act by act, until nothing is added; what is left can never be told.</summary>
    private static void CheckReach(FilmDraft draft, ProblemList problems)
    {
        if (draft.Acts is not { } acts || draft.Storylets.Exists(storylet => storylet.Acts.IsEmpty)) return;
        var order = acts.Select((act, index) => (act.Id.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        if (draft.Storylets.SelectMany(storylet => storylet.Acts).Any(act => !order.ContainsKey(act.Id))) return;
        var told = new HashSet<StoryletDraft>();
        var facts = new HashSet<string>(StringComparer.Ordinal);
        var promises = new HashSet<string>(StringComparer.Ordinal);
        var known = new List<(HashSet<string> Facts, HashSet<string> Promises)>();
        for (var act = 0; act < acts.Count; act++)
        {
            while (draft.Storylets.Find(storylet => Tellable(storylet, act)) is { } next)
            {
                told.Add(next);
                facts.UnionWith(next.AllSets.Select(id => id.Id));
                promises.UnionWith(next.Opens.Select(id => id.Id));
            }

            known.Add(([.. facts], [.. promises]));
        }

        var settable = draft.Storylets.SelectMany(storylet => storylet.AllSets).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        var openable = draft.Storylets.SelectMany(storylet => storylet.Opens).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var storylet in draft.Storylets.Where(storylet => !told.Contains(storylet)))
        {
            // What nothing sets or opens at all is reported where it is named.
            if (storylet.Needs.Any(id => !settable.Contains(id.Id)) || storylet.Pays.Any(id => !openable.Contains(id.Id))) continue;
            var lastChance = known[storylet.Acts.Max(id => order[id.Id])];
            var lacking = storylet.Needs.Where(id => !lastChance.Facts.Contains(id.Id)).Concat(storylet.Pays.Where(id => !lastChance.Promises.Contains(id.Id))).Select(id => id.Id).ToList();
            problems.Warning(
                storylet.Id.At,
                Both(
                    $"{storylet.Id.Id} can never be told: what it waits for ({string.Join(", ", lacking)}) comes too late",
                    $"{storylet.Id.Id} 永远讲不到：它等的（{string.Join('、', lacking)}）来得太晚"),
                Both("Move it to a later act, or let an earlier storylet set or open it.", "请把它移到更后的幕，或让更早的片段设定或开启所需的。"));
        }

        bool Tellable(StoryletDraft storylet, int act) =>
            !told.Contains(storylet)
            && storylet.Acts.Any(id => order[id.Id] == act)
            && storylet.Needs.All(id => facts.Contains(id.Id))
            && storylet.Pays.All(id => promises.Contains(id.Id));
    }
}

using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>
/// Who is gone is in no storylet, and nothing happens in a place that is closed. What a fact ends it also bars, so that an
/// author need not write it into every storylet; where a storylet says itself that the fact holds, that is a mistake.
/// </summary>
internal static class AbsenceChecks
{
    /// <summary>Reports what is certain to go wrong, and bars every other storylet once the fact is true.</summary>
    public static void Report(FilmDraft draft, ProblemList problems)
    {
        if (draft.Gone.Count == 0 && draft.Closed.Count == 0) return;
        // What is no fact is reported where it was written.
        var facts = draft.Facts?.Select(fact => fact.Id.Id).ToHashSet(StringComparer.Ordinal);
        bool IsFact(EndedBy end) => facts?.Contains(end.Fact.Id) ?? true;
        foreach (var storylet in draft.Storylets)
        {
            foreach (var one in storylet.Cast ?? [])
            {
                foreach (var end in draft.Gone.Where(end => end.Owner == one.Id && IsFact(end)))
                    Bar(storylet, end.Fact, one.At, new Called($"{one.Id} is gone", $"{one.Id} 已经不在了"), new Called($"take {one.Id} out of its cast", $"把 {one.Id} 移出它的 cast"), problems);
            }

            if (storylet.Place is not { } place) continue;
            foreach (var end in draft.Closed.Where(end => end.Owner == place.Id && IsFact(end)))
                Bar(storylet, end.Fact, place.At, new Called($"{place.Id} is closed", $"{place.Id} 已经关闭"), new Called("move it to another place", "让它发生在别处"), problems);
        }
    }

    private static void Bar(StoryletDraft storylet, Named fact, Spot at, Called state, Called mend, ProblemList problems)
    {
        if (storylet.Needs.FirstOrDefault(need => need.Id == fact.Id) is { Id: not null } need)
        {
            problems.Error(
                need.At,
                Both($"{state.En} once {fact.Id} is true, and {storylet.Id.Id} needs {fact.Id}", $"{fact.Id} 成立之后，{state.Zh}，而 {storylet.Id.Id} 需要 {fact.Id}"),
                Both($"Delete this need, or {mend.En}.", $"请删去这个 needs，或{mend.Zh}。"));
            return;
        }

        foreach (var hinge in storylet.Hinges.Where(hinge => hinge.Id == fact.Id))
        {
            problems.Error(
                hinge.At,
                Both($"{state.En} once {fact.Id} is true, so {storylet.Id.Id} is told without it", $"{fact.Id} 成立之后，{state.Zh}，所以 {storylet.Id.Id} 只在它不成立时讲"),
                Both("Delete the condition, or the line that can never be told.", "请删去这个条件，或删去永远讲不到的那句。"));
        }

        // Nothing is true yet when the film opens.
        if (!storylet.Opening && storylet.Bars.All(bar => bar.Id != fact.Id)) storylet.Bars = storylet.Bars.Add(fact with { At = at });
    }
}

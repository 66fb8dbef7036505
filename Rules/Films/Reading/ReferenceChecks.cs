using System.Collections.Immutable;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Every id named in a storylet exists, and every fact is of some use.</summary>
internal static class ReferenceChecks
{
    public static void Report(FilmDraft draft, ProblemList problems)
    {
        var cast = Ids(draft.Cast);
        var places = Ids(draft.Places);
        var acts = Ids(draft.Acts);
        var facts = Ids(draft.Facts);
        var promises = Ids(draft.Promises);
        foreach (var storylet in draft.Storylets)
        {
            Check(storylet.Cast ?? [], cast, "the character", "is not in the cast", problems);
            Check(storylet.Place is { } place ? [place] : [], places, "the place", "is not among the places", problems);
            Check(storylet.Acts, acts, "the act", "is not among the acts", problems);
            Check(Asked(storylet).Concat(storylet.AllSets), facts, "the fact", "is not among the facts", problems);
            Check(storylet.Options.SelectMany(option => option.For), cast, "the character", "is not in the cast", problems);
            Check(storylet.Opens.Concat(storylet.Pays), promises, "the promise", "is not among the promises", problems);
            foreach (var id in storylet.Bars.Where(bar => storylet.Needs.Any(need => need.Id == bar.Id)))
                problems.Error(id.At, $"{storylet.Id.Id} needs and bars {id.Id}, so it can never be told", "Delete one of the two.");
            if (storylet.Options.Length > 1 && storylet.Options.All(option => SetsAlike(option, storylet.Options[0])))
                problems.Warning(storylet.Options[0].At, $"the choice in {storylet.Id.Id} changes nothing: its options set the same facts", "Let at least one option set a fact of its own.");
        }

        if (facts is not null && !draft.StoryletsAreIncomplete) CheckUse(draft, draft.Facts!, problems);
    }

    /// <summary>Every fact that anything in a storylet asks for.</summary>
    private static IEnumerable<Named> Asked(StoryletDraft storylet) =>
        storylet.Needs.Concat(storylet.Bars).Concat(storylet.Hinges).Concat(storylet.Options.SelectMany(option => option.Needs.Concat(option.Bars)));

    private static void CheckUse(FilmDraft draft, List<Declared<Fact>> facts, ProblemList problems)
    {
        var set = draft.Storylets.SelectMany(storylet => storylet.AllSets).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        var needed = draft.Storylets.SelectMany(storylet => storylet.Needs).ToLookup(id => id.Id, StringComparer.Ordinal);
        var asked = draft.Storylets.SelectMany(Asked).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in facts.Select(fact => fact.Id))
        {
            if (!set.Contains(fact.Id))
            {
                foreach (var need in needed[fact.Id])
                    problems.Error(need.At, $"nothing sets the fact {need.Id}, so this can never be told", "Let a storylet or an option set it.");
                if (!needed.Contains(fact.Id))
                    problems.Warning(fact.At, $"nothing sets the fact {fact.Id}", "Let a storylet or an option set it, or delete it.");
            }
            else if (!asked.Contains(fact.Id))
            {
                problems.Warning(fact.At, $"nothing asks for the fact {fact.Id}, so it makes no difference", "Let a storylet, an option or a hinge line ask for it, or delete it.");
            }
        }
    }

    private static bool SetsAlike(OptionDraft one, OptionDraft other) =>
        one.Sets.Select(id => id.Id).ToHashSet(StringComparer.Ordinal).SetEquals(other.Sets.Select(id => id.Id));

    private static HashSet<string>? Ids<T>(List<Declared<T>>? items)
        where T : class => items?.Select(item => item.Id.Id).ToHashSet(StringComparer.Ordinal);

    private static void Check(IEnumerable<Named> ids, HashSet<string>? known, string what, string lack, ProblemList problems)
    {
        if (known is null) return;
        foreach (var id in ids.Where(id => !known.Contains(id.Id)))
            problems.Error(id.At, $"{what} \"{id.Id}\" {lack}", Nearest.Mend(id.Id, known));
    }
}

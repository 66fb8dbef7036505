using System.Collections.Immutable;
using static Orleans.Story.Contracts.Text;

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
        Check(draft.Gone.Concat(draft.Closed).Select(end => end.Fact), facts, Called.Fact, Among("facts"), problems);
        foreach (var storylet in draft.Storylets)
        {
            Check(storylet.Cast ?? [], cast, Called.Character, new("is not in the cast", "演员表里没有"), problems);
            Check(storylet.Place is { } place ? [place] : [], places, Called.Place, Among("places"), problems);
            Check(storylet.Acts, acts, Called.Act, Among("acts"), problems);
            Check(Asked(storylet).Concat(storylet.AllSets), facts, Called.Fact, Among("facts"), problems);
            Check(storylet.Options.SelectMany(option => option.For), cast, Called.Character, new("is not in the cast", "演员表里没有"), problems);
            Check(storylet.Opens.Concat(storylet.Pays), promises, Called.Promise, Among("promises"), problems);
            foreach (var id in storylet.Bars.Where(bar => storylet.Needs.Any(need => need.Id == bar.Id)))
            {
                problems.Error(
                    id.At,
                    Both($"{storylet.Id.Id} needs and bars {id.Id}, so it can never be told", $"{storylet.Id.Id} 的 needs 和 bars 都有 {id.Id}，所以永远讲不到"),
                    Both("Delete one of the two.", "请删去其中一个。"));
            }

            if (storylet.Options.Length > 1 && storylet.Options.All(option => SetsAlike(option, storylet.Options[0])))
            {
                problems.Warning(
                    storylet.Options[0].At,
                    Both($"the choice in {storylet.Id.Id} changes nothing: its options set the same facts", $"{storylet.Id.Id} 的选择不起作用：各选项设定的事实相同"),
                    Both("Let at least one option set a fact of its own.", "请让至少一个选项设定自己的事实。"));
            }
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
        var asked = draft.Storylets.SelectMany(Asked).Concat(draft.Gone.Concat(draft.Closed).Select(end => end.Fact)).Select(id => id.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in facts.Select(fact => fact.Id))
        {
            if (!set.Contains(fact.Id))
            {
                foreach (var need in needed[fact.Id])
                {
                    problems.Error(
                        need.At,
                        Both($"nothing sets the fact {need.Id}, so this can never be told", $"没有什么会设定事实 {need.Id}，所以这段永远讲不到"),
                        Both("Let a storylet or an option set it.", "请让某个片段或选项设定它。"));
                }

                if (!needed.Contains(fact.Id))
                    problems.Warning(fact.At, Both($"nothing sets the fact {fact.Id}", $"没有什么会设定事实 {fact.Id}"), Both("Let a storylet or an option set it, or delete it.", "请让某个片段或选项设定它，或删去它。"));
            }
            else if (!asked.Contains(fact.Id))
            {
                problems.Warning(
                    fact.At,
                    Both($"nothing asks for the fact {fact.Id}, so it makes no difference", $"没有什么用到事实 {fact.Id}，所以它不起作用"),
                    Both("Let a storylet, an option or a hinge line ask for it, or delete it.", "请让某个片段、选项或条件台词用到它，或删去它。"));
            }
        }
    }

    private static bool SetsAlike(OptionDraft one, OptionDraft other) =>
        one.Sets.Select(id => id.Id).ToHashSet(StringComparer.Ordinal).SetEquals(other.Sets.Select(id => id.Id));

    private static HashSet<string>? Ids<T>(List<Declared<T>>? items)
        where T : class => items?.Select(item => item.Id.Id).ToHashSet(StringComparer.Ordinal);

    private static Called Among(string key) => new($"is not among the {key}", $"{key} 里没有");

    private static void Check(IEnumerable<Named> ids, HashSet<string>? known, Called what, Called lack, ProblemList problems)
    {
        if (known is null) return;
        foreach (var id in ids.Where(id => !known.Contains(id.Id)))
            problems.Error(id.At, Both($"{what.En} \"{id.Id}\" {lack.En}", $"{lack.Zh}{what.Zh}“{id.Id}”"), Nearest.Mend(id.Id, known));
    }
}

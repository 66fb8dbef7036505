using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads one file of storylets.</summary>
internal sealed class StoryletFileReader
{
    private static readonly ImmutableArray<string> Keys =
    [
        "id", "function", "opening", "acts", "tension", "place", "moment", "still", "cast",
        "needs", "bars", "sets", "opens", "pays", "lines", "question", "options",
    ];

    private static readonly ImmutableArray<string> Functions =
        [.. Enum.GetNames<BeatFunction>().Select(name => name.ToLowerInvariant())];

    private readonly FilmDraft draft;
    private readonly Values values;
    private readonly ScreenplayReader screenplay;

    private StoryletFileReader(FilmSource file, FilmDraft draft, ProblemList problems)
    {
        this.draft = draft;
        values = new Values(problems);
        screenplay = new ScreenplayReader(file, draft, values);
    }

    public static void Read(FilmSource file, FilmDraft draft, ProblemList problems)
    {
        var reader = new StoryletFileReader(file, draft, problems);
        if (YamlTree.Read(file, problems) is not { } root || reader.values.List(root, "a file of storylets") is not { } list)
        {
            draft.StoryletsAreIncomplete = true;
            return;
        }

        foreach (var item in list.Items) reader.Read(item);
    }

    private void Read(Node node)
    {
        if (MapReader.Of(node, MapReader.Call(node, "the storylet"), Keys, values.Problems) is not { } map
            || map.Required("id") is not { } idNode
            || values.Id(idNode, "the storylet") is not { } id)
        {
            draft.StoryletsAreIncomplete = true;
            return;
        }

        if (draft.Storylets.Find(other => other.Id.Id == id.Id) is { } twin)
        {
            values.Problems.Error(
                id.At,
                $"the storylet {id.Id} is written twice (first in {twin.Id.At.File}, line {twin.Id.At.Line})",
                "Rename or delete one of the two.");
            draft.StoryletsAreIncomplete = true;
            return;
        }

        var storylet = new StoryletDraft { Id = id };
        draft.Storylets.Add(storylet);
        storylet.Function = Function(map);
        storylet.Opening = map.Optional("opening") is { } opening && values.Truth(opening, "opening");
        storylet.Acts = map.Required("acts") is { } acts ? Acts(acts) : [];
        storylet.Tension = map.Required("tension") is { } tension ? values.Number(tension, "tension", 0, 1) : null;
        storylet.Place = map.Required("place") is { } place ? values.Id(place, "the place") : null;
        storylet.Moment = map.Required("moment") is { } moment ? values.Text(moment, "the moment", FilmLimits.Moment, draft.Languages) : null;
        storylet.Still = map.Optional("still") is { } still ? values.Asset(still, "the still", FilmLimits.Stills) : null;
        storylet.Cast = map.Required("cast") is { } cast ? Cast(cast) : null;
        storylet.Needs = Ids(map, "needs", "the fact");
        storylet.Bars = Ids(map, "bars", "the fact");
        storylet.Sets = Ids(map, "sets", "the fact");
        storylet.Opens = Ids(map, "opens", "the promise");
        storylet.Pays = Ids(map, "pays", "the promise");
        if (map.Required("lines") is { } lines) storylet.Lines = screenplay.Read(lines, storylet);
        ReadChoice(map, storylet, idNode.At);
    }

    private ImmutableArray<Named>? Cast(Node node)
    {
        var cast = values.Ids(node, "the character");
        return node is ListNode list && list.Items.Length == cast.Length ? cast : null;
    }

    private BeatFunction? Function(MapReader map)
    {
        if (map.Required("function") is not { } node || values.Word(node, "the function") is not { } word) return null;
        var index = Functions.IndexOf(word);
        if (index >= 0) return (BeatFunction)index;
        values.Problems.Error(node.At, $"there is no function \"{word}\"", Nearest.Mend(word, Functions));
        return null;
    }

    private ImmutableArray<Named> Acts(Node node)
    {
        if (node is ListNode { Items.IsEmpty: true })
            values.Problems.Error(node.At, "acts is empty", "Name at least one act in which this may be told.");
        return values.Ids(node, "the act");
    }

    private ImmutableArray<Named> Ids(MapReader map, string key, string what) =>
        map.Optional(key) is { } node ? values.Ids(node, what) : [];

    private void ReadChoice(MapReader map, StoryletDraft storylet, Spot at)
    {
        var (question, options) = (map.Optional("question"), map.Optional("options"));
        if (storylet.IsEnding)
        {
            if (question is not null) values.Problems.Error(question.At, "an ending asks nothing", "Delete the question.");
            if (options is not null) values.Problems.Error(options.At, "an ending has no options", "Delete them, or give the storylet another function.");
            return;
        }

        if (storylet.Function is null && question is null && options is null) return;
        if (question is null) values.Problems.Error(at, "the question is missing", "Write question: {…}; only a resolution has none.");
        else storylet.Question = values.Text(question, "the question", FilmLimits.Question, draft.Languages);
        if (options is null) values.Problems.Error(at, "the options are missing", "Write two to four; only a resolution has none.");
        else if (values.List(options, "options") is { } list) ReadOptions(list, storylet);
    }

    private void ReadOptions(ListNode list, StoryletDraft storylet)
    {
        if (list.Items.Length is < FilmLimits.FewestOptions or > FilmLimits.MostOptions)
        {
            values.Problems.Error(
                list.At,
                $"there {(list.Items.Length == 1 ? "is 1 option" : $"are {list.Items.Length} options")}",
                $"Write {FilmLimits.FewestOptions} to {FilmLimits.MostOptions}.");
        }

        var options = ImmutableArray.CreateBuilder<OptionDraft>();
        foreach (var item in list.Items)
        {
            if (MapReader.Of(item, "an option", ["label", "sets", "needs", "bars", "for"], values.Problems) is not { } map) continue;
            var label = map.Required("label") is { } node ? values.Text(node, "the label", FilmLimits.Label, draft.Languages) : null;
            if (label is not null && options.Any(other => other.Label is not null && AnyEqual(other.Label, label)))
                values.Problems.Error(item.At, "two options have the same label", "Word them so that the hall can tell them apart.");
            options.Add(new OptionDraft(item.At, label, Ids(map, "sets", "the fact"))
            {
                Needs = Ids(map, "needs", "the fact"), Bars = Ids(map, "bars", "the fact"), For = Ids(map, "for", "the character"),
            });
        }

        if (options.Count >= FilmLimits.FewestOptions && options.Count(option => option.Needs.IsEmpty && option.Bars.IsEmpty) < FilmLimits.FewestOptions)
            values.Problems.Error(list.At, $"the hall may be left without a choice in {storylet.Id.Id}", $"Free at least {FilmLimits.FewestOptions} options of needs and bars.");

        storylet.Options = options.ToImmutable();
    }

    private bool AnyEqual(Text one, Text other) =>
        draft.Languages.Any(language => string.Equals(one.In(language), other.In(language), StringComparison.OrdinalIgnoreCase));
}

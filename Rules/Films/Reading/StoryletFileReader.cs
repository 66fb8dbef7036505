using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads one file of storylets.</summary>
internal sealed class StoryletFileReader
{
    private static readonly ImmutableArray<string> Keys =
    [
        "id", "function", "rating", "opening", "acts", "tension", "place", "moment", "still", "cast",
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
        if (YamlTree.Read(file, problems) is not { } root || reader.values.List(root, new Called("a file of storylets", "片段文件")) is not { } list)
        {
            draft.StoryletsAreIncomplete = true;
            return;
        }

        foreach (var item in list.Items) reader.Read(item);
    }

    private void Read(Node node)
    {
        if (MapReader.Of(node, MapReader.Call(node, Called.Storylet), Keys, values.Problems) is not { } map
            || map.Required("id") is not { } idNode
            || values.Id(idNode, Called.Storylet) is not { } id)
        {
            draft.StoryletsAreIncomplete = true;
            return;
        }

        if (draft.Storylets.Find(other => other.Id.Id == id.Id) is { } twin)
        {
            values.Problems.Error(
                id.At,
                Both(
                    $"the storylet {id.Id} is written twice (first in {twin.Id.At.File}, line {twin.Id.At.Line})",
                    $"片段 {id.Id} 写了两次（第一次在 {twin.Id.At.File} 第 {twin.Id.At.Line} 行）"),
                Both("Rename or delete one of the two.", "请给其中一个改名，或删去一个。"));
            draft.StoryletsAreIncomplete = true;
            return;
        }

        var storylet = new StoryletDraft { Id = id };
        draft.Storylets.Add(storylet);
        storylet.Function = Function(map);
        if (map.Optional("rating") is { } rating) (storylet.Rating, storylet.RatingAt) = (values.Rating(rating), rating.At);
        storylet.Opening = map.Optional("opening") is { } opening && values.Truth(opening, Called.Key("opening"));
        storylet.Acts = map.Required("acts") is { } acts ? Acts(acts) : [];
        storylet.Tension = map.Required("tension") is { } tension ? values.Number(tension, Called.Key("tension"), 0, 1) : null;
        storylet.Place = map.Required("place") is { } place ? values.Id(place, Called.Place) : null;
        storylet.Moment = map.Required("moment") is { } moment ? values.Text(moment, Called.The("moment"), FilmLimits.Moment, draft.Languages) : null;
        storylet.Still = map.Optional("still") is { } still ? values.Asset(still, Called.The("still"), FilmLimits.Stills) : null;
        storylet.Cast = map.Required("cast") is { } cast ? Cast(cast) : null;
        storylet.Needs = Ids(map, "needs", Called.Fact);
        storylet.Bars = Ids(map, "bars", Called.Fact);
        storylet.Sets = Ids(map, "sets", Called.Fact);
        storylet.Opens = Ids(map, "opens", Called.Promise);
        storylet.Pays = Ids(map, "pays", Called.Promise);
        if (map.Required("lines") is { } lines) storylet.Lines = screenplay.Read(lines, storylet);
        ReadChoice(map, storylet, idNode.At);
    }

    private ImmutableArray<Named>? Cast(Node node)
    {
        var cast = values.Ids(node, Called.Character);
        return node is ListNode list && list.Items.Length == cast.Length ? cast : null;
    }

    private BeatFunction? Function(MapReader map)
    {
        if (map.Required("function") is not { } node || values.Word(node, Called.The("function")) is not { } word) return null;
        var index = Functions.IndexOf(word);
        if (index >= 0) return (BeatFunction)index;
        values.Problems.Error(node.At, Both($"there is no function \"{word}\"", $"没有“{word}”这种 function"), Nearest.Mend(word, Functions));
        return null;
    }

    private ImmutableArray<Named> Acts(Node node)
    {
        if (node is ListNode { Items.IsEmpty: true })
            values.Problems.Error(node.At, Both("acts is empty", "acts 是空的"), Both("Name at least one act in which this may be told.", "请至少写一个可以讲它的幕。"));
        return values.Ids(node, Called.Act);
    }

    private ImmutableArray<Named> Ids(MapReader map, string key, Called what) =>
        map.Optional(key) is { } node ? values.Ids(node, what) : [];

    private void ReadChoice(MapReader map, StoryletDraft storylet, Spot at)
    {
        var (question, options) = (map.Optional("question"), map.Optional("options"));
        if (storylet.IsEnding)
        {
            if (question is not null) values.Problems.Error(question.At, Both("an ending asks nothing", "结局不提问"), Both("Delete the question.", "请删去 question。"));
            if (options is not null)
            {
                values.Problems.Error(
                    options.At,
                    Both("an ending has no options", "结局没有选项"),
                    Both("Delete them, or give the storylet another function.", "请删去选项，或给这个片段换一种 function。"));
            }

            return;
        }

        if (storylet.Function is null && question is null && options is null) return;
        if (question is null)
        {
            values.Problems.Error(
                at,
                Both("the question is missing", "缺少 question"),
                Both("Write question: {…}; only a resolution has none.", "请写“question: {…}”；只有 resolution 可以不写。"));
        }
        else storylet.Question = values.Text(question, Called.The("question"), FilmLimits.Question, draft.Languages);
        if (options is null) values.Problems.Error(at, Both("the options are missing", "缺少选项（options）"), Both("Write two to four; only a resolution has none.", "请写两到四个；只有 resolution 可以没有。"));
        else if (values.List(options, Called.Key("options")) is { } list) ReadOptions(list, storylet);
    }

    private void ReadOptions(ListNode list, StoryletDraft storylet)
    {
        if (list.Items.Length is < FilmLimits.FewestOptions or > FilmLimits.MostOptions)
        {
            values.Problems.Error(
                list.At,
                Both($"there {(list.Items.Length == 1 ? "is 1 option" : $"are {list.Items.Length} options")}", $"有 {list.Items.Length} 个选项"),
                Both($"Write {FilmLimits.FewestOptions} to {FilmLimits.MostOptions}.", $"请写 {FilmLimits.FewestOptions} 到 {FilmLimits.MostOptions} 个。"));
        }

        var options = ImmutableArray.CreateBuilder<OptionDraft>();
        foreach (var item in list.Items)
        {
            if (MapReader.Of(item, new Called("an option", "选项"), ["label", "sets", "needs", "bars", "for"], values.Problems) is not { } map) continue;
            var label = map.Required("label") is { } node ? values.Text(node, Called.The("label"), FilmLimits.Label, draft.Languages) : null;
            if (label is not null && options.Any(other => other.Label is not null && AnyEqual(other.Label, label)))
                values.Problems.Error(item.At, Both("two options have the same label", "有两个选项的 label 相同"), Both("Word them so that the hall can tell them apart.", "请换个说法，让全场分得清。"));
            options.Add(new OptionDraft(item.At, label, Ids(map, "sets", Called.Fact))
            {
                Needs = Ids(map, "needs", Called.Fact), Bars = Ids(map, "bars", Called.Fact), For = Ids(map, "for", Called.Character),
            });
        }

        if (options.Count >= FilmLimits.FewestOptions && options.Count(option => option.Needs.IsEmpty && option.Bars.IsEmpty) < FilmLimits.FewestOptions)
        {
            values.Problems.Error(
                list.At,
                Both($"the hall may be left without a choice in {storylet.Id.Id}", $"{storylet.Id.Id} 里，全场可能没有选择余地"),
                Both($"Free at least {FilmLimits.FewestOptions} options of needs and bars.", $"请让至少 {FilmLimits.FewestOptions} 个选项没有 needs 和 bars。"));
        }

        storylet.Options = options.ToImmutable();
    }

    private bool AnyEqual(Text one, Text other) =>
        draft.Languages.Any(language => string.Equals(one.In(language), other.In(language), StringComparison.OrdinalIgnoreCase));
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts.Sessions;
using static System.FormattableString;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads <c>film.yaml</c>.</summary>
internal sealed partial class FilmFileReader
{
    private static readonly ImmutableArray<string> Keys =
        ["schema", "slug", "languages", "title", "logline", "rating", "minutes", "ties", "cast", "places", "promises", "warmup", "facts", "acts"];

    private static readonly ImmutableArray<string> TieRules = ["draw", "first", "last"];

    private readonly FilmDraft draft;
    private readonly Values values;
    private readonly Declarations declarations;
    private readonly MapReader map;

    private FilmFileReader(FilmDraft draft, MapReader map, ProblemList problems)
    {
        this.draft = draft;
        this.map = map;
        values = new Values(problems);
        declarations = new Declarations(draft, values);
    }

    /// <summary>Reads the file into <paramref name="draft"/>.</summary>
    /// <param name="file">The source.</param>
    /// <param name="folder">The name of the folder it lies in, or <see langword="null"/> if unknown.</param>
    /// <param name="draft">Where to put what was read.</param>
    /// <param name="problems">Where to report.</param>
    public static void Read(FilmSource file, string? folder, FilmDraft draft, ProblemList problems)
    {
        draft.At = new Spot(file.Path, 1, 1);
        if (YamlTree.Read(file, problems) is not { } root || MapReader.Of(root, new Called("a film", "影片"), Keys, problems) is not { } map) return;
        new FilmFileReader(draft, map, problems).Read(folder);
    }

    private void Read(string? folder)
    {
        if (map.Required("schema") is { } schema) values.Whole(schema, Called.Key("schema"), FilmLimits.Schema, FilmLimits.Schema);
        ReadSlug(folder);
        ReadLanguages();
        draft.Title = Text("title", FilmLimits.Title);
        draft.Logline = Text("logline", FilmLimits.Logline);
        ReadRating();
        ReadMinutes();
        ReadTies();
        draft.Cast = Declared("cast", Called.Character, declarations.Character);
        draft.Places = Declared("places", Called.Place, declarations.Place);
        if (map.Has("promises")) draft.Promises = Declared("promises", Called.Promise, declarations.Promise);
        draft.WarmUp = map.Optional("warmup") is { } warmup ? declarations.WarmUp(warmup) : null;
        draft.Facts = Declared("facts", Called.Fact, declarations.Fact);
        draft.Acts = Declared("acts", Called.Act, declarations.Act);
        CheckShares();
    }

    private void ReadSlug(string? folder)
    {
        if (map.Required("slug") is not { } node || values.Id(node, Called.The("slug")) is not { } slug) return;
        if (folder is not null && folder != slug.Id)
            values.Problems.Error(slug.At, Both($"the slug is {slug.Id}, but the folder is {folder}", $"slug 是 {slug.Id}，文件夹却是 {folder}"), Both("Give both the same name.", "请让两者同名。"));
        draft.Slug = slug.Id;
    }

    private void ReadLanguages()
    {
        if (map.Required("languages") is not { } node || values.List(node, Called.Key("languages")) is not { } list) return;
        var languages = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list.Items)
        {
            if (values.Word(item, new Called("a language", "语言")) is not { } tag) continue;
            if (!TagShape().IsMatch(tag))
                values.Problems.Error(item.At, Both($"\"{tag}\" is not a language tag", $"“{tag}”不是语言标签"), Both("Write a BCP 47 tag: en, zh, pt-BR, zh-Hant.", "请写 BCP 47 标签：en、zh、pt-BR、zh-Hant。"));
            else if (languages.Contains(tag, StringComparer.Ordinal))
                values.Problems.Error(item.At, Both($"{tag} is listed twice", $"{tag} 列了两次"), Both("Delete one of the two.", "请删去其中一个。"));
            else languages.Add(tag);
        }

        if (list.Items.Length is 0 or > FilmLimits.Languages)
        {
            values.Problems.Error(
                list.At,
                Both($"a film has 1 to {FilmLimits.Languages} languages", $"一部影片有 1 到 {FilmLimits.Languages} 种语言"),
                Both("Write the original language first.", "请把原作语言写在最前面。"));
        }

        draft.Languages = languages.ToImmutable();
    }

    private void ReadRating()
    {
        if (map.Required("rating") is not { } node) return;
        draft.RatingAt = node.At;
        if (node is not MapNode)
        {
            draft.Rating = values.Rating(node);
            return;
        }

        if (MapReader.Of(node, Called.Key("rating"), ["from", "to"], values.Problems) is not { } range) return;
        var from = range.Required("from") is { } mildest ? values.Rating(mildest) : null;
        draft.Rating = range.Required("to") is { } highest ? values.Rating(highest) : null;
        if (from is null || draft.Rating is null) return;
        if (Ratings.Allows(draft.Rating, from)) draft.Mildest = from;
        else values.Problems.Error(node.At, Both($"the rating goes from {from} down to {draft.Rating}", $"分级从 {from} 反而降到 {draft.Rating}"), Both("Write the milder one in from and the stricter one in to.", "请把较宽松的写在 from，较严格的写在 to。"));
    }

    private void ReadMinutes()
    {
        if (map.Required("minutes") is not { } node
            || MapReader.Of(node, Called.Key("minutes"), ["shortest", "longest"], values.Problems) is not { } minutes) return;
        draft.MinutesAt = node.At;
        var shortest = Minutes(minutes, "shortest");
        var longest = Minutes(minutes, "longest");
        if (shortest is null || longest is null) return;
        if (shortest > longest)
        {
            values.Problems.Error(
                node.At,
                Both($"the shortest running time ({shortest}) is longer than the longest ({longest})", $"最短片长（{shortest}）比最长片长（{longest}）还长"),
                Both("Swap them.", "请把两者对调。"));
        }
        else draft.Minutes = new RunningTimes(shortest.Value, longest.Value);
    }

    private void ReadTies()
    {
        if (map.Optional("ties") is not { } node || values.Word(node, new Called("the tie rule", "平局规则（ties）")) is not { } rule) return;
        if (TieRules.IndexOf(rule) is >= 0 and var known) draft.Ties = (TieRule)known;
        else values.Problems.Error(node.At, Both($"there is no tie rule \"{rule}\"", $"没有“{rule}”这种平局规则"), Nearest.Mend(rule, TieRules));
    }

    private int? Minutes(MapReader minutes, string key) => minutes.Required(key) is { } node
        ? values.Whole(node, new Called($"{key} (minutes)", $"{key}（分钟）"), FilmLimits.ShortestMinutes, FilmLimits.LongestMinutes)
        : null;

    private Contracts.Text? Text(string key, WordingLimit limit) =>
        map.Required(key) is { } node ? values.Text(node, Called.The(key), limit, draft.Languages) : null;

    private List<Declared<T>>? Declared<T>(string key, Called what, Func<Node, Called, Declared<T>?> read)
        where T : class
    {
        if (map.Required(key) is not { } node || values.List(node, Called.Key(key)) is not { } list) return null;
        var items = new List<Declared<T>>();
        var complete = true;
        foreach (var item in list.Items)
        {
            if (read(item, what) is not { } one)
            {
                complete = false;
                continue;
            }

            if (items.Exists(other => other.Id.Id == one.Id.Id))
            {
                values.Problems.Error(one.Id.At, Both($"{what.En} {one.Id.Id} is declared twice", $"{what.Zh} {one.Id.Id} 声明了两次"), Both("Rename or delete one of the two.", "请给其中一个改名，或删去一个。"));
                complete = false;
            }

            items.Add(one);
        }

        if (list.Items.IsEmpty && key is not ("facts" or "promises"))
            values.Problems.Error(list.At, Both($"{key} is empty", $"{key} 是空的"), Both("A film needs at least one.", "一部影片至少需要一个。"));
        return complete ? items : null;
    }

    private void CheckShares()
    {
        if (draft.Acts is not { Count: > 0 } acts || acts.Any(act => act.Value is null)) return;
        var sum = acts.Sum(act => act.Value!.Share);
        if (Math.Abs(sum - 1) <= FilmLimits.ShareTolerance) return;
        values.Problems.Error(
            acts[^1].Id.At,
            Both(Invariant($"the shares of the acts sum to {sum:0.###}, not to 1"), Invariant($"各幕的 share 之和是 {sum:0.###}，不是 1")),
            Both(
                Invariant($"{(sum > 1 ? "Take away" : "Add")} {Math.Abs(1 - sum):0.###}."),
                Invariant($"请{(sum > 1 ? "减去" : "加上")} {Math.Abs(1 - sum):0.###}。")));
    }

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagShape();
}

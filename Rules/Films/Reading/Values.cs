using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads values of the kinds the format knows; what does not fit is reported and read as nothing.</summary>
internal sealed partial class Values(ProblemList problems)
{
    public ProblemList Problems => problems;

    /// <summary>Whether <paramref name="id"/> is a slug of allowed length.</summary>
    public static bool IsId(string id) => id.Length <= FilmLimits.IdCharacters && IdShape().IsMatch(id);

    public string? Word(Node node, Called what)
    {
        if (node is ScalarNode { IsMissing: false } scalar && !string.IsNullOrWhiteSpace(scalar.Value)) return scalar.Value.Trim();
        if (node is ScalarNode) problems.Error(node.At, Both($"{what.En} is empty", $"{what.Subject}是空的"), Both("Write it; a value with # or a colon in it needs quotes.", "请写上内容；其中若有 # 或冒号，要加引号。"));
        else problems.Error(node.At, Both($"{what.En} must be words", $"{what.Subject}必须是文字"), Both("Write a single value, not a list or keys.", "请写单个值，不要写列表或键。"));
        return null;
    }

    public Named? Id(Node node, Called what)
    {
        if (Word(node, what) is not { } id) return null;
        if (IsId(id)) return new Named(id, node.At);
        problems.Error(
            node.At,
            Both($"{what.En} \"{id}\" is not written as an id", $"{what.Zh}“{id}”不是合格的 id"),
            Both(
                $"Use lower-case letters a-z, digits and single hyphens, at most {FilmLimits.IdCharacters}.",
                $"请用小写字母 a-z、数字和单个连字符，最多 {FilmLimits.IdCharacters} 个字符。"));
        return null;
    }

    /// <summary>An age rating.</summary>
    public string? Rating(Node node)
    {
        if (Word(node, new Called("the rating", "分级（rating）")) is not { } rating) return null;
        if (Ratings.Exists(rating)) return rating;
        problems.Error(node.At, Both($"there is no rating \"{rating}\"", $"没有“{rating}”这个分级"), Nearest.Mend(rating, Ratings.All));
        return null;
    }

    public ImmutableArray<Named> Ids(Node node, Called what)
    {
        if (List(node, what) is not { } list) return [];
        var ids = ImmutableArray.CreateBuilder<Named>();
        foreach (var item in list.Items)
        {
            if (Id(item, what) is not { } id) continue;
            if (ids.Any(other => other.Id == id.Id)) problems.Error(id.At, Both($"{id.Id} is listed twice", $"{id.Id} 列了两次"), Both("Delete one of the two.", "请删去其中一个。"));
            else ids.Add(id);
        }

        return ids.ToImmutable();
    }

    /// <summary>One id by itself, or a list of them.</summary>
    public ImmutableArray<Named> IdOrIds(Node node, Called what) =>
        node is not ScalarNode ? Ids(node, what) : Id(node, what) is { } id ? [id] : [];

    public ListNode? List(Node node, Called what)
    {
        if (node is ListNode list) return list;
        problems.Error(node.At, Both($"{what.En} must be a list", $"{what.Subject}必须是列表"), Both("Write [one, two], or one item a line, each after a hyphen.", "请写成 [一, 二]，或每行一项、前加连字符。"));
        return null;
    }

    /// <summary>A file below the film's folder: plain names, a known ending, and no way out of the folder.</summary>
    public string? Asset(Node node, Called what, ImmutableArray<string> endings)
    {
        if (Word(node, what) is not { } path) return null;
        if (AssetShape().IsMatch(path) && endings.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal)) return path;
        problems.Error(
            node.At,
            Both($"{what.En} \"{path}\" is not a file name that is served", $"{what.Zh}“{path}”不是可以提供的文件名"),
            Both(
                $"Write a path below the film's folder in a-z, 0-9, - and _, ending in {string.Join(", ", endings)}.",
                $"请写影片文件夹内的路径，只用 a-z、0-9、- 和 _，以 {string.Join('、', endings)} 结尾。"));
        return null;
    }

    public double? Number(Node node, Called what, double least, double most)
    {
        if (node is ScalarNode scalar
            && double.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        problems.Error(
            node.At,
            Both($"{what.En} must be a number from {Say(least)} to {Say(most)}", $"{what.Subject}必须是 {Say(least)} 到 {Say(most)} 之间的数"),
            Both("Write it with a decimal point, like 0.4.", "小数请用小数点，例如 0.4。"));
        return null;
    }

    public int? Whole(Node node, Called what, int least, int most)
    {
        if (node is ScalarNode scalar
            && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        var range = least == most ? Both($"{least}", $"{least}") : Both($"a whole number from {least} to {most}", $"{least} 到 {most} 之间的整数");
        problems.Error(
            node.At,
            Both($"{what.En} must be {range.Words}", $"{what.Subject}必须是 {range.In("zh")}"),
            Both("Change the number.", "请改这个数。"));
        return null;
    }

    public bool Truth(Node node, Called what)
    {
        if (node is ScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        problems.Error(node.At, Both($"{what.En} must be true or false", $"{what.Subject}必须是 true 或 false"), Both("Write true, or leave the key out.", "请写 true，或者不写这个键。"));
        return node is ScalarNode { Value: not ("no" or "No" or "NO" or "off" or "False" or "FALSE" or "0") };
    }

    /// <summary>One wording per language of the film; <paramref name="languages"/> empty means they are unknown.</summary>
    public Text? Text(Node node, Called what, WordingLimit limit, ImmutableArray<string> languages)
    {
        if (node is not MapNode map)
        {
            var example = string.Join(", ", (languages.IsEmpty ? ["en", "zh"] : languages).Select(language => $"{language}: …"));
            problems.Error(node.At, Both($"{what.En} must be written in each language", $"{what.Subject}必须用每种语言各写一遍"), Both($"Write {{{example}}}.", $"请写 {{{example}}}。"));
            return null;
        }

        if (languages.IsEmpty) return null;
        var keys = new MapReader(map, what, languages, problems);
        var wordings = ImmutableArray.CreateBuilder<Wording>();
        foreach (var language in languages)
        {
            if (keys.Required(language) is not { } value || Word(value, what.In(language)) is not { } words) continue;
            if (Fits(words, value.At, what.In(language), limit.In(language))) wordings.Add(new Wording(language, words));
        }

        return wordings.Count == languages.Length ? Of(wordings.ToImmutable()) : null;
    }

    /// <summary>Reports hidden characters and too much text.</summary>
    public bool Fits(string words, Spot at, Called what, int limit)
    {
        if (HiddenCharacters.FirstIn(words) is { } hidden)
        {
            HiddenCharacters.Report(hidden, at, problems);
            return false;
        }

        var length = new StringInfo(words).LengthInTextElements;
        if (length <= limit) return true;
        problems.Error(at, Both($"{what.En} has {length} characters; {limit} fit", $"{what.Subject}有 {length} 个字符，最多 {limit} 个"), Both($"Cut {length - limit}.", $"请删去 {length - limit} 个。"));
        return false;
    }

    /// <summary>A text from wordings in the film's order of languages.</summary>
    public static Text Of(ImmutableArray<Wording> wordings) => new(wordings[0].Language, wordings[0].Words, wordings[1..]);

    private static string Say(double number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdShape();

    [GeneratedRegex(@"\A([a-z0-9_-]+/)*[a-z0-9_-]+\.[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AssetShape();
}

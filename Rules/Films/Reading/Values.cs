using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Reads values of the kinds the format knows; what does not fit is reported and read as nothing.</summary>
internal sealed partial class Values(ProblemList problems)
{
    public ProblemList Problems => problems;

    /// <summary>Whether <paramref name="id"/> is a slug of allowed length.</summary>
    public static bool IsId(string id) => id.Length <= FilmLimits.IdCharacters && IdShape().IsMatch(id);

    public string? Word(Node node, string what)
    {
        if (node is ScalarNode { IsMissing: false } scalar && !string.IsNullOrWhiteSpace(scalar.Value)) return scalar.Value.Trim();
        if (node is ScalarNode) problems.Error(node.At, $"{what} is empty", "Write it; a value with # or a colon in it needs quotes.");
        else problems.Error(node.At, $"{what} must be words", "Write a single value, not a list or keys.");
        return null;
    }

    public Named? Id(Node node, string what)
    {
        if (Word(node, what) is not { } id) return null;
        if (IsId(id)) return new Named(id, node.At);
        problems.Error(
            node.At,
            $"{what} \"{id}\" is not written as an id",
            $"Use lower-case letters a-z, digits and single hyphens, at most {FilmLimits.IdCharacters}.");
        return null;
    }

    public ImmutableArray<Named> Ids(Node node, string what)
    {
        if (List(node, what) is not { } list) return [];
        var ids = ImmutableArray.CreateBuilder<Named>();
        foreach (var item in list.Items)
        {
            if (Id(item, what) is not { } id) continue;
            if (ids.Any(other => other.Id == id.Id)) problems.Error(id.At, $"{id.Id} is listed twice", "Delete one of the two.");
            else ids.Add(id);
        }

        return ids.ToImmutable();
    }

    public ListNode? List(Node node, string what)
    {
        if (node is ListNode list) return list;
        problems.Error(node.At, $"{what} must be a list", "Write [one, two], or one item a line, each after a hyphen.");
        return null;
    }

    /// <summary>A file below the film's folder: plain names, a known ending, and no way out of the folder.</summary>
    public string? Asset(Node node, string what, ImmutableArray<string> endings)
    {
        if (Word(node, what) is not { } path) return null;
        if (AssetShape().IsMatch(path) && endings.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal)) return path;
        Problems.Error(node.At, $"{what} \"{path}\" is not a file name that is served", $"Write a path below the film's folder in a-z, 0-9, - and _, ending in {string.Join(", ", endings)}.");
        return null;
    }

    public double? Number(Node node, string what, double least, double most)
    {
        if (node is ScalarNode scalar
            && double.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        problems.Error(node.At, $"{what} must be a number from {Say(least)} to {Say(most)}", "Write it with a decimal point, like 0.4.");
        return null;
    }

    public int? Whole(Node node, string what, int least, int most)
    {
        if (node is ScalarNode scalar
            && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        problems.Error(node.At, $"{what} must be {(least == most ? $"{least}" : $"a whole number from {least} to {most}")}", "Change the number.");
        return null;
    }

    public bool Truth(Node node, string what)
    {
        if (node is ScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        problems.Error(node.At, $"{what} must be true or false", "Write true, or leave the key out.");
        return node is ScalarNode { Value: not ("no" or "No" or "NO" or "off" or "False" or "FALSE" or "0") };
    }

    /// <summary>One wording per language of the film; <paramref name="languages"/> empty means they are unknown.</summary>
    public Text? Text(Node node, string what, WordingLimit limit, ImmutableArray<string> languages)
    {
        if (node is not MapNode map)
        {
            var example = string.Join(", ", (languages.IsEmpty ? ["en", "zh"] : languages).Select(language => $"{language}: …"));
            problems.Error(node.At, $"{what} must be written in each language", $"Write {{{example}}}.");
            return null;
        }

        if (languages.IsEmpty) return null;
        var keys = new MapReader(map, what, languages, problems);
        var wordings = ImmutableArray.CreateBuilder<Wording>();
        foreach (var language in languages)
        {
            if (keys.Required(language) is not { } value || Word(value, $"{what} ({language})") is not { } words) continue;
            if (Fits(words, value.At, $"{what} ({language})", limit.In(language))) wordings.Add(new Wording(language, words));
        }

        return wordings.Count == languages.Length ? Of(wordings.ToImmutable()) : null;
    }

    /// <summary>Reports hidden characters and too much text.</summary>
    public bool Fits(string words, Spot at, string what, int limit)
    {
        if (HiddenCharacters.FirstIn(words) is { } hidden)
        {
            problems.Error(at, $"there is an invisible character here (U+{hidden.Value:X4})", HiddenCharacters.Mend);
            return false;
        }

        var length = new StringInfo(words).LengthInTextElements;
        if (length <= limit) return true;
        problems.Error(at, $"{what} has {length} characters; {limit} fit", $"Cut {length - limit}.");
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

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>Takes words out of an answer that anything may be in, and notes what is missing.</summary>
internal sealed class AnswerWords(ImmutableArray<string> languages)
{
    /// <summary>No wording of ours is longer; what is, did not stop where it should have.</summary>
    private const int Longest = 1_000;

    /// <summary>Pieces of one kind that are named to whoever is asked again.</summary>
    private const int MostProblems = 8;

    private readonly List<string> problems = [];

    public ImmutableArray<string> Problems => [.. problems.Take(MostProblems)];

    public static JsonObject? Object(JsonObject answer, string key) => answer.TryGetPropertyValue(key, out var node) ? node as JsonObject : null;

    public T Missing<T>(string key, T otherwise)
    {
        problems.Add($"\"{key}\" is missing");
        return otherwise;
    }

    /// <summary>A text in every language; where the film has one only, a plain string will do.</summary>
    public Words Text(JsonObject answer, string key, Words otherwise) =>
        answer.TryGetPropertyValue(key, out var node) && Of(node) is { } text ? text : Missing(key, otherwise);

    public ImmutableArray<Words> Texts(JsonObject answer, string key, int count)
    {
        var items = answer.TryGetPropertyValue(key, out var node) && node is JsonArray list ? list.Take(count + 1).Select(Label).ToList() : [];
        if (items.Count == count && items.TrueForAll(item => item is not null)) return [.. items.Select(item => item!)];
        problems.Add($"\"{key}\" must be {count} texts in {string.Join(" and ", languages)}");
        return [];
    }

    /// <summary>Lines by language, with the same speakers in each; a speaker is an id or a name.</summary>
    public ImmutableArray<StoryletLine> Lines(JsonObject answer, int most, ImmutableArray<Character> cast)
    {
        if (!answer.TryGetPropertyValue("lines", out var node)) return Missing("lines", ImmutableArray<StoryletLine>.Empty);
        var blocks = languages.Select(language => Rows(node is JsonObject byLanguage && byLanguage.TryGetPropertyValue(language, out var own) ? own : languages.Length == 1 ? node : null)
            .Take(most + 1).Select(row => Split(row, language, cast)).Where(row => row.Words.Length > 0).ToList()).ToList();
        if (blocks[0].Count == 0 || blocks.Exists(block => block.Count != blocks[0].Count || block.Count > most))
        {
            problems.Add($"\"lines\" must have the same number of lines in {string.Join(" and ", languages)}, 1 to {most}");
            return [];
        }

        for (var i = 0; i < blocks[0].Count; i++)
        {
            if (blocks.Exists(block => block[i].Speaker != blocks[0][i].Speaker)) problems.Add($"line {i + 1} is said by different people in different languages");
        }

        return [.. blocks[0].Select((row, i) => new StoryletLine(row.Speaker, Values.Of([.. languages.Select((language, l) => new Wording(language, blocks[l][i].Words))])))];
    }

    private Words? Label(JsonNode? node) => Of(node) ?? (node is JsonObject item && item.TryGetPropertyValue("label", out var label) ? Of(label) : null);

    private Words? Of(JsonNode? node)
    {
        var wordings = languages.Select(language => (Language: language, Said: Said(node is JsonObject map && map.TryGetPropertyValue(language, out var own) ? own : languages.Length == 1 ? node : null))).ToList();
        return wordings.Exists(wording => wording.Said is null) ? null : Values.Of([.. wordings.Select(wording => new Wording(wording.Language, wording.Said!))]);
    }

    private static string? Said(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? words) && words.Length <= Longest && Prose.Clean(words) is { Length: > 0 } clean ? clean : null;

    private static IEnumerable<string> Rows(JsonNode? node) => node switch
    {
        JsonArray rows => rows.Select(row => row is JsonObject spoken ? Spoken(spoken) : Said(row)).OfType<string>(),
        JsonValue value when value.TryGetValue(out string? block) && block.Length <= 8 * Longest => block.Split('\n').Select(Prose.Clean).Where(row => row.Length > 0),
        _ => [],
    };

    /// <summary>Models like to write a line as an object.</summary>
    private static string? Spoken(JsonObject line)
    {
        string? Get(string key) => line.TryGetPropertyValue(key, out var node) ? Said(node) : null;
        var words = Get("text") ?? Get("words") ?? Get("line");
        return words is not null && (Get("speaker") ?? Get("who")) is { } speaker ? $"{speaker}｜{words}" : words;
    }

    private (string? Speaker, string Words) Split(string row, string language, ImmutableArray<Character> cast)
    {
        var ids = cast.Select(one => one.Id).ToList();
        var bar = row.IndexOfAny(['｜', '|']);
        if (bar < 0 && row.IndexOfAny([':', '：']) is > 0 and var colon && Who(row[..colon], cast) is not null) bar = colon;
        if (bar <= 0) return (null, Prose.Line(row, ids));
        var (name, words) = (row[..bar].Trim(), Prose.Line(row[(bar + 1)..], ids));
        if (Who(name, cast) is { } id) return (id, words);
        if (name.ToLowerInvariant() is "narrator" or "narration" or "旁白") return (null, words);
        problems.Add($"\"{(name.Length > 40 ? name[..40] : name)}\" speaks in {language} and is nobody; speakers are {string.Join(", ", ids)}");
        return (null, words);
    }

    private static string? Who(string name, ImmutableArray<Character> cast)
    {
        var wanted = name.Trim();
        return cast.FirstOrDefault(one => string.Equals(one.Id, wanted, StringComparison.OrdinalIgnoreCase)
            || Premise.Known.Any(language => string.Equals(one.Name.In(language), wanted, StringComparison.OrdinalIgnoreCase)))?.Id;
    }
}

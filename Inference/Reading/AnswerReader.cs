using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Story.Inference.Reading;

/// <summary>
/// Finds the JSON object in what a model said: behind a thought, inside a fence, between two sentences; with comments and
/// commas too many; cut off at its end, where what is open is closed.
/// </summary>
public static class AnswerReader
{
    /// <summary>Longest answer that is looked at, characters: an object of ours has a few hundred.</summary>
    public const int Longest = 20_000;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 };

    /// <summary>The first object that can be read, or <see langword="null"/>.</summary>
    public static JsonObject? Object(string said)
    {
        if (said.Length > Longest) said = said[..Longest];
        said = ProseReader.WithoutThoughts(said);
        var tries = 0;
        for (var open = said.IndexOf('{', StringComparison.Ordinal); open >= 0 && tries < 20; open = said.IndexOf('{', open + 1), tries++)
        {
            if (Parsed(Balanced(said, open)) is { } found) return found;
        }

        return null;
    }

    /// <summary>A member's words, trimmed; <see langword="null"/> where there are none or it is no string.</summary>
    public static string? Words(JsonObject? answer, string member) =>
        Member(answer, member) is JsonValue value && value.TryGetValue(out string? words) && words.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>A member's strings; objects among them give their first string (models like to write <c>{"label": …}</c>).</summary>
    public static IReadOnlyList<string> List(JsonObject? answer, string member) =>
        Member(answer, member) is JsonArray items ? [.. items.Select(Said).OfType<string>()] : [];

    private static JsonNode? Member(JsonObject? answer, string member) =>
        answer?.FirstOrDefault(pair => string.Equals(pair.Key, member, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? Said(JsonNode? item) => item switch
    {
        JsonValue value when value.TryGetValue(out string? words) => words.Trim(),
        JsonObject one => one.Select(pair => Said(pair.Value)).OfType<string>().FirstOrDefault(),
        _ => null,
    };

    private static JsonObject? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Lenient) is JsonObject { Count: > 0 } found ? found : null;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            // A key that is there twice is found out only when the object is looked at.
            return null;
        }
    }

    /// <summary>From an opening brace to the one that closes it; where none does, what is open is closed.</summary>
    private static string Balanced(string said, int open)
    {
        var closers = new Stack<char>();
        var (quoted, escaped) = (false, false);
        for (var i = open; i < said.Length; i++)
        {
            var letter = said[i];
            if (escaped) escaped = false;
            else if (letter == '\\' && quoted) escaped = true;
            else if (letter == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (letter is '{' or '[') closers.Push(letter == '{' ? '}' : ']');
            else if (letter is '}' or ']' && (closers.Count == 0 || closers.Pop() != letter)) return "";
            if (closers.Count == 0) return said[open..(i + 1)];
        }

        var whole = new StringBuilder(said, open, said.Length - open, said.Length - open + 8);
        if (escaped) whole.Append('\\');
        if (quoted) whole.Append('"');
        while (closers.TryPop(out var closer)) whole.Append(closer);
        return whole.ToString();
    }
}

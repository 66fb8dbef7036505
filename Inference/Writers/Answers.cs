using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Inference.Writers;

/// <summary>JSON schemas of the small objects that follow the prose (JSON Schema 2020-12, the part that grammars of llama.cpp, vLLM and the clouds share).</summary>
internal static class Answers
{
    internal static JsonElement Of(Beat skeleton) => skeleton.Ends
        ? Schema(("gist", Words()))
        : Schema(("gist", Words()), ("question", Words()), ("options", List(skeleton.Options.Length)));

    internal static JsonElement Translation(int lines, int options, bool question)
    {
        var members = new List<(string, JsonNode)> { ("lines", List(lines)), ("gist", Words()) };
        if (question) members.Add(("question", Words()));
        if (options > 0) members.Add(("options", List(options)));
        return Schema([.. members]);
    }

    private static JsonElement Schema(params (string Name, JsonNode Shape)[] members) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Shape))),
        ["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Name))]),
        ["additionalProperties"] = false,
    });

    private static JsonObject Words() => new() { ["type"] = "string" };

    private static JsonObject List(int count) => new()
    {
        ["type"] = "array",
        ["items"] = Words(),
        ["minItems"] = count,
        ["maxItems"] = count,
    };

    internal static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}

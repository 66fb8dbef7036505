using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Story.Tests.Inference.Support;

/// <summary>An honest model without a mind: it reads the material out of the prompt and tells it again, a little otherwise.</summary>
public static class Parrot
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Answer(ChatRequest request)
    {
        var asked = request.Last;
        if (asked.Contains("\"lines\":", StringComparison.Ordinal)) return Translated(asked);
        if (asked.Contains("\"gist\":", StringComparison.Ordinal)) return Object(asked);
        return Prose(asked);
    }

    public static string Prose(string task)
    {
        var isChinese = task.StartsWith("现在", StringComparison.Ordinal);
        var material = task.Split('\n')
            .SkipWhile(line => !line.StartsWith("What happens in it", StringComparison.Ordinal) && !line.StartsWith("这一段发生的事", StringComparison.Ordinal))
            .Skip(1).TakeWhile(line => line.Contains('｜', StringComparison.Ordinal));
        return string.Join('\n', material.Select((line, i) => line + (isChinese ? $"（其{Numeral(i)}）" : $" ({i.ToString(CultureInfo.InvariantCulture)})")));
    }

    private static string Object(string asked)
    {
        var line = asked.Split('\n').First(one => one.StartsWith("{\"gist\"", StringComparison.Ordinal));
        var count = line.Split('…').Length - 1;
        var isChinese = asked.StartsWith("现在", StringComparison.Ordinal);
        var answer = new JsonObject { ["gist"] = isChinese ? "鹦鹉讲了一段。" : "The parrot told it." };
        if (count == 0) return answer.ToJsonString(Readable);
        answer["question"] = isChinese ? "现在怎么办？" : "What now?";
        answer["options"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => JsonValue.Create(isChinese ? $"走第{Numeral(i)}条路" : $"Way {Letter(i)}"))]);
        return answer.ToJsonString(Readable);
    }

    private static string Translated(string asked)
    {
        var source = JsonNode.Parse(asked.Split('\n')[^1])!.AsObject();
        var toChinese = asked.Contains("into Chinese", StringComparison.Ordinal);
        var answer = new JsonObject();
        foreach (var (name, value) in source)
        {
            answer[name] = value is JsonArray items
                ? new JsonArray([.. Enumerable.Range(0, items.Count).Select(i => JsonValue.Create(Words(name, i)))])
                : JsonValue.Create(Words(name, 0));
        }

        return answer.ToJsonString(Readable);

        string Words(string name, int i) => toChinese
            ? $"{(name == "lines" ? "这一句" : "那一个")}译过来是第{Numeral(i)}句"
            : $"In translation this is {(name == "lines" ? "line" : "item")} {Letter(i)}.";
    }

    private static string Numeral(int i) => i < 10 ? "一二三四五六七八九十"[i].ToString() : $"十{"一二三四五六七八九十"[i % 10]}";

    private static string Letter(int i) => ((char)('A' + i)).ToString();
}

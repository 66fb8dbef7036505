using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Story.Rules;

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
                ? new JsonArray([.. items.Select(item => JsonValue.Create(Translated(item!.GetValue<string>(), toChinese)))])
                : JsonValue.Create(Translated(value!.GetValue<string>(), toChinese));
        }

        return answer.ToJsonString(Readable);
    }

    /// <summary>Of another source another sentence, as with any translator; what it means is another matter.</summary>
    private static string Translated(string source, bool toChinese)
    {
        var hash = Fnv.Hash64(System.Text.Encoding.UTF8.GetBytes(source));
        var words = toChinese ? Chinese : English;
        var said = Enumerable.Range(0, 8).Select(n => words[(int)((hash >> (n * 5)) % (ulong)words.Length)]);
        return toChinese ? $"译过来是{string.Concat(said)}" : $"In translation this is {string.Join(' ', said)}.";
    }

    private static readonly string[] English = ["rain", "door", "light", "stairs", "water", "bread", "paper", "glass", "wind", "salt", "coat", "bell", "rope", "smoke", "chair", "winter", "letter", "bridge", "silence", "morning"];

    private static readonly string[] Chinese = ["雨声", "木门", "灯光", "楼梯", "流水", "面包", "纸张", "杯子", "晚风", "海盐", "外衣", "铃声", "绳子", "烟雾", "椅子", "冬天", "信件", "小桥", "安静", "早晨"];

    private static string Numeral(int i) => i < 10 ? "一二三四五六七八九十"[i].ToString() : $"十{"一二三四五六七八九十"[i % 10]}";

    private static string Letter(int i) => ((char)('A' + i)).ToString();
}

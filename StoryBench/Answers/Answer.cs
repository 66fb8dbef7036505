using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Orleans.Story.StoryBench.Answers;

/// <summary>What a model answered once.</summary>
/// <param name="Key">What it was asked, as <see cref="KeyOf"/> says it.</param>
/// <param name="Words">What it said; empty where it failed.</param>
/// <param name="TokensIn">Tokens read as the server counted them, or <see langword="null"/>.</param>
/// <param name="TokensOut">Tokens written likewise.</param>
/// <param name="TookMs">From the request to the end of the answer, milliseconds.</param>
/// <param name="Finish">Why it stopped, as the server said it, or <see langword="null"/>.</param>
/// <param name="Failure">What went wrong, or <see langword="null"/>.</param>
public sealed record Answer(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("words")] string Words,
    [property: JsonPropertyName("in"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TokensIn,
    [property: JsonPropertyName("out"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TokensOut,
    [property: JsonPropertyName("ms")] long TookMs,
    [property: JsonPropertyName("finish"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Finish = null,
    [property: JsonPropertyName("failure"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Failure = null)
{
    /// <summary>
    /// Names a question: the first 32 hexadecimal digits of the SHA-256 of the model's name, every message's role and words, the most
    /// tokens, the temperature and the shape that was asked for. Nothing can be read back from it.
    /// </summary>
    public static string KeyOf(string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = new List<object?> { model, options?.MaxOutputTokens, options?.Temperature, (options?.ResponseFormat as ChatResponseFormatJson)?.Schema };
        asked.AddRange(messages.SelectMany(message => new object?[] { message.Role.Value, message.Text }));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(asked))))[..32];
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts;

/// <summary>
/// Words in their original language with the renderings that exist in others. In JSON it is an object whose first
/// member is the original: <c>{"en":"The horn sounds.","zh":"汽笛响了。"}</c>.
/// </summary>
/// <param name="Language">BCP 47 tag of the original, for instance <c>en</c> or <c>zh</c>.</param>
/// <param name="Words">The original words.</param>
/// <param name="Others">Renderings in other languages, each at most once.</param>
[GenerateSerializer, Immutable, Alias("story.Text"), JsonConverter(typeof(TextJsonConverter))]
public sealed record Text(
    [property: Id(0)] string Language,
    [property: Id(1)] string Words,
    [property: Id(2)] ImmutableArray<Wording> Others)
{
    /// <summary>Words that exist in one language only.</summary>
    public static Text Of(string language, string words) => new(language, words, []);

    /// <summary>Words of the interface, which speaks English and Chinese.</summary>
    public static Text Both(string english, string chinese) => new("en", english, [new Wording("zh", chinese)]);

    /// <summary>The words in <paramref name="language"/>, or the original where there is no rendering.</summary>
    public string In(string language)
    {
        if (string.Equals(language, Language, StringComparison.Ordinal)) return Words;
        foreach (var other in Others)
        {
            if (string.Equals(other.Language, language, StringComparison.Ordinal)) return other.Words;
        }

        return Words;
    }

    /// <summary>Whether the words exist in <paramref name="language"/>.</summary>
    public bool Has(string language) =>
        string.Equals(language, Language, StringComparison.Ordinal)
        || Others.Any(other => string.Equals(other.Language, language, StringComparison.Ordinal));
}

/// <summary>One rendering of a <see cref="Text"/>.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Words">The words in that language.</param>
[GenerateSerializer, Immutable, Alias("story.Wording")]
public sealed record Wording([property: Id(0)] string Language, [property: Id(1)] string Words);

/// <summary>Reads and writes a <see cref="Text"/> as an object from language to words, the original first.</summary>
public sealed class TextJsonConverter : JsonConverter<Text>
{
    /// <inheritdoc/>
    public override Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A text is an object from language to words.");
        string? language = null;
        string? words = null;
        var others = ImmutableArray.CreateBuilder<Wording>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var tag = reader.GetString()!;
            reader.Read();
            var said = reader.GetString() ?? throw new JsonException("Words cannot be null.");
            if (language is null) (language, words) = (tag, said);
            else others.Add(new Wording(tag, said));
        }

        return language is null
            ? throw new JsonException("A text needs at least one language.")
            : new Text(language, words!, others.ToImmutable());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Text value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(value.Language, value.Words);
        foreach (var other in value.Others) writer.WriteString(other.Language, other.Words);
        writer.WriteEndObject();
    }
}

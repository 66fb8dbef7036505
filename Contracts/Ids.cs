using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts;

/// <summary>A screening session: a UUIDv7, so that ids sort by creation time.</summary>
/// <param name="Value">The UUID; never empty.</param>
[GenerateSerializer, Immutable, Alias("story.SessionId"), JsonConverter(typeof(SessionIdJsonConverter))]
public readonly record struct SessionId([property: Id(0)] Guid Value)
{
    /// <summary>A new id at <paramref name="now"/>.</summary>
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>The journal stream that is the truth of this session.</summary>
    public string Stream => $"session/{Value:N}";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value) && value != Guid.Empty;
        id = read ? new SessionId(value) : default;
        return read;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N", CultureInfo.InvariantCulture);
}

/// <summary>A viewer: 128 random bits, known to the viewer's device and to nobody's name.</summary>
/// <param name="Value">The bits; never all zero.</param>
[GenerateSerializer, Immutable, Alias("story.ViewerId")]
public readonly record struct ViewerId([property: Id(0)] Guid Value)
{
    /// <summary>A new id from the operating system's random source.</summary>
    public static ViewerId New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new ViewerId(new Guid(bits));
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N", CultureInfo.InvariantCulture);
}

/// <summary>Names one shard of a session's audience.</summary>
/// <param name="Session">The session.</param>
/// <param name="Shard">0 up to the session's shard count, exclusive.</param>
public readonly record struct AudienceKey(SessionId Session, int Shard)
{
    /// <summary>The journal stream that is the truth of this shard.</summary>
    public string Stream => $"audience/{this}";

    /// <summary>What the names of all of a session's shards' streams begin with.</summary>
    public static string StreamsOf(SessionId session) => $"audience/{session}/";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is not a key.</exception>
    public static AudienceKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && SessionId.TryParse(parts[0], out var session)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            ? new AudienceKey(session, shard)
            : throw new FormatException($"'{text}' is not an audience key; expected <session>/<shard>.");
    }

    /// <summary><c>session/shard</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Session}/{Shard}");
}

/// <summary>Names a beat as it would be told after one option of the beat before.</summary>
/// <param name="Session">The session.</param>
/// <param name="Beat">The ordinal, from 0.</param>
/// <param name="Option">The winning option that leads here, 0–3, or <see cref="Opening"/> for the first beat.</param>
public readonly record struct BeatKey(SessionId Session, int Beat, int Option)
{
    /// <summary>The option value of the first beat, which no vote leads to.</summary>
    public const int Opening = -1;

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is not a key.</exception>
    public static BeatKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3 && SessionId.TryParse(parts[0], out var session)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var beat)
            && int.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var option)
            ? new BeatKey(session, beat, option)
            : throw new FormatException($"'{text}' is not a beat key; expected <session>/<beat>/<option>.");
    }

    /// <summary><c>session/beat/option</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Session}/{Beat}/{Option}");
}

/// <summary>Writes a <see cref="SessionId"/> as its 32 digits.</summary>
public sealed class SessionIdJsonConverter : JsonConverter<SessionId>
{
    /// <inheritdoc/>
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SessionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A session id is 32 hexadecimal digits.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Story.Rules.Exports.Data;

/// <summary>
/// Rows as JSON Lines (jsonlines.org): UTF-8, one object a line, a line feed behind each. Members stand in the order of
/// <see cref="StoryRow"/>; those that say nothing are left out. docs/data-out.md describes every one.
/// </summary>
public static class StoryJsonl
{
    /// <summary>One row, without the line feed.</summary>
    public static string Line(StoryRow row) => JsonSerializer.Serialize(row, Context.StoryRow);

    /// <summary>The row of a line that <see cref="Line"/> made.</summary>
    /// <exception cref="JsonException">No row, or one of another schema.</exception>
    public static StoryRow Read(string line)
    {
        var row = JsonSerializer.Deserialize(line, Context.StoryRow) ?? throw new JsonException("This is no row.");
        return string.Equals(row.Schema, StoryRow.CurrentSchema, StringComparison.Ordinal)
            ? row
            : throw new JsonException($"This is a row of {row.Schema}; this program reads {StoryRow.CurrentSchema}.");
    }

    /// <summary>The file of some lines.</summary>
    public static byte[] File(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Chinese stays readable in the file: only what JSON itself demands is escaped.</summary>
    private static StoryRowJson Context { get; } = new(new JsonSerializerOptions(StoryRowJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Source-generated JSON of the rows; frozen by a golden file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(StoryRow))]
internal sealed partial class StoryRowJson : JsonSerializerContext;

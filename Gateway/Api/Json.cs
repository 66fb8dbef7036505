using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Story.Gateway.Api;

/// <summary>One JSON for REST and hubs: camelCase, enums by name, Chinese as itself rather than six bytes a letter.</summary>
internal static class Json
{
    /// <summary>The settings as a whole.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Applies the settings to a framework's own options.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        // Pages show every text as text, never as markup, so HTML-sensitive letters need no escape here.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A draft as one JSON document, to be kept and carried: every wording, and what was agreed to.</summary>
public static class DraftJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 16 };

    /// <summary>The document.</summary>
    public static string Write(Draft draft) => JsonSerializer.Serialize(draft, Options) + "\n";

    /// <summary>The draft, or <see langword="null"/> if the document is none: somebody may have edited it.</summary>
    public static Draft? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Draft>(json, Options) is { Premise: { Title: not null, Words: not null }, Slug: not null, Genre: not null, Parts.IsDefaultOrEmpty: false } draft
                && !draft.Premise.Languages.IsDefaultOrEmpty
                && draft.Premise.Languages.All(Premise.Known.Contains)
                && draft.Parts.All(part => IsWhole(part, draft))
                && Grammar.Of.Genres.Any(genre => genre.Id == draft.Genre)
                ? draft : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(DraftPart part, Draft draft) =>
        part is { Id: not null, Slot: not null, File: not null, Alternatives.IsDefault: false }
        && part.Chosen >= -1 && part.Chosen < part.Alternatives.Length
        && part.Alternatives.All(one => one is { Content: not null, By: not null })
        && part.File.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && (part.Kind != PartKind.Storylet || Grammar.Of.Slots.Any(slot => slot.Id == part.Slot))
        && part.Beat < (draft.Premise.Source?.Beats.Length ?? 0);
}

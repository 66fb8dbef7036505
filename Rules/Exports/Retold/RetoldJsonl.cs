using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports.Data;

namespace Orleans.Story.Rules.Exports.Retold;

/// <summary>A retelling as JSON Lines: one plan a line, with both tellings, as who compares or prefers reads them.</summary>
public static class RetoldJsonl
{
    /// <summary>Names the shape; a changed one gets a new number.</summary>
    public const string Schema = "orleans-story-retold/1";

    private static RetoldJson Context { get; } = new(new JsonSerializerOptions(RetoldJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The lines, in the order the beats aired.</summary>
    public static IEnumerable<string> Lines(RetoldShow show) => show.Beats.Select(beat => JsonSerializer.Serialize(
        new RetoldRow(
            Schema, beat.Row.Session, beat.Row.Film, show.Film.Ref, beat.Row.Ordinal, beat.Row.Option, beat.Row.Plan, beat.Row.Writer, beat.Row.Beat, beat.Row.Aired!.Lines,
            RetoldTelling.Taken(beat), beat.Again is { } again ? RowWriter.Of(again) : new RowWriter(show.Writer, Fallback.None), beat.Again, beat.Failed, beat.Passed, beat.Findings, beat.TookMs),
        Context.RetoldRow));
}

/// <summary>One line; docs/data-out.md describes it.</summary>
internal sealed record RetoldRow(
    string Schema,
    SessionId Session,
    FilmRef Film,
    FilmRef AgainFilm,
    int Ordinal,
    int Option,
    Plan Plan,
    RowWriter Writer,
    Beat Beat,
    ImmutableArray<RowLine> Aired,
    int? Taken,
    RowWriter AgainWriter,
    Beat? Again,
    string? Failed,
    bool Passed,
    ImmutableArray<RowFinding> Findings,
    long TookMs);

/// <summary>Source-generated JSON of the lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RetoldRow))]
internal sealed partial class RetoldJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// A row as the conversation in which a model would have written it, word for word as this program asks: what fine-tuning
/// tools read as <c>messages</c>. The lines are those that aired where a director had a
/// hand in them: they are the ones that somebody who knows preferred.
/// </summary>
public static class ChatForm
{
    /// <summary>Names the shape; a changed one gets a new number.</summary>
    public const string Schema = "orleans-story-chat/1";

    private static ChatRowJson Context { get; } = new(new JsonSerializerOptions(ChatRowJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The row's line of JSON, or <see langword="null"/> where no prompt of it fits a usual context.</summary>
    /// <param name="film">The film that the row names, as far as its rating allows.</param>
    /// <param name="row">The row, already <see cref="Anonymous"/>.</param>
    public static string? Line(Film film, StoryRow row)
    {
        var order = new BeatOrder(row.Film, row.Plan, row.Languages, WritePriority.Live, 0, row.Past);
        if (BeatPrompt.Of(film, order, BeatPrompt.UsualContext) is not { } prompt) return null;
        return JsonSerializer.Serialize(
            new ChatRow(
                Schema, [.. Messages(film, row, prompt)], row.Session, row.Film, row.Ordinal, row.Option, row.Fate, row.Writer.Name, row.Aired?.Edited ?? false, row.Checks?.Passed, prompt.Version, prompt.Language),
            Context.ChatRow);
    }

    private static IEnumerable<ChatTurn> Messages(Film film, StoryRow row, BeatPrompt prompt)
    {
        var (language, beat) = (prompt.Language, row.Beat);
        var pack = PromptPack.For(BeatPrompt.Name, language);
        IEnumerable<Line> lines = row.Aired is { Edited: true } aired ? aired.Lines.Select(line => new Line(line.Speaker, line.Words)) : beat.Lines;
        yield return new ChatTurn("system", prompt.System);
        yield return new ChatTurn("user", prompt.Task);
        yield return new ChatTurn("assistant", string.Join('\n', lines.Select(line => Abridgement.Line(film, line, language, pack))));
        // The second question asks for a sentence that the film's own storylets do not have.
        if (beat.Gist is not { } gist) yield break;
        yield return new ChatTurn("user", ModelWriter.Request(film, prompt, beat));
        yield return new ChatTurn("assistant", JsonSerializer.Serialize(
            new ChatAnswer(gist.In(language), beat.Question?.In(language), beat.Options.IsEmpty ? null : [.. beat.Options.Select(option => option.Label.In(language))]), Context.ChatAnswer));
    }
}

/// <summary>One line of <c>story.chat.jsonl</c>; docs/data-out.md describes it.</summary>
internal sealed record ChatRow(
    string Schema,
    ImmutableArray<ChatTurn> Messages,
    SessionId Session,
    FilmRef Film,
    int Ordinal,
    int Option,
    Fate Fate,
    string Writer,
    bool Edited,
    bool? Passed,
    string Prompt,
    string Language);

/// <summary>A message.</summary>
internal sealed record ChatTurn(string Role, string Content);

/// <summary>The small object that follows the prose.</summary>
internal sealed record ChatAnswer(
    string Gist,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Options);

/// <summary>Source-generated JSON of the conversations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChatRow))]
[JsonSerializable(typeof(ChatAnswer))]
internal sealed partial class ChatRowJson : JsonSerializerContext;

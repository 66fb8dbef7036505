using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Inference.Reading;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Inference.Writers;

/// <summary>A beat's words in another language of the hall. What the film itself worded keeps the film's own translation.</summary>
internal static class Translation
{
    private const int MostTokens = 1400;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of it, for a language on the wall.</summary>
    /// <exception cref="ModelFaultException">There is no translation that fits line by line.</exception>
    internal static async Task<Beat> Of(Film film, Beat beat, string from, string to, Conversation asking)
    {
        var lines = beat.Lines.Select(line => line.Words).ToList();
        var (told, worded) = await Ask(film, beat, lines, from, to, asking)
            ?? throw new ModelFaultException(ModelFault.Empty, $"Endpoint {asking.Endpoint} did not translate the whole beat.");
        return worded with { Lines = [.. beat.Lines.Select((line, i) => line with { Words = With(line.Words, to, told[i]) })] };
    }

    /// <summary>
    /// The question, the options and the gist, for a language that is on phones only. Without a translation they stay as
    /// they are: a phone then shows the telling language, and the round opens in any case.
    /// </summary>
    internal static async Task<Beat> OfChoice(Film film, Beat beat, string from, string to, Conversation asking)
    {
        try
        {
            return await Ask(film, beat, [], from, to, asking) is { } translated ? translated.Beat : beat;
        }
        catch (ModelFaultException)
        {
            return beat;
        }
    }

    private static async Task<(IReadOnlyList<string> Lines, Beat Beat)?> Ask(Film film, Beat beat, List<Text> lines, string from, string to, Conversation asking)
    {
        var question = beat.Question is { } asked && !asked.Has(to) ? asked : null;
        var options = beat.Options.Any(option => !option.Label.Has(to)) ? beat.Options : [];
        if (lines.Count == 0 && question is null && options.IsEmpty && beat.Gist is null) return ([], beat);
        var source = new JsonObject { ["lines"] = List(lines), ["gist"] = beat.Gist?.In(from) ?? "" };
        if (question is not null) source["question"] = question.In(from);
        if (!options.IsEmpty) source["options"] = List(options.Select(option => option.Label));
        var answer = AnswerReader.Object(await asking.Aside(Request(film, from, to, source), Answers.Translation(lines.Count, options.Length, question is not null), MostTokens));
        var told = AnswerReader.List(answer, "lines");
        var labels = AnswerReader.List(answer, "options");
        var asks = AnswerReader.Words(answer, "question");
        if (told.Count != lines.Count || told.Any(line => line.Length == 0) || labels.Count != options.Length || labels.Any(label => label.Length == 0) || (question is not null && asks is null)) return null;
        return (told, beat with
        {
            Question = question is not null ? With(question, to, asks!) : beat.Question,
            Options = options.IsEmpty ? beat.Options : [.. options.Select((option, i) => option with { Label = With(option.Label, to, labels[i]) })],
            Gist = beat.Gist is { } gist && AnswerReader.Words(answer, "gist") is { } inShort ? With(gist, to, inShort) : beat.Gist,
        });

        JsonArray List(IEnumerable<Text> texts) => [.. texts.Select(text => JsonValue.Create(text.In(from)))];
    }

    private static string Request(Film film, string from, string to, JsonObject source)
    {
        var pack = PromptPack.For(BeatPrompt.Name, from);
        return pack.Fill("translate", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = Names.Language(from, pack.Language),
            ["to"] = Names.Language(to, pack.Language),
            ["names"] = string.Join(Names.Semicolon(pack), film.Cast.Select(one => one.Name).Concat(film.Places.Select(place => place.Name)).Select(name => $"{name.In(from)} = {name.In(to)}")),
            ["object"] = source.ToJsonString(Readable),
        });
    }

    private static Text With(Text words, string language, string said) =>
        words with { Others = [.. words.Others.Where(other => !string.Equals(other.Language, language, StringComparison.Ordinal)), new Wording(language, said)] };
}

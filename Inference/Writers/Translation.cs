using System.Collections.Immutable;
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

    /// <exception cref="ModelFaultException">There is no translation that fits line by line.</exception>
    internal static async Task<Beat> Of(Film film, Beat beat, string from, string to, Conversation asking)
    {
        var question = beat.Question is { } asked && !asked.Has(to) ? asked : null;
        var options = beat.Options.Any(option => !option.Label.Has(to)) ? beat.Options : [];
        var pack = PromptPack.For(BeatPrompt.Name, from);
        var source = new JsonObject { ["lines"] = List(beat.Lines.Select(line => line.Words)) };
        source["gist"] = beat.Gist?.In(from) ?? "";
        if (question is not null) source["question"] = question.In(from);
        if (!options.IsEmpty) source["options"] = List(options.Select(option => option.Label));
        var request = pack.Fill("translate", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = Names.Language(from, pack.Language),
            ["to"] = Names.Language(to, pack.Language),
            ["names"] = string.Join(Names.Semicolon(pack), film.Cast.Select(one => one.Name).Concat(film.Places.Select(place => place.Name)).Select(name => $"{name.In(from)} = {name.In(to)}")),
            ["object"] = source.ToJsonString(Readable),
        });
        var answer = AnswerReader.Object(await asking.Aside(request, Answers.Translation(beat.Lines.Length, options.Length, question is not null), MostTokens));
        var lines = AnswerReader.List(answer, "lines");
        var labels = AnswerReader.List(answer, "options");
        var asks = AnswerReader.Words(answer, "question");
        if (lines.Count != beat.Lines.Length || lines.Any(line => line.Length == 0) || (!options.IsEmpty && labels.Count != options.Length) || (question is not null && asks is null))
            throw new ModelFaultException(ModelFault.Empty, $"Endpoint {asking.Endpoint} did not translate the whole beat.");
        return beat with
        {
            Lines = [.. beat.Lines.Select((line, i) => line with { Words = With(line.Words, to, lines[i]) })],
            Question = question is not null ? With(question, to, asks!) : beat.Question,
            Options = options.IsEmpty ? beat.Options : [.. options.Select((option, i) => option with { Label = With(option.Label, to, labels[i]) })],
            Gist = beat.Gist is { } gist && AnswerReader.Words(answer, "gist") is { } told ? With(gist, to, told) : beat.Gist,
        };

        JsonArray List(IEnumerable<Text> texts) => [.. texts.Select(text => JsonValue.Create(text.In(from)))];
    }

    private static Text With(Text words, string language, string said) =>
        words with { Others = [.. words.Others.Where(other => !string.Equals(other.Language, language, StringComparison.Ordinal)), new Wording(language, said)] };
}

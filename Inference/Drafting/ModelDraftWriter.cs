using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Inference.Reading;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Inference.Drafting;

/// <summary>
/// Asks a language model for the words of one part at a time, into the scaffold's shape: ids and conditions are not its to choose. What does
/// not fit the format is asked for once more with what was wrong; after that the part is the scaffold's, and says so.
/// </summary>
/// <param name="endpoint">The model, with its bounds on silence and length.</param>
public sealed class ModelDraftWriter(Endpoint endpoint) : IDraftWriter
{
    /// <summary>How often a part is asked for before the scaffold writes it.</summary>
    private const int Tries = 2;

    /// <summary>Longest answer, tokens: a storylet in two languages has some twelve hundred.</summary>
    private const int MostTokens = 4_000;

    /// <summary>Longest wait for one answer.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Name => endpoint.Settings.Model;

    /// <inheritdoc/>
    public async Task<Proposal> ProposeAsync(Draft draft, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var scaffold = Scaffolding.Propose(draft, id);
        if (draft.Find(id) is not { } part || !Rewording.IsFor(part)) return scaffold;
        var pack = PromptPack.For("draft-1", draft.Premise.Languages[0]);
        var shape = Rewording.Shape(draft, id);
        var schema = JsonSerializer.SerializeToElement(Schema(shape));
        List<ChatMessage> messages = [new(ChatRole.System, System(draft, pack)), new(ChatRole.User, Task(draft, part, pack, shape))];
        var wrong = "";
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                late.CancelAfter(Within);
                var said = await endpoint.AskAsync(messages, MostTokens, schema, late.Token);
                var result = AnswerReader.Object(said.Words) is { } answer ? Rewording.Of(draft, id, answer, $"{Name} ({pack.Version})") : new Reworded(null, ["there is no JSON object in the answer"]);
                if (result.Proposal is { } written) return written;
                wrong = string.Join("; ", result.Problems);
                // What was wrong is enough: a long answer of no use is not sent back.
                messages.Add(new ChatMessage(ChatRole.Assistant, "{}"));
                messages.Add(new ChatMessage(ChatRole.User, pack.Fill("again", Blanks(("wrong", wrong)))));
            }
            catch (ModelFaultException fault)
            {
                wrong = fault.Message.TrimEnd('.');
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                wrong = "no answer in time";
            }
        }

        return scaffold with
        {
            Note = Both($"{Name} could not write this part ({wrong}); it is the scaffold's.", $"{Name} 没能写出这一部分（{wrong}），这里用的是脚手架的词句。"),
        };
    }

    private static string System(Draft draft, PromptPack pack)
    {
        var premise = draft.Premise;
        return pack.Fill("system", Blanks(
            ("title", Quoted(premise.Title)),
            ("genre", Quoted(premise.Genre)),
            ("premise", string.Join('\n', premise.Sentences.Select(sentence => $"“{Quoted(sentence)}”"))),
            ("languages", string.Join(", ", premise.Languages))));
    }

    private static string Task(Draft draft, DraftPart part, PromptPack pack, JsonObject shape)
    {
        var known = draft.Parts.Where(other => other.Id != part.Id && other.Kind is PartKind.Cast or PartKind.Places or PartKind.Canon && other.Current is not null).Select(other => other.Current!.Content);
        var before = draft.Parts.TakeWhile(other => other.Id != part.Id).Where(other => other.Kind == PartKind.Storylet && other.Current is not null).TakeLast(2).Select(other => other.Current!.Content);
        var another = part.Current is { } current ? current.Content : "";
        return pack.Fill("task", Blanks(
            ("kind", pack[part.Kind.ToString().ToLowerInvariant()]),
            ("film", string.Join('\n', known)),
            ("before", string.Join('\n', before)),
            ("another", another.Length > 0 ? pack["another"] + "\n" + another : ""),
            ("shape", shape.ToJsonString(Readable))));
    }

    /// <summary>The premise is somebody's text: it is quoted, and cannot leave its quotation.</summary>
    private static string Quoted(string words) => string.Join(' ', words.Split(' ').Select(word => string.Concat(word.Chunk(RemarkWords.Longest).Select(piece => Quotation.Of(new string(piece)) ?? ""))));

    private static ImmutableDictionary<string, string> Blanks(params (string Name, string Words)[] blanks) =>
        blanks.ToImmutableDictionary(blank => blank.Name, blank => blank.Words, StringComparer.Ordinal);

    /// <summary>JSON Schema of an example: objects with just these members, lists of strings or objects.</summary>
    private static JsonObject Schema(JsonNode? example) => example switch
    {
        JsonObject map => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Schema(pair.Value)))),
            ["required"] = new JsonArray([.. map.Select(pair => (JsonNode?)pair.Key)]),
            ["additionalProperties"] = false,
        },
        JsonArray list => new JsonObject { ["type"] = "array", ["items"] = Schema(list.FirstOrDefault()) },
        _ => new JsonObject { ["type"] = "string" },
    };
}

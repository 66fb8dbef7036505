using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Inference.Reading;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Inference.Writers;

/// <summary>
/// Has a language model tell the plan. The film's storylet says what happens, what becomes true and where each option
/// leads; the model finds the words: the lines, the question, the labels, fitted to all that this hall has chosen. So no
/// model can lead the story out of its canon, and a beat that fails is told by the very storylet that it was made from.
/// </summary>
/// <param name="endpoints">The model servers.</param>
/// <param name="time">For how long it took.</param>
public sealed class ModelWriter(Endpoints endpoints, TimeProvider time) : IBeatWriter
{
    /// <summary>Longest gist, characters; a longer one is cut by nobody and left out.</summary>
    private const int LongestGist = 240;

    /// <summary>Tokens that the object after the prose may have.</summary>
    private const int ObjectTokens = 400;

    /// <inheritdoc/>
    public string Name => endpoints.All.OrderBy(one => one.Settings.Order).First().Settings.Model;

    /// <inheritdoc/>
    public int Slots => Math.Max(1, endpoints.All.Sum(one => one.Settings.Slots));

    /// <inheritdoc/>
    public int Tokens => endpoints.All.Sum(one => one.Settings.Slots * one.Settings.Context);

    /// <inheritdoc/>
    public long TokensPerShow { get; init; }

    /// <inheritdoc/>
    public long Spent(SessionId session) => endpoints.All.Sum(one => one.Spent.Of(session.ToString()));

    /// <inheritdoc/>
    /// <exception cref="ModelFaultException">No endpoint gave a beat.</exception>
    public async Task<Beat> WriteAsync(Film film, SessionId session, BeatOrder order, CancellationToken cancellationToken)
    {
        var show = session.ToString();
        ModelFaultException? last = null;
        foreach (var endpoint in endpoints.For(show))
        {
            try
            {
                using var slot = await endpoint.SlotAsync(cancellationToken);
                return await TellAsync(endpoint, film, show, order, cancellationToken);
            }
            catch (ModelFaultException fault)
            {
                last = fault;
            }
        }

        throw last ?? new ModelFaultException(ModelFault.NoneLeft, "No model may be asked now: each rests, or the show's budget there is spent.");
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFaultException">No endpoint gave an answer.</exception>
    public async Task<AsideDraft?> SayAsync(Film film, SessionId session, AsideOrder order, CancellationToken cancellationToken)
    {
        var show = session.ToString();
        // The first choice or none: an aside is not worth a second server's time.
        if (endpoints.For(show) is not [var endpoint, ..]) return null;
        using var slot = await endpoint.SlotAsync(cancellationToken);
        var said = await endpoint.AskAsync(
            [new ChatMessage(ChatRole.User, AsidePrompt.Of(film, order, endpoint.Settings.Context))], AsidePrompt.Answer, null, cancellationToken);
        endpoint.Spent.Add(show, said.TokensIn + said.TokensOut);
        return SpeechReader.Read(said.Words) is { } words ? new AsideDraft(words, endpoint.Settings.Model) : null;
    }

    private async Task<Beat> TellAsync(Endpoint endpoint, Film film, string show, BeatOrder order, CancellationToken stop)
    {
        var prompt = BeatPrompt.Of(film, order, endpoint.Settings.Context)
            ?? throw new ModelFaultException(ModelFault.TooSmall, $"The context of endpoint {endpoint.Settings.Name} is too small for this film.");
        var asking = new Conversation(endpoint, show, prompt, time, stop);
        var skeleton = StoryletTelling.Tell(film, order.Plan);
        var lines = new ProseReader(film, prompt.Language).Read(await asking.Prose(BeatPrompt.Answer - ObjectTokens));
        if (lines.Count == 0) throw new ModelFaultException(ModelFault.Empty, $"Endpoint {endpoint.Settings.Name} wrote no line.");
        var answer = AnswerReader.Object(await asking.Object(Request(film, prompt, skeleton), Answers.Of(skeleton), ObjectTokens));
        var beat = skeleton with
        {
            Writer = endpoint.Settings.Model,
            Lines = [.. lines],
            Gist = AnswerReader.Words(answer, "gist") is { Length: <= LongestGist } gist ? Text.Of(prompt.Language, gist) : null,
            Question = skeleton.Question is { } question ? Worded(question, AnswerReader.Words(answer, "question"), FilmLimits.Question, prompt.Language) : null,
            Options = Relabelled(skeleton.Options, AnswerReader.List(answer, "options"), prompt.Language),
        };
        foreach (var language in order.Languages.Skip(1)) beat = await Translation.Of(film, beat, prompt.Language, language, asking);
        foreach (var language in film.Languages.Except(order.Languages, StringComparer.Ordinal)) beat = await Translation.OfChoice(film, beat, prompt.Language, language, asking);
        return beat with { Writing = asking.Account() };
    }

    /// <summary>The second question, for the small object that follows the prose.</summary>
    internal static string Request(Film film, BeatPrompt prompt, Beat skeleton)
    {
        var pack = PromptPack.For(BeatPrompt.Name, prompt.Language);
        if (skeleton.Ends) return pack["answer-ending"];
        return pack.Fill("answer", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["options"] = string.Join(", ", Enumerable.Repeat("\"…\"", skeleton.Options.Length)),
            ["questionLongest"] = Answers.Number(FilmLimits.Question.In(prompt.Language)),
            ["labelLongest"] = Answers.Number(FilmLimits.Label.In(prompt.Language)),
            ["meanings"] = string.Join(Names.Semicolon(pack), skeleton.Options.Select((option, i) => $"{Answers.Number(i + 1)}. {option.Label.In(prompt.Language)}")),
        });
    }

    /// <summary>The model's labels where all are there, fit and differ; the film's otherwise. Where an option leads is the film's in any case.</summary>
    private static ImmutableArray<Option> Relabelled(ImmutableArray<Option> options, IReadOnlyList<string> labels, string language)
    {
        var fits = labels.Count == options.Length
            && labels.All(label => label.Length > 0 && label.Length <= FilmLimits.Label.In(language))
            && labels.Distinct(StringComparer.OrdinalIgnoreCase).Count() == labels.Count;
        return fits ? [.. options.Select((option, i) => option with { Label = Text.Of(language, labels[i]) })] : options;
    }

    private static Text Worded(Text film, string? model, WordingLimit limit, string language) =>
        model is not null && model.Length <= limit.In(language) ? Text.Of(language, model) : film;
}

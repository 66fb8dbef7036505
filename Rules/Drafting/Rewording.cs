using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Reading;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>What came of somebody's words for a part.</summary>
/// <param name="Proposal">The part in those words, or <see langword="null"/> when they do not fit the film.</param>
/// <param name="Problems">What is wrong with them, in English, for whoever is asked again.</param>
public sealed record Reworded(Proposal? Proposal, ImmutableArray<string> Problems);

/// <summary>
/// Puts another writer's words into a part of the scaffold. Ids, facts, promises and conditions stay the scaffold's: no words can make a
/// film that cannot be told. What is asked for and how an answer looks is in <see cref="Shape"/>.
/// </summary>
public static class Rewording
{
    /// <summary>Lines of one storylet; more would not fit a beat.</summary>
    private const int MostLines = 24;

    /// <summary>The parts whose words can be asked for.</summary>
    public static bool IsFor(DraftPart part) => part.Kind is PartKind.Head or PartKind.Cast or PartKind.Places or PartKind.Canon || (part.Kind == PartKind.Storylet && part.Beat < 0);

    /// <summary>The scaffold's words of the part as an answer has them: an example that is right in every id.</summary>
    public static JsonObject Shape(Draft draft, string id)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var part = draft.Find(id) ?? throw new ArgumentException($"The draft has no part '{id}'.", nameof(id));
        var cue = new Cue(draft, withFilm: part.Kind is PartKind.Canon or PartKind.Storylet);
        JsonNode Say(Words text) => new JsonObject(cue.Languages.Select(language => KeyValuePair.Create(language, (JsonNode?)text.In(language))));
        switch (part.Kind)
        {
            case PartKind.Head:
                var (title, logline) = Scaffolding.Heading(cue);
                return new JsonObject { ["title"] = Say(title), ["logline"] = Say(logline) };
            case PartKind.Cast:
                return new JsonObject(Scaffolding.Cast(cue, 0).Select(one => KeyValuePair.Create(one.Id, (JsonNode?)new JsonObject
                {
                    ["name"] = Say(one.Name), ["want"] = Say(one.Want), ["fear"] = Say(one.Fear), ["voice"] = Say(one.Voice), ["secret"] = Say(one.Secret),
                })));
            case PartKind.Places:
                return new JsonObject(Scaffolding.Places(cue, 0).Select(place => KeyValuePair.Create(place.Id, (JsonNode?)new JsonObject { ["name"] = Say(place.Name), ["sound"] = Say(place.Sound) })));
            case PartKind.Canon:
                var (promises, facts) = Scaffolding.Statements(cue);
                return new JsonObject(promises.Select(one => KeyValuePair.Create(one.Id, (JsonNode?)Say(one.Statement))).Concat(facts.Select(one => KeyValuePair.Create(one.Id, (JsonNode?)Say(one.Statement)))));
            default:
                var scene = Scenes.Of(cue, part, 0);
                var lines = new JsonObject(cue.Languages.Select(language => KeyValuePair.Create(language, (JsonNode?)new JsonArray([.. scene.Lines.Select(line => (JsonNode?)$"{(line.Speaker is { } speaker ? speaker + "｜" : "")}{line.Words.In(language)}")]))));
                var shape = new JsonObject { ["moment"] = Say(scene.Moment), ["lines"] = lines };
                if (scene.Question is { } question) shape["question"] = Say(question);
                if (!scene.Options.IsEmpty) shape["options"] = new JsonArray([.. scene.Options.Select(option => (JsonNode?)Say(option.Label))]);
                return shape;
        }
    }

    /// <summary>The part in these words, if the film's reader takes it.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="id">The part.</param>
    /// <param name="answer">The words, shaped as <see cref="Shape"/> has them; whatever else is in it is ignored.</param>
    /// <param name="by">Who wrote them.</param>
    public static Reworded Of(Draft draft, string id, JsonObject answer, string by)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(answer);
        var part = draft.Find(id) ?? throw new ArgumentException($"The draft has no part '{id}'.", nameof(id));
        var cue = new Cue(draft, withFilm: part.Kind is PartKind.Canon or PartKind.Storylet);
        var reader = new AnswerWords(cue.Languages);
        var content = part.Kind switch
        {
            PartKind.Head => Head(cue, answer, reader),
            PartKind.Cast => FilmYaml.Cast([.. Scaffolding.Cast(cue, 0).Select(one => Character(one, AnswerWords.Object(answer, one.Id), reader))], cue.Languages),
            PartKind.Places => FilmYaml.Places([.. Scaffolding.Places(cue, 0).Select(place => Place(place, AnswerWords.Object(answer, place.Id), reader))], cue.Languages),
            PartKind.Canon => Canon(cue, answer, reader),
            PartKind.Storylet => FilmYaml.Storylet(Storylet(cue, Scenes.Of(cue, part, 0), answer, reader), cue.Languages),
            _ => throw new ArgumentException($"Nobody is asked for the words of '{id}'.", nameof(id)),
        };
        if (!reader.Problems.IsEmpty) return new Reworded(null, reader.Problems);
        var proposal = new Proposal(content, by);
        var tried = DraftFold.Put(draft, part with { Alternatives = [proposal], Chosen = 0 });
        // The scaffold stands in for what is not written yet, so that what is said of this part is about its words.
        var problems = DraftFiles.Write(Scaffolding.Fill(tried)).Problems.Where(problem => problem.Part == id && problem.Line > 0 && !problem.Problem.IsWarning && Concerns(part, problem.Problem)).Select(problem => $"{problem.Problem.What}. {problem.Problem.Mend}").ToImmutableArray();
        return problems.IsEmpty ? new Reworded(proposal, []) : new Reworded(null, problems);
    }

    /// <summary>The supply of storylets is no part's own affair.</summary>
    private static bool Concerns(DraftPart part, FilmProblem problem) => part.Kind == PartKind.Storylet || !problem.What.Contains("storylet", StringComparison.Ordinal);

    private static string Head(Cue cue, JsonObject answer, AnswerWords reader)
    {
        var (title, logline) = Scaffolding.Heading(cue);
        return Scaffolding.Head(cue, reader.Text(answer, "title", title), reader.Text(answer, "logline", logline));
    }

    private static Character Character(Character one, JsonObject? own, AnswerWords reader) => own is null ? reader.Missing(one.Id, one) : new Character(
        one.Id, reader.Text(own, "name", one.Name), reader.Text(own, "want", one.Want), reader.Text(own, "fear", one.Fear), reader.Text(own, "voice", one.Voice), reader.Text(own, "secret", one.Secret));

    private static Place Place(Place place, JsonObject? own, AnswerWords reader) => own is null
        ? reader.Missing(place.Id, place)
        : place with { Name = reader.Text(own, "name", place.Name), Sound = reader.Text(own, "sound", place.Sound) };

    private static string Canon(Cue cue, JsonObject answer, AnswerWords reader)
    {
        var (promises, facts) = Scaffolding.Statements(cue);
        return FilmYaml.Canon(
            [.. promises.Select(one => one with { Statement = reader.Text(answer, one.Id, one.Statement) })],
            [.. facts.Select(one => one with { Statement = reader.Text(answer, one.Id, one.Statement) })],
            cue.Languages);
    }

    private static Storylet Storylet(Cue cue, Storylet scene, JsonObject answer, AnswerWords reader)
    {
        var lines = reader.Lines(answer, MostLines, cue.Cast);
        var labels = scene.Options.IsEmpty ? [] : reader.Texts(answer, "options", scene.Options.Length);
        var speakers = lines.Select(line => line.Speaker).OfType<string>().Where(id => !scene.Cast.Contains(id)).Distinct(StringComparer.Ordinal);
        return scene with
        {
            Moment = reader.Text(answer, "moment", scene.Moment),
            Cast = [.. scene.Cast, .. speakers],
            Lines = lines.IsEmpty ? scene.Lines : lines,
            Question = scene.Question is { } question ? reader.Text(answer, "question", question) : null,
            Options = labels.Length == scene.Options.Length ? [.. scene.Options.Select((option, i) => option with { Label = labels[i] })] : scene.Options,
        };
    }
}

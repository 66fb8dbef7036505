using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Words = Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Drafting;

/// <summary>
/// Writes parts of a film as <c>docs/film-format.md</c> has them, so that <see cref="FilmReader"/> reads the same again. Every wording is
/// in double quotes: nothing in it can become a key.
/// </summary>
public static class FilmYaml
{
    /// <summary>Title, logline, rating, warm-up: what stands above the cast. Running times are the draft's business.</summary>
    public static string Head(string slug, ImmutableArray<string> languages, Words title, Words logline, string rating, WarmUp? warmup)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"schema: {FilmLimits.Schema}\nslug: {slug}\nlanguages: [{string.Join(", ", languages)}]\n");
        yaml.Append(CultureInfo.InvariantCulture, $"title: {Of(title, languages)}\nlogline:\n{Block(logline, languages, 2)}rating: {Quote(rating)}\n");
        if (warmup is not null)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"warmup:\n  question: {Of(warmup.Question, languages)}\n  options:\n");
            foreach (var option in warmup.Options) yaml.Append(CultureInfo.InvariantCulture, $"    - {Of(option, languages)}\n");
        }

        return yaml.ToString();
    }

    /// <summary>The cast.</summary>
    public static string Cast(ImmutableArray<Character> cast, ImmutableArray<string> languages)
    {
        var yaml = new StringBuilder("cast:\n");
        foreach (var one in cast)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - id: {one.Id}\n    name: {Of(one.Name, languages)}\n");
            (string Key, Words? Note)[] notes = [("want", one.Want), ("fear", one.Fear), ("voice", one.Voice), ("secret", one.Secret), ("epilogue", one.Epilogue)];
            foreach (var (key, note) in notes)
            {
                if (note is not null) yaml.Append(CultureInfo.InvariantCulture, $"    {key}:\n{Block(note, languages, 6)}");
            }
        }

        return yaml.ToString();
    }

    /// <summary>The places.</summary>
    public static string Places(ImmutableArray<Place> places, ImmutableArray<string> languages)
    {
        var yaml = new StringBuilder("places:\n");
        foreach (var place in places)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - id: {place.Id}\n    name: {Of(place.Name, languages)}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"    palette: {{background: {Quote(place.Palette[0])}, text: {Quote(place.Palette[1])}, accent: {Quote(place.Palette[2])}}}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"    sound: {Of(place.Sound, languages)}\n    type: {Lower(place.Type)}\n");
            if (!place.Ambience.IsDefaultOrEmpty) yaml.Append(CultureInfo.InvariantCulture, $"    ambience: [{string.Join(", ", place.Ambience.Select(layer => Lower(layer)))}]\n");
            if (place.Still is { } still) yaml.Append(CultureInfo.InvariantCulture, $"    still: {still}\n");
            if (place.Audio is { } audio) yaml.Append(CultureInfo.InvariantCulture, $"    audio: {audio}\n");
        }

        return yaml.ToString();
    }

    /// <summary>Promises and facts.</summary>
    public static string Canon(ImmutableArray<Promise> promises, ImmutableArray<Fact> facts, ImmutableArray<string> languages)
    {
        var yaml = new StringBuilder();
        if (!promises.IsEmpty) yaml.Append("promises:\n");
        foreach (var promise in promises) yaml.Append(CultureInfo.InvariantCulture, $"  - id: {promise.Id}\n    statement: {Of(promise.Statement, languages)}\n");
        yaml.Append(facts.IsEmpty ? "facts: []\n" : "facts:\n");
        foreach (var fact in facts) yaml.Append(CultureInfo.InvariantCulture, $"  - id: {fact.Id}\n    statement: {Of(fact.Statement, languages)}\n");
        return yaml.ToString();
    }

    /// <summary>The acts.</summary>
    public static string Acts(ImmutableArray<Act> acts, ImmutableArray<string> languages)
    {
        var yaml = new StringBuilder("acts:\n");
        foreach (var act in acts)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - id: {act.Id}\n    name: {Of(act.Name, languages)}\n    share: {act.Share}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"    tension: {{from: {act.TensionFrom}, to: {act.TensionTo}}}\n");
        }

        return yaml.ToString();
    }

    /// <summary>One storylet, as an item of its file's list.</summary>
    public static string Storylet(Storylet storylet, ImmutableArray<string> languages)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"- id: {storylet.Id}\n  function: {Lower(storylet.Function)}\n");
        if (storylet.Rating is { } rating) yaml.Append(CultureInfo.InvariantCulture, $"  rating: {Quote(rating)}\n");
        if (storylet.Opening) yaml.Append("  opening: true\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  acts: [{string.Join(", ", storylet.Acts)}]\n  tension: {storylet.Tension}\n  place: {storylet.Place}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  moment: {Of(storylet.Moment, languages)}\n");
        if (storylet.Still is { } still) yaml.Append(CultureInfo.InvariantCulture, $"  still: {still}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  cast: [{string.Join(", ", storylet.Cast)}]\n");
        (string Key, ImmutableArray<string> Ids)[] lists = [("needs", storylet.Needs), ("bars", storylet.Bars), ("sets", storylet.Sets), ("opens", storylet.Opens), ("pays", storylet.Pays)];
        foreach (var (key, ids) in lists) List(yaml, "  ", key, ids);
        yaml.Append("  lines:\n");
        foreach (var language in languages)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    {language}: |\n");
            foreach (var line in storylet.Lines) yaml.Append(CultureInfo.InvariantCulture, $"      {Hinge(line)}{(line.Speaker is { } id ? id + "｜" : "")}{line.Words.In(language)}\n");
        }

        if (storylet.Question is { } question) yaml.Append(CultureInfo.InvariantCulture, $"  question: {Of(question, languages)}\n");
        if (!storylet.Options.IsEmpty) yaml.Append("  options:\n");
        foreach (var option in storylet.Options)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - label: {Of(option.Label, languages)}\n");
            List(yaml, "      ", "sets", option.Sets);
            List(yaml, "      ", "needs", option.Needs);
            List(yaml, "      ", "bars", option.Bars);
            List(yaml, "      ", "for", option.For);
        }

        return yaml.ToString();
    }

    private static void List(StringBuilder yaml, string indent, string key, ImmutableArray<string> ids)
    {
        if (!ids.IsDefaultOrEmpty) yaml.Append(CultureInfo.InvariantCulture, $"{indent}{key}: [{string.Join(", ", ids)}]\n");
    }

    private static string Hinge(StoryletLine line) => line.When is { } when ? $"[if {(when.Holds ? "" : "not ")}{when.Fact}] " : "";

    private static string Of(Words text, ImmutableArray<string> languages) =>
        $"{{{string.Join(", ", languages.Select(language => $"{language}: {Quote(text.In(language))}"))}}}";

    private static string Block(Words text, ImmutableArray<string> languages, int indent) =>
        string.Concat(languages.Select(language => $"{new string(' ', indent)}{language}: {Quote(text.In(language))}\n"));

    private static string Quote(string words) =>
        $"\"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

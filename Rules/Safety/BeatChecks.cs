using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;

namespace Orleans.Story.Rules.Safety;

/// <summary>What a check found.</summary>
/// <param name="Check">The check's name, lower-case words joined by hyphens.</param>
/// <param name="What">What is wrong, for the record.</param>
public sealed record Finding(string Check, string What);

/// <summary>
/// Whole-beat checks, the same for every writer: shape, speakers who are not there, places, facts set twice or unheard of,
/// storylets told against their conditions, promises paid unopened or nobody's, repetition, reading length, distinct
/// options, languages. A beat with a finding never airs.
/// </summary>
public static class BeatChecks
{
    private const double ShortestSeconds = 6;
    private const double LongestSeconds = 150;

    /// <summary>All findings; empty when the beat may air.</summary>
    public static ImmutableArray<Finding> Of(Film film, Plan plan, Beat beat, IReadOnlyCollection<string> languages) =>
    [
        .. Shape(plan, beat), .. Speakers(film, beat), .. Canon(plan, beat), .. Known(film, beat), .. Conditions(film, plan, beat), .. Length(beat, languages), .. Options(beat, languages),
    ];

    private static IEnumerable<Finding> Shape(Plan plan, Beat beat)
    {
        if (beat.Ordinal != plan.Beat || beat.Option != plan.Option) yield return new("shape", "It answers another plan.");
        if (beat.Lines.IsDefaultOrEmpty || beat.Lines.Length > 24) yield return new("shape", "A beat has 1 to 24 lines.");
        if (beat.Ends ? !beat.Options.IsEmpty : beat.Options.Length is < 2 or > 4) yield return new("shape", "A beat has 2 to 4 options, an ending none.");
        if (!beat.Ends && beat.Question is null) yield return new("shape", "A beat with options asks a question.");
        if (plan.Ends && !beat.Ends) yield return new("shape", "The plan is an ending and the beat is not.");
        if (!plan.Ends && beat.Ends) yield return new("shape", "The beat is an ending and the plan is not.");
    }

    private static IEnumerable<Finding> Speakers(Film film, Beat beat)
    {
        if (!film.Places.Any(place => Same(place.Id, beat.Place))) yield return new("place", $"There is no place '{beat.Place}'.");
        foreach (var id in beat.Cast.Where(id => !film.Cast.Any(one => Same(one.Id, id)))) yield return new("cast", $"There is no character '{id}'.");
        foreach (var id in beat.Lines.Select(line => line.Speaker).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !beat.Cast.Contains(id)))
            yield return new("speaker", $"'{id}' speaks and is not there.");
    }

    private static IEnumerable<Finding> Canon(Plan plan, Beat beat)
    {
        foreach (var fact in beat.Sets.Where(plan.Facts.Contains)) yield return new("fact-twice", $"'{fact}' is true already.");
        foreach (var promise in beat.Pays.Where(promise => !plan.Promises.Contains(promise))) yield return new("unopened-promise", $"'{promise}' was never opened.");
        if (beat.Storylet is { } storylet && plan.Told.Contains(storylet)) yield return new("repetition", $"Storylet '{storylet}' was told.");
    }

    /// <summary>Nothing comes into the canon that the film does not know. A film may name promises without describing them.</summary>
    private static IEnumerable<Finding> Known(Film film, Beat beat)
    {
        foreach (var id in beat.Sets.Concat(beat.Options.SelectMany(option => option.Sets)).Distinct(StringComparer.Ordinal).Where(id => !film.Facts.Any(one => Same(one.Id, id))))
            yield return new("unknown-fact", $"There is no fact '{id}'.");
        foreach (var id in beat.Options.SelectMany(option => option.For ?? []).Distinct(StringComparer.Ordinal).Where(id => !film.Cast.Any(one => Same(one.Id, id))))
            yield return new("cast", $"An option takes the side of '{id}', whom nobody knows.");
        if (film.Promises.IsEmpty) yield break;
        foreach (var id in beat.Opens.Where(id => !film.Promises.Any(one => Same(one.Id, id)))) yield return new("unknown-promise", $"There is no promise '{id}'.");
    }

    /// <summary>A storylet is told only where its needs are met and nothing bars it: who is dead, and what is closed, is written there.</summary>
    private static IEnumerable<Finding> Conditions(Film film, Plan plan, Beat beat)
    {
        if (beat.Storylet is not { } id || film.Storylets.FirstOrDefault(one => Same(one.Id, id)) is not { } storylet) yield break;
        foreach (var fact in storylet.Needs.Where(fact => !plan.Facts.Contains(fact))) yield return new("needs", $"Storylet '{id}' needs '{fact}'.");
        foreach (var fact in storylet.Bars.Where(plan.Facts.Contains)) yield return new("bars", $"'{fact}' bars storylet '{id}'.");
        if (!Same(storylet.Place, beat.Place)) yield return new("place", $"Storylet '{id}' is not told at '{beat.Place}'.");
    }

    private static IEnumerable<Finding> Length(Beat beat, IReadOnlyCollection<string> languages)
    {
        foreach (var language in languages)
        {
            if (!beat.Lines.All(line => line.Words.Has(language))) yield return new("language", $"Not every line exists in '{language}'.");
        }

        var seconds = beat.Lines.Sum(line => Pace.Seconds(line.Words, languages));
        if (seconds is < ShortestSeconds or > LongestSeconds) yield return new("length", $"It reads {seconds:0} s; allowed are {ShortestSeconds:0} to {LongestSeconds:0} s.");
    }

    private static IEnumerable<Finding> Options(Beat beat, IReadOnlyCollection<string> languages)
    {
        foreach (var language in languages)
        {
            if (!beat.Options.All(option => option.Label.Has(language)) || beat.Question?.Has(language) == false)
                yield return new("language", $"The options do not exist in '{language}'.");
            if (beat.Options.Select(option => option.Label.In(language)).Distinct(StringComparer.OrdinalIgnoreCase).Count() != beat.Options.Length)
                yield return new("options", $"Two options read the same in '{language}'.");
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}

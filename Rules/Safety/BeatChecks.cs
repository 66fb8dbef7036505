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
/// Whole-beat checks, the same for every writer: shape, speakers, places, facts set twice, promises paid unopened,
/// repetition, reading length, distinct options, languages. A beat with a finding never airs.
/// </summary>
public static class BeatChecks
{
    private const double ShortestSeconds = 6;
    private const double LongestSeconds = 150;

    /// <summary>All findings; empty when the beat may air.</summary>
    public static ImmutableArray<Finding> Of(Film film, Plan plan, Beat beat, IReadOnlyCollection<string> languages) =>
    [
        .. Shape(plan, beat), .. Speakers(film, beat), .. Canon(plan, beat), .. Length(beat, languages), .. Options(beat, languages),
    ];

    private static IEnumerable<Finding> Shape(Plan plan, Beat beat)
    {
        if (beat.Ordinal != plan.Beat || beat.Option != plan.Option) yield return new("shape", "It answers another plan.");
        if (beat.Lines.IsDefaultOrEmpty || beat.Lines.Length > 24) yield return new("shape", "A beat has 1 to 24 lines.");
        if (beat.Ends ? !beat.Options.IsEmpty : beat.Options.Length is < 2 or > 4) yield return new("shape", "A beat has 2 to 4 options, an ending none.");
        if (!beat.Ends && beat.Question is null) yield return new("shape", "A beat with options asks a question.");
        if (plan.Ends && !beat.Ends) yield return new("shape", "The plan is an ending and the beat is not.");
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

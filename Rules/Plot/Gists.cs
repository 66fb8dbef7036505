using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// A beat in a sentence: the writer's own, or else its first and its last line, since a scene says where it begins and
/// turns on how it ends (the lead baseline of extractive summaries, which few beat).
/// </summary>
public static class Gists
{
    /// <summary>The sentence, in every language in which the beat has lines.</summary>
    public static Text Of(Beat beat)
    {
        if (beat.Gist is { } gist) return gist;
        var first = beat.Lines.FirstOrDefault(line => line.Speaker is null) ?? beat.Lines[0];
        var last = beat.Lines[^1];
        return ReferenceEquals(first, last)
            ? first.Words
            : new Text(
                first.Words.Language,
                Joined(first.Words.Words, last.Words.In(first.Words.Language), first.Words.Language),
                [.. first.Words.Others.Where(other => last.Words.Has(other.Language)).Select(other => new Wording(other.Language, Joined(other.Words, last.Words.In(other.Language), other.Language)))]);
    }

    private static string Joined(string first, string last, string language) =>
        Films.FilmLimits.IsIdeographic(language) ? $"{first}……{last}" : $"{first} … {last}";
}

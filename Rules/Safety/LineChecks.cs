using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Audit;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// The checks of one line, so that a beat that is not ready can be told line by line: who speaks and where, rating and
/// blocklist, language, leaks, names, what is forbidden tonight, what was said before, and whether it fits on the wall.
/// </summary>
public static class LineChecks
{
    /// <summary>The longest line that a director's hand may write, characters in any language: what a wall can still set.</summary>
    private const int LongestByDirector = 400;

    /// <summary>All findings; empty when the line may air.</summary>
    /// <param name="film">The film.</param>
    /// <param name="plan">What the beat must do: its facts say who is gone and what is closed, its steering what is forbidden.</param>
    /// <param name="place">Id of the place where the beat happens.</param>
    /// <param name="cast">Ids of the characters who are there.</param>
    /// <param name="line">The line.</param>
    /// <param name="languages">In which it must exist.</param>
    /// <param name="before">Lines of the same beat that go before it; <see langword="null"/> for none.</param>
    /// <param name="terms">Rating, list and past; <see langword="null"/> for <see cref="CheckTerms.Usual"/>.</param>
    public static ImmutableArray<Finding> Of(
        Film film, Plan plan, string place, IReadOnlyCollection<string> cast, Line line, IReadOnlyCollection<string> languages, IReadOnlyList<Line>? before = null, CheckTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(line);
        var known = new Known(film, terms);
        return
        [
            .. PresenceChecks.Place(film, plan, place),
            .. line.Speaker is { } speaker ? PresenceChecks.Speaker(film, plan, speaker, cast) : [],
            .. languages.Where(language => !line.Words.Has(language)).Select(Missing),
            .. Of(known, line, before ?? [], []),
            .. Forbidden(plan, line.Words),
        ];
    }

    /// <summary>What is checked of a line's words, in a beat as by itself.</summary>
    /// <param name="known">What the checks know.</param>
    /// <param name="line">The line.</param>
    /// <param name="before">Lines of the same beat that go before it.</param>
    /// <param name="own">Lines of the storylet that is told: where its author comes back to something, so may whoever tells it.</param>
    internal static IEnumerable<Finding> Of(Known known, Line line, IEnumerable<Line> before, ImmutableArray<StoryletLine> own)
    {
        foreach (var finding in WordingChecks.Of(known, line.Words, line.ByDirector)) yield return finding;
        // In one language is enough: its translation is like no line of the storylet's.
        var comesBack = FilmWords.Wordings(line.Words).Any(wording => own.Any(told => told.Words.Has(wording.Language) && Likeness.IsNear(wording.Words, told.Words.In(wording.Language), wording.Language)));
        foreach (var wording in FilmWords.Wordings(line.Words))
        {
            if (string.IsNullOrWhiteSpace(wording.Words))
                yield return Finding.Of("shape", "A line says nothing.", "有一句是空的。");
            var (length, most) = (new StringInfo(wording.Words).LengthInTextElements, line.ByDirector ? LongestByDirector : FilmLimits.Line.In(wording.Language));
            if (length > most)
                yield return Finding.Of("length", $"A line has {length} characters in '{wording.Language}'; {most} fit on the wall.", $"有一句在语言“{wording.Language}”里有 {length} 个字符，大屏幕放得下 {most} 个。");
            if (before.Any(other => other.Words.Has(wording.Language) && Repeats.IsSame(wording.Words, other.Words.In(wording.Language), wording.Language)))
                yield return Finding.Of("repetition", $"'{wording.Words}' is said twice.", $"“{wording.Words}”说了两遍。");
            if (!comesBack && known.Past.Any(old => old.Has(wording.Language) && Repeats.IsOld(wording.Words, old.In(wording.Language), wording.Language)))
                yield return Finding.Of("repetition", $"'{wording.Words}' was told before.", $"“{wording.Words}”前面已经讲过。");
        }
    }

    private static Finding Missing(string language) => Finding.Of("language", $"The line does not exist in '{language}'.", $"这一句没有语言“{language}”的文字。");

    private static IEnumerable<Finding> Forbidden(Plan plan, Text words) =>
        plan.Steering is { Forbidden.IsEmpty: false } steering
            ? steering.Forbidden.Where(word => ForbiddenWords.In(words, [word])).Select(word => Finding.Of("forbidden-word", $"'{word}' is forbidden tonight.", $"今晚禁用“{word}”。"))
            : [];
}

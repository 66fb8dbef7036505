using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Whole-beat checks, the same for every writer: shape; unknown speakers and proper names; who is gone; places that are closed;
/// facts set twice or unheard of; storylets told against their conditions; promises paid unopened or nobody's; rating,
/// blocklists and the evening's forbidden words; leaked instructions; repetition; reading length; distinct options; languages.
/// A beat with a finding never airs. Each is described in <c>docs/design/19-checks.md</c>.
/// </summary>
public static class BeatChecks
{
    private const double ShortestSeconds = 6;
    private const double LongestSeconds = 150;

    /// <summary>All findings; empty when the beat may air.</summary>
    /// <param name="film">The film.</param>
    /// <param name="plan">The plan that the beat answers.</param>
    /// <param name="beat">The beat.</param>
    /// <param name="languages">In which it must exist.</param>
    /// <param name="terms">Rating, list and past; <see langword="null"/> for <see cref="CheckTerms.Usual"/>.</param>
    public static ImmutableArray<Finding> Of(Film film, Plan plan, Beat beat, IReadOnlyCollection<string> languages, CheckTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(beat);
        return
        [
            .. Shape(plan, beat), .. Speakers(film, plan, beat), .. Canon(plan, beat), .. InFilm(film, beat), .. Conditions(film, plan, beat), .. Words(plan, beat),
            .. Length(beat, languages), .. Options(beat, languages), .. Wordings(new Known(film, terms), film, beat),
        ];
    }

    private static IEnumerable<Finding> Shape(Plan plan, Beat beat)
    {
        if (beat.Ordinal != plan.Beat || beat.Option != plan.Option) yield return new("shape", Both("It answers another plan.", "它对应的是另一份计划。"));
        if (beat.Lines.IsDefaultOrEmpty || beat.Lines.Length > 24) yield return new("shape", Both("A beat has 1 to 24 lines.", "每段 1 到 24 句。"));
        if (beat.Ends ? !beat.Options.IsEmpty : beat.Options.Length is < 2 or > 4) yield return new("shape", Both("A beat has 2 to 4 options, an ending none.", "每段有 2 到 4 个选项，结局没有选项。"));
        if (!beat.Ends && beat.Question is null) yield return new("shape", Both("A beat with options asks a question.", "有选项的段落必须提出问题。"));
        if (plan.Ends && !beat.Ends) yield return new("shape", Both("The plan is an ending and the beat is not.", "计划是结局，而这一段不是。"));
        if (!plan.Ends && beat.Ends) yield return new("shape", Both("The beat is an ending and the plan is not.", "这一段是结局，而计划不是。"));
    }

    private static IEnumerable<Finding> Speakers(Film film, Plan plan, Beat beat)
    {
        foreach (var finding in PresenceChecks.Place(film, plan, beat.Place)) yield return finding;
        foreach (var finding in beat.Cast.SelectMany(id => PresenceChecks.Character(film, plan, id))) yield return finding;
        foreach (var id in beat.Lines.Select(line => line.Speaker).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !beat.Cast.Contains(id)))
        {
            foreach (var finding in PresenceChecks.Speaker(film, plan, id, beat.Cast)) yield return finding;
        }
    }

    private static IEnumerable<Finding> Canon(Plan plan, Beat beat)
    {
        foreach (var fact in beat.Sets.Where(plan.Facts.Contains)) yield return new("fact-twice", Both($"'{fact}' is true already.", $"“{fact}”已经成立。"));
        foreach (var fact in beat.Sets.GroupBy(fact => fact, StringComparer.Ordinal).Where(same => same.Count() > 1)) yield return new("fact-twice", Both($"'{fact.Key}' is set twice.", $"“{fact.Key}”设定了两次。"));
        foreach (var promise in beat.Pays.Where(promise => !plan.Promises.Contains(promise))) yield return new("unopened-promise", Both($"'{promise}' was never opened.", $"悬念“{promise}”从未提出。"));
        if (beat.Storylet is { } storylet && plan.Told.Contains(storylet)) yield return new("repetition", Both($"Storylet '{storylet}' was told.", $"段落“{storylet}”已经讲过。"));
    }

    /// <summary>Nothing comes into the canon that the film does not know. A film may name promises without describing them.</summary>
    private static IEnumerable<Finding> InFilm(Film film, Beat beat)
    {
        foreach (var id in beat.Sets.Concat(beat.Options.SelectMany(option => option.Sets)).Distinct(StringComparer.Ordinal).Where(id => !film.Facts.Any(one => Same(one.Id, id))))
            yield return new("unknown-fact", Both($"There is no fact '{id}'.", $"没有事实“{id}”。"));
        foreach (var id in beat.Options.SelectMany(option => option.For ?? []).Distinct(StringComparer.Ordinal).Where(id => !film.Cast.Any(one => Same(one.Id, id))))
            yield return new("cast", Both($"An option takes the side of '{id}', whom nobody knows.", $"有选项站在“{id}”一边，而没有这个角色。"));
        if (film.Promises.IsEmpty) yield break;
        foreach (var id in beat.Opens.Where(id => !film.Promises.Any(one => Same(one.Id, id)))) yield return new("unknown-promise", Both($"There is no promise '{id}'.", $"没有悬念“{id}”。"));
    }

    /// <summary>A storylet is told only where its needs are met and nothing bars it: who is dead, and what is closed, is written there.</summary>
    private static IEnumerable<Finding> Conditions(Film film, Plan plan, Beat beat)
    {
        if (beat.Storylet is not { } id || film.Storylets.FirstOrDefault(one => Same(one.Id, id)) is not { } storylet) yield break;
        foreach (var fact in storylet.Needs.Where(fact => !plan.Facts.Contains(fact))) yield return new("needs", Both($"Storylet '{id}' needs '{fact}'.", $"段落“{id}”需要“{fact}”成立。"));
        foreach (var fact in storylet.Bars.Where(plan.Facts.Contains)) yield return new("bars", Both($"'{fact}' bars storylet '{id}'.", $"“{fact}”成立时不能讲段落“{id}”。"));
        if (!Same(storylet.Place, beat.Place)) yield return new("place", Both($"Storylet '{id}' is not told at '{beat.Place}'.", $"段落“{id}”不发生在“{beat.Place}”。"));
    }

    /// <summary>What the director forbade for this evening.</summary>
    private static IEnumerable<Finding> Words(Plan plan, Beat beat)
    {
        if (plan.Steering is not { Forbidden.IsEmpty: false } steering) yield break;
        foreach (var word in steering.Forbidden.Where(word => ForbiddenWords.In(beat, [word])))
            yield return new("forbidden-word", Both($"'{word}' is forbidden tonight.", $"今晚禁用“{word}”。"));
    }

    private static IEnumerable<Finding> Length(Beat beat, IReadOnlyCollection<string> languages)
    {
        foreach (var language in languages)
        {
            if (!beat.Lines.All(line => line.Words.Has(language))) yield return new("language", Both($"Not every line exists in '{language}'.", $"并非每句都有语言“{language}”的文字。"));
        }

        var seconds = beat.Lines.Sum(line => Pace.Seconds(line.Words, languages));
        if (seconds is < ShortestSeconds or > LongestSeconds) yield return new("length", Both($"It reads {seconds:0} s; allowed are {ShortestSeconds:0} to {LongestSeconds:0} s.", $"读完需 {seconds:0} 秒；允许 {ShortestSeconds:0} 到 {LongestSeconds:0} 秒。"));
    }

    private static IEnumerable<Finding> Options(Beat beat, IReadOnlyCollection<string> languages)
    {
        foreach (var language in languages)
        {
            if (!beat.Options.All(option => option.Label.Has(language)) || beat.Question?.Has(language) == false)
                yield return new("language", Both($"The options do not exist in '{language}'.", $"选项没有语言“{language}”的文字。"));
            if (beat.Options.Select(option => Repeats.Plain(option.Label.In(language)) is { Length: > 0 } plain ? plain : option.Label.In(language)).Distinct(StringComparer.Ordinal).Count() != beat.Options.Length)
                yield return new("options", Both($"Two options read the same in '{language}'.", $"有两个选项在语言“{language}”里读起来一样。"));
        }
    }

    /// <summary>
    /// Everything that can be read of it. The lines of a storylet that is told were written to be told together: they may echo each
    /// other and what went before, which nobody else's may.
    /// </summary>
    private static IEnumerable<Finding> Wordings(Known known, Film film, Beat beat)
    {
        foreach (var finding in WordingChecks.Of(known, beat.Moment)) yield return finding;
        if (beat.Question is { } question)
        {
            foreach (var finding in WordingChecks.Of(known, question)) yield return finding;
        }

        foreach (var finding in beat.Options.SelectMany(option => WordingChecks.Of(known, option.Label))) yield return finding;
        var written = beat.Storylet is { } id ? film.Storylets.FirstOrDefault(one => Same(one.Id, id)) : null;
        var own = written is null ? [] : written.Lines.SelectMany(line => FilmWords.Wordings(line.Words)).Select(wording => wording.Words).ToHashSet(StringComparer.Ordinal);
        for (var n = 0; n < beat.Lines.Length; n++)
        {
            var line = beat.Lines[n];
            var isWritten = own.Contains(line.Words.Words);
            foreach (var finding in isWritten ? WordingChecks.Of(known, line.Words) : LineChecks.Of(known, line, beat.Lines.Take(n), written?.Lines ?? [])) yield return finding;
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}

using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Prompting;

/// <summary>
/// The prompt of one beat. <see cref="System"/> is the film and the story so far: equal from beat to beat but for what is
/// added at its end, so that a server keeps what it read. <see cref="Task"/> is this beat: everything the plan binds it to,
/// and the audience's words, quoted. Whatever the context, promises to be paid and pinned facts are in the task, which is
/// never abridged.
/// </summary>
/// <param name="Version">Which prompt file it was made from.</param>
/// <param name="Language">The telling language.</param>
/// <param name="System">The system message.</param>
/// <param name="Task">The first user message.</param>
/// <param name="Tokens">What both take at most, by estimate.</param>
public sealed record BeatPrompt(string Version, string Language, string System, string Task, int Tokens)
{
    /// <summary>Which prompt is in use.</summary>
    public const string Name = "beat-1";

    /// <summary>Tokens that are left free for the answer: two minutes of lines, the object after them, and its question.</summary>
    public const int Answer = 1400;

    /// <summary>The context that a prompt is made for where nobody knows the model's, tokens: most servers' default.</summary>
    public const int UsualContext = 8192;

    /// <summary>With less room than this for the story so far, the film itself is told shorter, tokens.</summary>
    private const int StoryRoom = 700;

    /// <summary>Letters of a word of English, its space included, as subtitlers count.</summary>
    private const double LettersPerWord = 5.5;

    /// <summary>The prompt, or <see langword="null"/> when even the shortest does not fit.</summary>
    /// <param name="film">The film.</param>
    /// <param name="order">What is to be written.</param>
    /// <param name="context">The model's context, tokens.</param>
    public static BeatPrompt? Of(Film film, BeatOrder order, int context)
    {
        var language = order.Languages[0];
        var pack = PromptPack.For(Name, language);
        var task = TaskOf(film, order, language, pack);
        var room = context - Answer - Prompting.Tokens.Of(task) - (2 * Prompting.Tokens.PerMessage);
        for (var level = 0; level < Bible.Levels; level++)
        {
            var blanks = Bible.Blanks(film, language, pack, level);
            blanks["story"] = " ";
            var left = room - Prompting.Tokens.Of(pack.Fill("system", blanks));
            if (left < StoryRoom && level < Bible.Levels - 1) continue;
            if (left < 0) return null;
            blanks["story"] = Abridgement.Of(film, order.Past ?? StorySoFar.Nothing, language, pack, left);
            var system = pack.Fill("system", blanks);
            return new BeatPrompt(pack.Version, language, system, task, Prompting.Tokens.Of(system) + Prompting.Tokens.Of(task) + (2 * Prompting.Tokens.PerMessage));
        }

        return null;
    }

    private static string TaskOf(Film film, BeatOrder order, string language, PromptPack pack)
    {
        var plan = order.Plan;
        var told = StoryletTelling.Tell(film, plan);
        var came = order.Past?.Beats is [.., var last] ? last : null;
        var chosen = came?.Chosen?.In(language);
        var seconds = Math.Clamp(plan.Seconds, FilmLimits.ShortestBeatSeconds, FilmLimits.LongestBeatSeconds);
        var wide = FilmLimits.IsIdeographic(language);
        var lines = Math.Clamp((int)Math.Round(seconds / 5), 4, 22);
        var letters = Math.Max(40, (seconds - (lines * ReadingTime.SecondsPerLine)) * (wide ? ReadingTime.IdeographsPerSecond : ReadingTime.LettersPerSecond));
        var task = pack.Fill("task", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["n"] = Abridgement.Number(plan.Beat),
            ["function"] = Functions.Ask(plan.Function).In(pack.Language),
            ["act"] = Names.Act(film, plan.Act, language),
            ["chosen"] = came is { ByAudience: false } ? chosen ?? "" : "",
            ["suggested"] = came is { ByAudience: true } ? Quotation.Of(chosen) ?? "" : "",
            ["place"] = Names.Place(film, told.Place, language),
            ["moment"] = told.Moment.In(language),
            ["present"] = told.Cast.IsEmpty ? pack.Language == "zh" ? "没有人，只有旁白" : "nobody; narration only" : string.Join(Names.Comma(pack), told.Cast.Select(id => Names.Person(film, id, language))),
            ["tension"] = (10 * plan.Tension).ToString("0", CultureInfo.InvariantCulture),
            ["facts"] = Facts(plan.Facts.Except(plan.Steering?.Pinned ?? [])),
            ["pinned"] = Facts(plan.Steering?.Pinned ?? []),
            ["promises"] = Promises(plan.Promises.Except(told.Pays)),
            ["pays"] = Promises(told.Pays),
            ["opens"] = Promises(told.Opens),
            ["sets"] = Facts(told.Sets),
            ["forbidden"] = string.Join(Names.Comma(pack), plan.Steering?.Forbidden ?? []),
            ["material"] = string.Join('\n', told.Lines.Select(line => Abridgement.Line(film, line, language, pack))),
            ["lines"] = lines.ToString(CultureInfo.InvariantCulture),
            ["words"] = (wide ? letters : letters / LettersPerWord).ToString("0", CultureInfo.InvariantCulture),
            ["longest"] = FilmLimits.Line.In(language).ToString(CultureInfo.InvariantCulture),
            ["sample"] = told.Cast.IsEmpty ? "" : Names.Person(film, told.Cast[0], language),
            ["question"] = told.Question?.In(language) ?? "",
            ["ending"] = plan.Ends ? pack["ending"] : "",
        });
        return order.Repair is { } repair ? $"{task}\n\n{Again(film, repair, language, pack)}" : task;

        string Facts(IEnumerable<string> ids) => string.Join(Names.Semicolon(pack), ids.Select(id => Clause(Names.Fact(film, id, language))));
        string Promises(IEnumerable<string> ids) => string.Join(Names.Semicolon(pack), ids.Select(id => Clause(Names.Promise(film, id, language))));
    }

    /// <summary>A sentence among others on one line.</summary>
    private static string Clause(string sentence) => sentence.TrimEnd('.', '。');

    private static string Again(Film film, Repair repair, string language, PromptPack pack) => pack.Fill("again", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["draft"] = string.Join('\n', repair.Draft.Lines.Take(24).Select(line => Abridgement.Line(film, line, language, pack))),
        ["findings"] = string.Join('\n', repair.Findings.Take(8).Select(finding => "- " + finding.In(pack.Language))),
    });
}

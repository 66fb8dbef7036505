using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench.Judging;

/// <summary>
/// Has a model compare what a writer told with the storylet for the very same plan, in both orders. Beats that a storylet told
/// anyway are not compared.
/// </summary>
/// <param name="client">The judging model.</param>
/// <param name="name">What tables call it.</param>
public sealed partial class Judge(IChatClient client, string name)
{
    /// <summary>A sentence and a letter.</summary>
    private const int AnswerTokens = 200;

    /// <summary>What tables call it.</summary>
    public string Name => name;

    /// <summary>Which wording of the question it answers.</summary>
    public static string Prompt => JudgePrompt.Version;

    /// <summary>Answers that could not be read, or did not come; each makes a tie.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Judges beats drawn from the shows.</summary>
    /// <param name="film">The film.</param>
    /// <param name="language">The telling language.</param>
    /// <param name="shows">What was told.</param>
    /// <param name="most">Pairs at most.</param>
    /// <param name="seed">Where the draw comes from.</param>
    /// <param name="cancellationToken">Stops the judging.</param>
    public async Task<Preference> Of(Film film, string language, IReadOnlyList<PlayedShow> shows, int most, long seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shows);
        var drawn = shows.SelectMany((show, s) => show.Beats.Select((beat, i) => (show, beat, i, Draw: Seeds.Fraction(Seeds.For(Seeds.For(seed, s), i)))))
            .Where(one => one.beat.Beat is { Storylet: not null, Fallback: Fallback.None } && one.beat.Beat.Writer != StoryletTelling.Writer)
            .OrderBy(one => one.Draw).Take(most);
        var preference = Preference.None;
        foreach (var (show, beat, i, _) in drawn)
        {
            IReadOnlyList<PlayedBeat> before = show.Beats[..i];
            var storylet = StoryletTelling.Tell(film, beat.Plan);
            preference = preference.With(
                await Ask(JudgePrompt.Task(film, language, before, beat.Beat, storylet), language, cancellationToken),
                await Ask(JudgePrompt.Task(film, language, before, storylet, beat.Beat), language, cancellationToken));
        }

        return preference;
    }

    /// <summary>Reads <c>"better": "A"</c>, the last one where a model changed its mind; whatever else it says.</summary>
    internal static Verdict? Read(string answer) => Better().Matches(answer) is { Count: > 0 } found
        ? found[^1].Groups["which"].Value.ToUpperInvariant() switch { "A" => Verdict.First, "B" => Verdict.Second, _ => Verdict.Neither }
        : null;

    private async Task<Verdict> Ask(string task, string language, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, JudgePrompt.Rubric.In(language)), new ChatMessage(ChatRole.User, task)],
                new ChatOptions { Temperature = 0, MaxOutputTokens = AnswerTokens },
                cancellationToken);
            if (Read(response.Text) is { } verdict) return verdict;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a server did, the judge did not say.
        }

        Unreadable++;
        return Verdict.Neither;
    }

    [GeneratedRegex("""["“]better["”]\s*[:：]\s*["“](?<which>A|B|neither)["”]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Better();
}

using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>How a show of the bench runs.</summary>
/// <param name="Minutes">Running time, minutes.</param>
/// <param name="Language">The telling language, alone on the wall.</param>
/// <param name="WindowSeconds">How long a round is open, seconds, 5–120.</param>
/// <param name="CardSeconds">How long the decision card shows, seconds, 2–5.</param>
/// <param name="PatienceMs">How long the wall stays empty for a beat that is still being written before a storylet takes over, milliseconds; 0 as in a hall.</param>
/// <param name="Speculates">Whether beats are written ahead, one an option, instead of after the verdict.</param>
public sealed record ShowTerms(
    int Minutes, string Language, int WindowSeconds = 20, int CardSeconds = 4, int PatienceMs = 0, bool Speculates = true)
{
    /// <summary>The terms of a session.</summary>
    internal SessionTerms Of(Film film, long seed) => new()
    {
        Film = film.Ref,
        Language = Language,
        WallLanguages = [Language],
        Capacity = 300,
        Shards = 1,
        Rule = VotingRule.Plurality,
        RunningSeconds = Minutes * 60,
        WindowSeconds = WindowSeconds,
        CardSeconds = CardSeconds,
        JoinCode = "PAPER1",
        Seed = seed,
    };
}

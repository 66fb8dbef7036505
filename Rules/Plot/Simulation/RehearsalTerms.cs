using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot.Simulation;

/// <summary>How a rehearsal on paper runs.</summary>
/// <param name="RunningSeconds">Running time, seconds.</param>
/// <param name="WindowSeconds">How long a round is open, seconds, 5–120.</param>
/// <param name="CardSeconds">How long the decision card shows, seconds, 2–5.</param>
/// <param name="Languages">On the wall, the telling language first; empty for the film's first.</param>
public sealed record RehearsalTerms(int RunningSeconds, int WindowSeconds = 20, int CardSeconds = 4, ImmutableArray<string> Languages = default)
{
    /// <summary>What goes wrong; nothing unless said.</summary>
    public Trouble Trouble { get; init; } = Trouble.None;

    /// <summary>The terms of a session.</summary>
    internal SessionTerms Of(Film film, long seed)
    {
        var languages = Languages.IsDefaultOrEmpty ? [film.Languages[0]] : Languages;
        return new SessionTerms
        {
            Film = film.Ref,
            Language = languages[0],
            WallLanguages = languages,
            Capacity = 300,
            Shards = 1,
            Rule = VotingRule.Plurality,
            RunningSeconds = RunningSeconds,
            WindowSeconds = WindowSeconds,
            CardSeconds = CardSeconds,
            JoinCode = "PAPER1",
            Seed = seed,
        };
    }
}

/// <summary>What goes wrong in a show, as chances from 0 to 1.</summary>
/// <param name="Pause">A beat: that the operator pauses.</param>
/// <param name="Shift">A pause: that it moves the scheduled end.</param>
/// <param name="Hold">A beat: that the wall is lost and the show holds.</param>
/// <param name="Extend">A round: that the operator gives it more time.</param>
/// <param name="LateWriter">A beat: that nobody writes it in time.</param>
/// <param name="MostSeconds">Longest pause, hold or extension, seconds.</param>
public sealed record Trouble(double Pause, double Shift, double Hold, double Extend, double LateWriter, int MostSeconds)
{
    /// <summary>All goes well.</summary>
    public static Trouble None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>An evening on which much goes wrong.</summary>
    public static Trouble Much { get; } = new(0.1, 0.4, 0.05, 0.1, 0.15, 60);
}

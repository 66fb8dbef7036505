using System.Collections.Immutable;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// Which option will win, as far as anyone can know: what is written ahead is written in this order. Before a vote is in,
/// a hall goes on siding as it has sided; with votes, as they stand (additive smoothing, Lidstone 1920).
/// </summary>
public static class Likelihood
{
    /// <summary>So many votes weigh as much as what is known of the hall.</summary>
    private const double PriorVotes = 4;

    /// <summary>The likelihood of each option of the beat on the wall, 0–1, in sum 1; empty where there are none.</summary>
    /// <param name="state">The session.</param>
    /// <param name="votes">Votes so far by option, or <see langword="null"/> while no round is open.</param>
    public static ImmutableArray<double> Of(SessionState state, IReadOnlyList<int>? votes)
    {
        if (state.Current is not { Options: { IsEmpty: false } options }) return [];
        var sides = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var decided in state.Decided)
        {
            if (decided.IsVoid || decided.Verdict.Winner >= decided.For.Length) continue;
            foreach (var side in decided.For[decided.Verdict.Winner]) sides[side] = sides.GetValueOrDefault(side) + 1;
        }

        var prior = options.Select(option => 1.0 + (option.For ?? []).Sum(side => sides.GetValueOrDefault(side))).ToList();
        var known = prior.Sum();
        var cast = votes is { } counted && counted.Count == options.Length ? counted : [];
        var weights = prior.Select((one, i) => (PriorVotes * one / known) + (i < cast.Count ? cast[i] : 0)).ToList();
        var all = weights.Sum();
        return [.. weights.Select(weight => weight / all)];
    }
}

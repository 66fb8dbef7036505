using System.Collections.Immutable;
using Orleans.Story.Rules.Scoring;

namespace Orleans.Story.StoryBench.Measuring;

/// <summary>What a writer's shows came to. Shares are 0–1; <see langword="null"/> is not measured.</summary>
public sealed record StoryMeasures
{
    /// <summary>Who wrote.</summary>
    public required string Writer { get; init; }

    /// <summary>The film's slug.</summary>
    public required string Film { get; init; }

    /// <summary>The telling language.</summary>
    public required string Language { get; init; }

    /// <summary>Shows played.</summary>
    public required int Shows { get; init; }

    /// <summary>Beats told, of all shows.</summary>
    public required int Beats { get; init; }

    /// <summary>Share of the shows that ended within <see cref="StoryMeasuring.OnTimeSeconds"/> of their time.</summary>
    public required double OnTime { get; init; }

    /// <summary>Mean of how far from their time shows ended, seconds.</summary>
    public required double OffSeconds { get; init; }

    /// <summary>The furthest, seconds.</summary>
    public required double WorstOffSeconds { get; init; }

    /// <summary>Dead air a show, seconds.</summary>
    public required double DeadAirSeconds { get; init; }

    /// <summary>Share of the told beats that a storylet told instead of the writer.</summary>
    public required double Fallbacks { get; init; }

    /// <summary>Those shares by reason: <c>Late</c>, <c>Failed</c>, <c>Refused</c>.</summary>
    public required ImmutableSortedDictionary<string, double> FallbackReasons { get; init; }

    /// <summary>Beats whose writing was begun, told or not.</summary>
    public required int Written { get; init; }

    /// <summary>Share of <see cref="Written"/> that did not pass the checks at first and was asked for again.</summary>
    public required double Repairs { get; init; }

    /// <summary>Share of the repairs that passed; <see langword="null"/> where there was none.</summary>
    public required double? RepairsPassed { get; init; }

    /// <summary>Share of <see cref="Written"/> that passed every check at the first attempt.</summary>
    public required double PassedAtFirst { get; init; }

    /// <summary>How many first attempts of a hundred failed each check, by the check's name; none where all passed.</summary>
    public required ImmutableSortedDictionary<string, double> Findings { get; init; }

    /// <summary>Share of the opened promises that were paid; <see langword="null"/> where none was opened.</summary>
    public required double? PromisesPaid { get; init; }

    /// <summary>distinct-1, -2 and -3 of a show, mean over the shows.</summary>
    public required ImmutableArray<double?> Distinct { get; init; }

    /// <summary>Self-BLEU among the beats of a show, mean over the shows: how much a show repeats itself.</summary>
    public required double? SelfBleuBeats { get; init; }

    /// <summary>Self-BLEU among the shows: how alike the evenings are.</summary>
    public required double? SelfBleuShows { get; init; }

    /// <summary>Mean tension told from the words, 0–1.</summary>
    public required double? Tension { get; init; }

    /// <summary>Pearson's correlation of the tension told from the words with the plans' target, over all beats.</summary>
    public required double? TensionPearson { get; init; }

    /// <summary>Spearman's, inside a show, mean over the shows.</summary>
    public required double? TensionSpearman { get; init; }

    /// <summary>Pearson's correlation of the tension that the told storylets' author gave them with the plans' target: as far as the film's material goes.</summary>
    public required double? AuthoredPearson { get; init; }

    /// <summary>
    /// Pearson's correlation of the tension told from the words with what the author says, over all storylets of the film: what
    /// the scorer is worth on it.
    /// </summary>
    public required double? ScorerAgreement { get; init; }

    /// <summary>Share of the told beats after the opening whose own words were there when the round was decided.</summary>
    public required double? SpeculationHits { get; init; }

    /// <summary>Tokens read for a told beat, whatever they were spent on.</summary>
    public required double TokensIn { get; init; }

    /// <summary>Tokens written for a told beat likewise.</summary>
    public required double TokensOut { get; init; }

    /// <summary>Share of the written tokens whose words nobody heard; <see langword="null"/> where none were written.</summary>
    public required double? Wasted { get; init; }

    /// <summary>Median time to write a beat, repairs included, seconds.</summary>
    public required double WriteSeconds { get; init; }

    /// <summary>The time that 95 of 100 beats took at most, seconds.</summary>
    public required double WriteSeconds95 { get; init; }

    /// <summary>Against the storylets for the same plans, if a judge was asked.</summary>
    public Preference? Preference { get; init; }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.StoryBench.Shows;

namespace Orleans.Story.StoryBench.Measuring;

/// <summary>Counts what was played.</summary>
public static class StoryMeasuring
{
    /// <summary>So far from its time a show still ends on time, seconds: the length of a short beat.</summary>
    public const double OnTimeSeconds = 30;

    /// <summary>Measures the shows of one writer.</summary>
    /// <param name="writer">The writer's name.</param>
    /// <param name="film">The film.</param>
    /// <param name="language">The telling language.</param>
    /// <param name="shows">At least one.</param>
    /// <param name="scorer">Fitted to other films, or <see langword="null"/> where there are none.</param>
    public static StoryMeasures Of(string writer, Film film, string language, IReadOnlyList<PlayedShow> shows, TensionScorer? scorer)
    {
        ArgumentNullException.ThrowIfNull(film);
        ArgumentNullException.ThrowIfNull(shows);
        var beats = shows.SelectMany(show => show.Beats).ToList();
        var written = shows.SelectMany(show => show.Jobs).Where(job => job.Begun).ToList();
        var repairs = written.Where(job => job.Repaired).ToList();
        var opened = shows.Sum(show => show.Opened.Length);
        var later = shows.SelectMany(show => show.Beats.Skip(1)).ToList();
        var texts = shows.Select(show => show.Beats.Select(beat => Words(beat.Beat, language)).ToImmutableArray()).ToList();
        var told = scorer is null ? null : shows.Select(show => show.Beats.Select(beat => scorer.Of(beat.Beat.Lines)).ToArray()).ToList();
        var took = written.Select(job => job.TookMs / 1000.0).Order().ToList();
        return new StoryMeasures
        {
            Writer = writer,
            Film = film.Ref.Slug,
            Language = language,
            Shows = shows.Count,
            Beats = beats.Count,
            OnTime = Share(shows, show => Math.Abs(show.LateSeconds) <= OnTimeSeconds),
            OffSeconds = shows.Average(show => Math.Abs(show.LateSeconds)),
            WorstOffSeconds = shows.Max(show => Math.Abs(show.LateSeconds)),
            DeadAirSeconds = beats.Sum(beat => beat.DeadMs) / 1000.0 / shows.Count,
            Fallbacks = Share(beats, beat => beat.Beat.Fallback != Fallback.None),
            FallbackReasons = beats.Where(beat => beat.Beat.Fallback != Fallback.None).CountBy(beat => beat.Beat.Fallback.ToString())
                .ToImmutableSortedDictionary(one => one.Key, one => (double)one.Value / beats.Count, StringComparer.Ordinal),
            Written = written.Count,
            Repairs = Share(written, job => job.Repaired),
            RepairsPassed = repairs.Count == 0 ? null : Share(repairs, job => job.Beat is { Fallback: Fallback.None }),
            PassedAtFirst = Share(written, job => job.Findings.IsEmpty && job.Failures == 0),
            Findings = written.SelectMany(job => job.Findings).CountBy(check => check)
                .ToImmutableSortedDictionary(one => one.Key, one => 100.0 * one.Value / written.Count, StringComparer.Ordinal),
            PromisesPaid = opened == 0 ? null : 1 - ((double)shows.Sum(show => show.Unpaid.Length) / opened),
            Distinct = [.. Enumerable.Range(1, 3).Select(n => Mean(texts.Select(show => DistinctN.Of(show, n))))],
            SelfBleuBeats = Mean(texts.Select(show => SelfBleu.Of(show))),
            SelfBleuShows = SelfBleu.Of([.. texts.Select(show => show.SelectMany(beat => beat).ToImmutableArray())]),
            Tension = told?.SelectMany(show => show).Average(),
            TensionPearson = told is null ? null : Correlation.Pearson([.. told.SelectMany(show => show)], [.. beats.Select(beat => beat.Plan.Tension)]),
            TensionSpearman = told is null ? null : Mean(shows.Select((show, i) => Correlation.Spearman(told[i], [.. show.Beats.Select(beat => beat.Plan.Tension)]))),
            AuthoredPearson = Correlation.Pearson([.. beats.Select(beat => beat.Beat.Tension)], [.. beats.Select(beat => beat.Plan.Tension)]),
            ScorerAgreement = scorer?.Agreement(film),
            SpeculationHits = later.Count == 0 ? null : Share(later, beat => beat.Hit),
            TokensIn = (double)written.Sum(job => job.TokensIn) / beats.Count,
            TokensOut = (double)written.Sum(job => job.TokensOut) / beats.Count,
            Wasted = Wasted(written),
            WriteSeconds = At(took, 0.5),
            WriteSeconds95 = At(took, 0.95),
        };
    }

    /// <summary>Of what nobody heard: other ways, beats that came too late, and what a storylet had to replace.</summary>
    private static double? Wasted(IReadOnlyCollection<WritingJob> written)
    {
        var all = written.Sum(job => job.TokensOut);
        var heard = written.Where(job => job is { Fate: Fate.Told, Beat.Fallback: Fallback.None }).Sum(job => job.TokensOut);
        return all == 0 ? null : 1 - ((double)heard / all);
    }

    private static ImmutableArray<string> Words(Beat beat, string language) => [.. beat.Lines.SelectMany(line => Tokens.Of(line.Words.In(language)))];

    private static double Share<T>(IReadOnlyCollection<T> all, Func<T, bool> some) => all.Count == 0 ? 0 : (double)all.Count(some) / all.Count;

    private static double? Mean(IEnumerable<double?> values) => values.Average();

    /// <summary>The value that so many of the sorted ones do not exceed (nearest rank).</summary>
    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}

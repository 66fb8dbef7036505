using System.Collections.Immutable;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Films.Audit;

/// <summary>How often something was told.</summary>
/// <param name="Id">The storylet or promise.</param>
/// <param name="Share">Share of the shows, 0–1.</param>
public sealed record Reach(string Id, double Share);

/// <summary>How tense an act is, as it is written and as it was told.</summary>
/// <param name="Act">The act's id.</param>
/// <param name="Written">Lowest and highest tension of its storylets, 0–1.</param>
/// <param name="Told">Mean tension of what was told in it, 0–1.</param>
public sealed record ActTension(string Act, (double Low, double High) Written, double Told)
{
    /// <summary>An act without contrast, in which nobody can breathe out or in.</summary>
    public bool IsFlat => Written.High - Written.Low < 0.15;
}

/// <summary>What an audit found.</summary>
/// <param name="Shows">Shows told.</param>
/// <param name="OnTime">Share of the shows that ended within one beat of their time, 0–1.</param>
/// <param name="RanDry">Share of the shows that ended more than a beat early because nothing was left to tell, 0–1.</param>
/// <param name="DryAfter">Storylets after which that happened, the most frequent first.</param>
/// <param name="Twice">Shows in which a storylet was told twice; there must be none.</param>
/// <param name="Findings">What the checks of a beat found, by name and how often; there must be none.</param>
/// <param name="Storylets">How often each storylet was told, the rarest first.</param>
/// <param name="Unpaid">How often each promise was opened and not paid, of the shows that opened it.</param>
/// <param name="Acts">How tense the acts are.</param>
/// <param name="Overlap">Share of storylets that audiences of opposite mind had in common at the same running time, mean and most, 0–1.</param>
public sealed record AuditReport(
    int Shows,
    double OnTime,
    double RanDry,
    ImmutableArray<Reach> DryAfter,
    int Twice,
    ImmutableArray<Reach> Findings,
    ImmutableArray<Reach> Storylets,
    ImmutableArray<Reach> Unpaid,
    ImmutableArray<ActTension> Acts,
    (double Mean, double Most) Overlap);

/// <summary>
/// Tells a film to many audiences on paper, by the rules that tell it in a hall, and counts. Half of the random audiences
/// have an evening on which much goes wrong.
/// </summary>
public static class FilmAudit
{
    /// <summary>Tells it.</summary>
    /// <param name="film">The film.</param>
    /// <param name="random">Audiences that vote at random, at running times between the shortest and the longest.</param>
    /// <param name="opinionated">Audiences that take somebody's side, half of them against the other half.</param>
    /// <param name="told">Told how many shows are over; may be <see langword="null"/>.</param>
    public static AuditReport Of(Film film, int random, int opinionated, Action<int>? told = null)
    {
        var tellings = new Telling[random + opinionated];
        var done = 0;
        Parallel.For(0, tellings.Length, i =>
        {
            tellings[i] = i < random ? Random(film, i) : Opinionated(film, i - random);
            var now = Interlocked.Increment(ref done);
            if (now % 500 == 0 || now == tellings.Length) told?.Invoke(now);
        });
        return Count(film, tellings, random);
    }

    /// <summary>Minutes at which show number <paramref name="i"/> runs: every length the film allows, in turn.</summary>
    private static int Minutes(Film film, int i) => film.Minutes.Shortest + (i % (film.Minutes.Longest - film.Minutes.Shortest + 1));

    private static Telling Random(Film film, int seed) => Tell(
        film,
        new RehearsalTerms(Minutes(film, seed) * 60, Languages: film.Languages) { Trouble = seed % 2 == 0 ? Trouble.None : Trouble.Much },
        Audiences.Random,
        seed);

    /// <summary>Pairs of opposite mind: the same running time and seed, other loves, other ends of the list.</summary>
    private static Telling Opinionated(Film film, int i)
    {
        var (pair, second) = (i / 2, i % 2 == 1);
        var cast = film.Cast.Select(one => one.Id).ToImmutableArray();
        var at = pair % cast.Length;
        ImmutableArray<string> loved = [.. cast[at..], .. cast[..at]];
        var half = Math.Max(1, loved.Length / 2);
        return Tell(
            film,
            new RehearsalTerms(Minutes(film, pair) * 60, Languages: film.Languages),
            Audiences.Siding(second ? [.. loved[half..].Reverse()] : loved[..half], last: second),
            pair);
    }

    private static Telling Tell(Film film, RehearsalTerms terms, IAudience audience, long seed)
    {
        var show = Rehearsals.Tell(film, terms, audience, seed);
        var findings = show.Steps.SelectMany(step => BeatChecks.Of(film, step.Plan, step.Beat, film.Languages)).Select(finding => finding.Check).ToImmutableArray();
        return new Telling(show, findings);
    }

    private static AuditReport Count(Film film, Telling[] tellings, int random)
    {
        var shows = tellings.Length;
        var dry = tellings.Where(telling => telling.Show.Late < -telling.Show.LongestStep).Select(telling => telling.Show).ToList();
        var pairs = tellings.Skip(random).Chunk(2).Where(pair => pair.Length == 2).Select(pair => Overlap(pair[0].Show, pair[1].Show)).ToList();
        var counted = tellings.SelectMany(telling => telling.Show.Storylets).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        var opened = tellings.SelectMany(telling => telling.Show.Opened.Distinct(StringComparer.Ordinal)).CountBy(id => id);
        var unpaid = tellings.SelectMany(telling => telling.Show.Unpaid).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
        return new AuditReport(
            shows,
            tellings.Count(telling => IsOnTime(telling.Show)) / (double)shows,
            dry.Count / (double)shows,
            Shares(dry.CountBy(show => show.Storylets[^2]), shows),
            tellings.Count(telling => telling.Show.Storylets.Distinct(StringComparer.Ordinal).Count() != telling.Show.Storylets.Length),
            Shares(tellings.SelectMany(telling => telling.Findings).CountBy(check => check), shows),
            [.. film.Storylets.Select(storylet => new Reach(storylet.Id, counted.GetValueOrDefault(storylet.Id) / (double)shows)).OrderBy(reach => reach.Share)],
            [.. opened.Select(one => new Reach(one.Key, unpaid.GetValueOrDefault(one.Key) / (double)one.Value)).OrderByDescending(reach => reach.Share)],
            [.. film.Acts.Select(act => Tension(film, act, tellings))],
            pairs.Count == 0 ? (0, 0) : (pairs.Average(), pairs.Max()));
    }

    /// <summary>What went wrong after the ending's first line is nobody's fault.</summary>
    private static bool IsOnTime(ToldShow show) => show.Late >= -show.LongestStep && show.Late - show.LostAtTheEnd <= show.LongestStep;

    private static double Overlap(ToldShow one, ToldShow other)
    {
        var common = one.Storylets.Intersect(other.Storylets, StringComparer.Ordinal).Count();
        return 2.0 * common / (one.Storylets.Length + other.Storylets.Length);
    }

    private static ActTension Tension(Film film, Act act, Telling[] tellings)
    {
        var written = film.Storylets.Where(storylet => !storylet.IsEnding && storylet.Acts.Contains(act.Id)).Select(storylet => storylet.Tension).DefaultIfEmpty().ToList();
        var told = tellings.SelectMany(telling => telling.Show.Steps).Where(step => step.Beat.Act == act.Id && !step.Beat.Ends).Select(step => step.Beat.Tension).DefaultIfEmpty();
        return new ActTension(act.Id, (written.Min(), written.Max()), told.Average());
    }

    private static ImmutableArray<Reach> Shares(IEnumerable<KeyValuePair<string, int>> counts, int shows) =>
        [.. counts.OrderByDescending(count => count.Value).Select(count => new Reach(count.Key, count.Value / (double)shows))];

    private sealed record Telling(ToldShow Show, ImmutableArray<string> Findings);
}

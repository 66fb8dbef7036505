using System.Collections.Immutable;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Exports.Retold;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Inference.Retelling;

/// <summary>
/// Tells a recorded show again with another writer: each plan of a beat that aired, with the story so far as the record has
/// it. Write, check, repair once, as in a hall; no fallback, since what the writer could not do is what is to be seen.
/// </summary>
/// <param name="writer">Who tells it again.</param>
/// <param name="time">For deadlines, and for how long it took.</param>
public sealed class Reteller(IBeatWriter writer, TimeProvider time)
{
    /// <summary>Beats at once, at most: a small machine reads one film for all of them.</summary>
    private const int MostAtOnce = 4;

    /// <summary>How long a beat may take, both attempts; what is late has failed.</summary>
    public TimeSpan PerBeat { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The retelling.</summary>
    /// <param name="film">The film, as far as the record's rating allows.</param>
    /// <param name="record">The rows of one show; those that did not air are left out.</param>
    /// <param name="progress">Called with the number of beats told, from any thread.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">No beat of the record aired.</exception>
    public async Task<RetoldShow> TellAsync(Film film, IEnumerable<StoryRow> record, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var rows = record.Where(row => row.Aired is not null).OrderBy(row => row.Aired!.AtMs).ToList();
        if (rows.Count == 0) throw new ArgumentException("No beat of the record aired.", nameof(record));
        var told = new RetoldBeat[rows.Count];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(writer.Slots, 1, MostAtOnce), CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                told[i] = await BeatAsync(film, rows[i], stop);
                progress?.Invoke(Interlocked.Increment(ref done));
            });
        return new RetoldShow(film, writer.Name, [.. told]);
    }

    private async Task<RetoldBeat> BeatAsync(Film film, StoryRow row, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        using var late = new CancellationTokenSource(PerBeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        var order = new BeatOrder(film.Ref, row.Plan, row.Languages, WritePriority.Live, (time.GetUtcNow() + PerBeat).ToUnixTimeMilliseconds(), row.Past);
        Beat? best = null;
        var findings = ImmutableArray<Finding>.Empty;
        try
        {
            (best, findings) = await AttemptAsync(film, row, order, either.Token);
            // Whoever writes without a model writes the same again.
            if (!findings.IsEmpty && best.Writing is { } first)
            {
                var (again, left) = await AttemptAsync(film, row, order with { Repair = new Repair(best, [.. findings.Select(one => one.What)]) }, either.Token);
                var names = string.Join(',', findings.Select(one => one.Check).Distinct(StringComparer.Ordinal));
                (best, findings) = (again with { Writing = again.Writing is { } second ? Sum(first, second, names) : null }, left);
            }
        }
        catch (Exception failed) when (!stop.IsCancellationRequested)
        {
            // A first attempt that can be shown is shown, with what is wrong with it.
            if (best is null) return new RetoldBeat(row, null, late.IsCancellationRequested ? $"It took longer than {PerBeat.TotalSeconds:0} s." : failed.Message, [], Took(started));
        }

        return new RetoldBeat(row, best, null, [.. findings.Select(one => new RowFinding(one.Check, one.What))], Took(started));
    }

    private async Task<(Beat Beat, ImmutableArray<Finding> Findings)> AttemptAsync(Film film, StoryRow row, BeatOrder order, CancellationToken stop)
    {
        // A writer that does not listen to its token is left behind.
        var beat = (await writer.WriteAsync(film, row.Session, order, stop).WaitAsync(stop)) with { Made = row.Plan.Made };
        return (beat, BeatChecks.Of(film, row.Plan, beat, row.Languages, new CheckTerms(row.Past)));
    }

    private long Took(long started) => (long)time.GetElapsedTime(started).TotalMilliseconds;

    private static Writing Sum(Writing first, Writing second, string repaired) => second with
    {
        TokensIn = first.TokensIn + second.TokensIn, TokensOut = first.TokensOut + second.TokensOut, TookMs = first.TookMs + second.TookMs, Repaired = repaired,
    };
}

using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Films;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Inference.Scheduling;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Grains.Inference;

/// <summary>
/// Plan → write → check → repair once → fall back, for one beat. Holds nothing the journal does not: when it vanishes the
/// session asks again, and at the worst tells the plan with a storylet itself.
/// </summary>
public sealed class BeatGrain(FilmLibrary films, Blocklist blocklist, TimeProvider time, ILogger<BeatGrain> log) : Grain, IBeatGrain
{
    /// <summary>A worker that knows nothing of its job any more is noticed after so long.</summary>
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(3);

    /// <summary>With less time than this nothing is begun again: no model answers as fast.</summary>
    private static readonly TimeSpan ForAnother = TimeSpan.FromSeconds(4);

    private BeatKey key;
    private BeatOrder? wanted;
    private Beat? ready;
    private Guid attempt;
    private string? worker;
    private Repair? repair;
    private int? cost;
    private int failures;
    private int lost;
    private long orderedAt;
    private (Fallback Why, string Detail) trouble;
    private IGrainTimer? deadline;
    private IGrainTimer? next;

    private TimeSpan Left => wanted is { } order ? DateTimeOffset.FromUnixTimeMilliseconds(order.DeadlineMs) - time.GetUtcNow() : TimeSpan.Zero;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = BeatKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Prepare(BeatOrder order)
    {
        if (wanted is { } before && !(before.Film == order.Film && before.Plan.Made == order.Plan.Made)) await Forget();
        if (ready is not null)
        {
            await Hand(ready);
            return;
        }

        if (attempt != Guid.Empty)
        {
            wanted = wanted! with { Priority = order.Priority, Likelihood = order.Likelihood };
            return;
        }

        (wanted, attempt, trouble, orderedAt, cost, lost) = (order, Guid.NewGuid(), (Fallback.NoRoom, ""), time.GetTimestamp(), null, 0);
        if (Left <= TimeSpan.Zero)
        {
            await FallBack();
            return;
        }

        deadline?.Dispose();
        deadline = this.RegisterGrainTimer(_ => FallBack(), new GrainTimerCreationOptions { DueTime = Left, Period = Timeout.InfiniteTimeSpan });
        await Seek();
    }

    /// <inheritdoc/>
    public async Task Written(Guid job, Beat beat)
    {
        if (job != attempt || ready is not null || wanted is not { } order) return;
        worker = null;
        var film = await Film(order);
        // Which plan it answers, and whether it is what was asked for, is for the one who asked to say.
        beat = Accounted(beat with { Made = order.Plan.Made, Fallback = Fallback.None });
        var findings = BeatChecks.Of(film, order.Plan, beat, order.Languages, CheckTerms.Of(order, blocklist));
        if (findings.IsEmpty)
        {
            await Keep(beat);
            return;
        }

        (trouble, lost) = ((Fallback.Refused, Said(findings)), beat.Writing is { } spent ? spent.TokensIn + spent.TokensOut : 0);
        // Whoever writes without a model writes the same again.
        if (repair is not null || beat.Writing is null || Left < ForAnother)
        {
            await FallBack();
            return;
        }

        log.LogInformation("Beat {Beat} is written again: {Findings}", key, trouble.Detail);
        var names = string.Join(',', findings.Select(finding => finding.Check).Distinct(StringComparer.Ordinal));
        repair = new Repair(beat with { Writing = beat.Writing with { Repaired = names } }, [.. findings.Select(finding => finding.What)]);
        cost = null;
        await Again();
    }

    /// <inheritdoc/>
    public async Task Failed(Guid job, string reason)
    {
        if (job != attempt || ready is not null) return;
        (worker, trouble) = (null, (Fallback.Failed, reason));
        if (++failures >= WritingRules.MostFailures || Left < ForAnother) await FallBack();
        else Later(WritingRules.Rest(failures), Again);
    }

    /// <inheritdoc/>
    public Task Displaced(Guid job) => job == attempt && ready is null ? Again() : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task Drop()
    {
        await Forget();
        DeactivateOnIdle();
    }

    /// <summary>The session planned the beat again, or from another version of its film, or nobody chose it: what was written, or is being written, answers nothing.</summary>
    private async Task Forget()
    {
        if (worker is { } at) await GrainFactory.Worker(at).Cancel(attempt);
        else if (attempt != Guid.Empty) await GrainFactory.Pool().Release(attempt);
        (wanted, ready, attempt, worker, repair, failures) = (null, null, Guid.Empty, null, null, 0);
        Rest();
    }

    private Task Again()
    {
        (attempt, worker) = (Guid.NewGuid(), null);
        return Seek();
    }

    /// <summary>Finds a worker, or asks again until the deadline.</summary>
    private async Task Seek()
    {
        if (ready is not null || wanted is not { } order) return;
        try
        {
            var tokens = cost ??= await Cost(order);
            var place = await GrainFactory.Pool().Place(new PlaceRequest(key.Session, attempt, order.Priority, order.Likelihood, tokens));
            if (place is { Worker: null, RetryAfterMs: 0 })
            {
                if ((await GrainFactory.Pool().Workers()).Length > 0) trouble = (Fallback.Spent, "");
                await FallBack();
                return;
            }

            if (place.Worker is { } found && await GrainFactory.Worker(found).Write(new WriteJob(attempt, key.Session, order with { Repair = repair }, tokens)))
            {
                worker = found;
                if (trouble.Why == Fallback.NoRoom) trouble = (Fallback.Late, "");
                Later(WatchEvery, Watch);
                return;
            }

            Later(TimeSpan.FromMilliseconds(Math.Max(place.RetryAfterMs, PoolBook.RetryAfterMs)), Seek);
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            log.LogWarning(unreachable, "No worker for beat {Beat}", key);
            Later(TimeSpan.FromSeconds(1), Again);
        }
    }

    /// <summary>A worker that died in the middle of a sentence tells nobody: it is asked.</summary>
    private async Task Watch()
    {
        if (ready is not null || worker is not { } at) return;
        var (job, works) = (attempt, false);
        try
        {
            works = await GrainFactory.Worker(at).Has(job);
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            log.LogWarning(unreachable, "Worker {Worker} of beat {Beat} does not answer", at, key);
        }

        if (job != attempt || ready is not null) return;
        if (works)
        {
            Later(WatchEvery, Watch);
            return;
        }

        trouble = (Fallback.Failed, $"Worker {at} knows nothing of its job any more.");
        if (Left < ForAnother) await FallBack();
        else await Again();
    }

    private void Later(TimeSpan wait, Func<Task> what)
    {
        next?.Dispose();
        next = this.RegisterGrainTimer(_ => what(), new GrainTimerCreationOptions { DueTime = wait, Period = Timeout.InfiniteTimeSpan });
    }

    private void Rest()
    {
        deadline?.Dispose();
        next?.Dispose();
        (deadline, next) = (null, null);
    }

    private async Task FallBack()
    {
        if (ready is not null || wanted is not { } order) return;
        log.LogInformation("Beat {Beat} is told by a storylet: {Why} {Detail}", key, trouble.Why, trouble.Detail);
        if (worker is { } at) await GrainFactory.Worker(at).Cancel(attempt);
        await Keep(StoryletTelling.Tell(await Film(order), order.Plan) with { Fallback = trouble.Why, Lost = lost });
    }

    private Task Keep(Beat beat)
    {
        (ready, attempt, worker) = (beat, Guid.Empty, null);
        GrainTelemetry.Wrote(beat, time.GetElapsedTime(orderedAt).TotalMilliseconds);
        Rest();
        return Hand(beat);
    }

    private Task Hand(Beat beat) => GrainFactory.Session(key.Session).Prepared(beat);

    private async Task<Film> Film(BeatOrder order) =>
        await films.FindAsync(order.Film) is { } film ? FilmCuts.Within(film, order.Rating) : throw new InvalidOperationException($"The library lost film {order.Film}.");

    /// <summary>What the prompt and its answer need at most, tokens; measured once, however often a worker is sought.</summary>
    private async Task<int> Cost(BeatOrder order) =>
        (BeatPrompt.Of(await Film(order), order with { Repair = repair }, BeatPrompt.UsualContext)?.Tokens ?? 0) + BeatPrompt.Answer;

    /// <summary>A repaired beat says what was wrong with its first attempt, and what both cost.</summary>
    private Beat Accounted(Beat beat) => beat.Writing is { } writing && repair is { Draft.Writing: { } first }
        ? beat with
        {
            Writing = writing with
            {
                TokensIn = first.TokensIn + writing.TokensIn, TokensOut = first.TokensOut + writing.TokensOut, TookMs = first.TookMs + writing.TookMs, Repaired = first.Repaired,
            },
        }
        : beat;

    private static string Said(ImmutableArray<Finding> findings) => string.Join("; ", findings.Select(finding => $"{finding.Check}: {finding.What.In("en")}"));
}

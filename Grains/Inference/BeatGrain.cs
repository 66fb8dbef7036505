using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Grains.Inference;

/// <summary>
/// Plan → write → check → fall back, for one beat. Holds nothing the journal does not: when it vanishes the session asks
/// again, and at the worst tells the plan with a storylet itself.
/// </summary>
public sealed class BeatGrain(FilmLibrary films, TimeProvider time, ILogger<BeatGrain> log) : Grain, IBeatGrain
{
    private BeatKey key;
    private BeatOrder? wanted;
    private Guid attempt;
    private Beat? ready;
    private IGrainTimer? deadline;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = BeatKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Prepare(BeatOrder order)
    {
        if (wanted is { } before && !(before.Film == order.Film && before.Plan.Made == order.Plan.Made)) Forget();
        if (ready is not null)
        {
            await Hand(ready);
            return;
        }

        if (attempt != Guid.Empty) return;
        wanted = order;
        attempt = Guid.NewGuid();
        var left = DateTimeOffset.FromUnixTimeMilliseconds(order.DeadlineMs) - time.GetUtcNow();
        if (left <= TimeSpan.Zero || !await Place(order))
        {
            await FallBack(Fallback.NoRoom);
            return;
        }

        deadline?.Dispose();
        deadline = this.RegisterGrainTimer(_ => FallBack(Fallback.Late), new GrainTimerCreationOptions { DueTime = left, Period = Timeout.InfiniteTimeSpan });
    }

    /// <inheritdoc/>
    public async Task Written(Guid job, Beat beat)
    {
        if (job != attempt || ready is not null || wanted is not { } order) return;
        var film = await films.FindAsync(order.Film) ?? throw new InvalidOperationException($"The library lost film {order.Film}.");
        // Which plan it answers, and whether it is what was asked for, is for the one who asked to say.
        beat = beat with { Made = order.Plan.Made, Fallback = Fallback.None };
        var findings = BeatChecks.Of(film, order.Plan, beat, order.Languages);
        if (findings.IsEmpty) await Keep(beat);
        else await FallBack(Fallback.Refused, string.Join("; ", findings.Select(finding => $"{finding.Check}: {finding.What.In("en")}")));
    }

    /// <inheritdoc/>
    public Task Failed(Guid job, string reason) => job == attempt && ready is null ? FallBack(Fallback.Failed, reason) : Task.CompletedTask;

    /// <summary>The session planned the beat again, or from another version of its film: what was written, or is being written, answers nothing.</summary>
    private void Forget()
    {
        ready = null;
        attempt = Guid.Empty;
        deadline?.Dispose();
        deadline = null;
    }

    private async Task<bool> Place(BeatOrder order)
    {
        try
        {
            var place = await GrainFactory.Pool().Place(key.Session, order.Priority);
            return place.Worker is { } worker && await GrainFactory.Worker(worker).Write(new WriteJob(attempt, key.Session, order));
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            log.LogWarning(unreachable, "No worker for beat {Beat}", key);
            return false;
        }
    }

    private async Task FallBack(Fallback why, string detail = "")
    {
        if (ready is not null || wanted is not { } order) return;
        log.LogInformation("Beat {Beat} is told by a storylet: {Why} {Detail}", key, why, detail);
        var film = await films.FindAsync(order.Film) ?? throw new InvalidOperationException($"The library lost film {order.Film}.");
        await Keep(StoryletTelling.Tell(film, order.Plan) with { Fallback = why });
    }

    private Task Keep(Beat beat)
    {
        ready = beat;
        attempt = Guid.Empty;
        deadline?.Dispose();
        deadline = null;
        return Hand(beat);
    }

    private Task Hand(Beat beat) => GrainFactory.Session(key.Session).Prepared(beat);
}

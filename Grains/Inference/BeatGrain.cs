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
    private BeatOrder? order;
    private Guid job;
    private Beat? ready;
    private IGrainTimer? deadline;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = BeatKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Prepare(BeatOrder wanted)
    {
        if (ready is not null)
        {
            await Hand(ready);
            return;
        }

        if (order is not null && job != Guid.Empty) return;
        order = wanted;
        job = Guid.NewGuid();
        var left = DateTimeOffset.FromUnixTimeMilliseconds(wanted.DeadlineMs) - time.GetUtcNow();
        if (left <= TimeSpan.Zero || !await Place(wanted))
        {
            await FallBack("no worker had room");
            return;
        }

        deadline?.Dispose();
        deadline = this.RegisterGrainTimer(_ => FallBack("the deadline came"), new GrainTimerCreationOptions { DueTime = left, Period = Timeout.InfiniteTimeSpan });
    }

    /// <inheritdoc/>
    public async Task Written(Guid finished, Beat beat)
    {
        if (finished != job || ready is not null || order is null) return;
        var film = await films.FindAsync(order.Film) ?? throw new InvalidOperationException($"The library lost film {order.Film}.");
        var findings = BeatChecks.Of(film, order.Plan, beat, order.Languages);
        if (findings.IsEmpty) await Keep(beat);
        else await FallBack(string.Join("; ", findings.Select(finding => $"{finding.Check}: {finding.What}")));
    }

    /// <inheritdoc/>
    public Task Failed(Guid failed, string reason) => failed == job && ready is null ? FallBack(reason) : Task.CompletedTask;

    private async Task<bool> Place(BeatOrder wanted)
    {
        try
        {
            var place = await GrainFactory.Pool().Place(key.Session, wanted.Priority);
            return place.Worker is { } worker && await GrainFactory.Worker(worker).Write(new WriteJob(job, key.Session, wanted));
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            log.LogWarning(unreachable, "No worker for beat {Beat}", key);
            return false;
        }
    }

    private async Task FallBack(string reason)
    {
        if (ready is not null || order is null) return;
        log.LogInformation("Beat {Beat} is told by the storylet writer: {Reason}", key, reason);
        var film = await films.FindAsync(order.Film) ?? throw new InvalidOperationException($"The library lost film {order.Film}.");
        await Keep(StoryletTelling.Tell(film, order.Plan));
    }

    private Task Keep(Beat beat)
    {
        ready = beat;
        job = Guid.Empty;
        deadline?.Dispose();
        deadline = null;
        return Hand(beat);
    }

    private Task Hand(Beat beat) => GrainFactory.Session(key.Session).Prepared(beat);
}

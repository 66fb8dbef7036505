using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Sessions;

/// <summary>How the show goes on: step by step, each persisted before it is shown.</summary>
public sealed partial class SessionGrain
{
    private const string WakeUp = "wake-up";
    private const long RetryMs = 250;

    /// <summary>A spell of steps that are all due at once; more means a rule that never waits.</summary>
    private const int MostSteps = 64;

    private readonly Dictionary<int, long> lineDueMs = [];
    private long stepDueMs = long.MaxValue;

    /// <summary>Dead air of the beat on the wall that is not on record yet.</summary>
    private long lateMs;
    private int shownBeat = -1;
    private int shownLine = -1;
    private WallWatch walls = WallWatch.None;
    private long wallDueMs = long.MaxValue;
    private bool wallLost;
    private bool wallFollows;
    private bool recovered;
    private long wallSeenMs;

    /// <inheritdoc/>
    public Task Shown(int beat, int line)
    {
        wallSeenMs = NowMs;
        if (beat != state.Current?.Ordinal || !lineDueMs.TryGetValue(line, out var due)) return Task.CompletedTask;
        if ((beat, line).CompareTo((shownBeat, shownLine)) <= 0) return Task.CompletedTask;
        (shownBeat, shownLine) = (beat, line);
        // A wall that opens in the middle of a show first catches up: what it was not there for is not its lateness.
        var isNewest = line == state.Aired.Length - 1;
        if (isNewest && wallFollows) lateMs += DeadAir.Before(due, wallSeenMs);
        wallFollows = isNewest;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Prepared(Beat beat)
    {
        if ((await Carry(_ => SessionRules.Prepare(state, beat))).IsDone) await Drive();
    }

    /// <summary>Carries out every step that is due, then arms the timer for the next one.</summary>
    private async Task Drive()
    {
        if (film is null) return;
        stepDueMs = NowMs + RetryMs;
        if (!await Recover())
        {
            Arm();
            return;
        }

        await ChooseTurn();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var step = SessionClock.Next(state, film, NowMs, walls.Holds(state.GoOnMs, NowMs), suggestions.Next(state));
            if (step is Wait wait)
            {
                stepDueMs = wait.UntilMs;
                break;
            }

            if (!await Take(step)) break;
        }

        await OrderBeats();
        Arm();
    }

    /// <summary>Once an activation: what a restart owes the audience is on disk before anything else is decided.</summary>
    private async Task<bool> Recover() =>
        recovered = recovered || await Record(SessionRules.Recover(state, await IsBeingSealed(), NowMs).Events);

    /// <summary>Whether the process before this activation had begun to seal the open round.</summary>
    private async Task<bool> IsBeingSealed()
    {
        if (state.Round is not { } round || NowMs < SessionClock.SealsAt(round)) return false;
        var shards = await Task.WhenAll(Shards().Select(shard => shard.IsSealed(round.Round)));
        return shards.Contains(true);
    }

    private IEnumerable<IAudienceGrain> Shards() =>
        Enumerable.Range(0, state.Terms!.Shards).Select(shard => GrainFactory.Audience(new AudienceKey(id, shard)));

    /// <summary>Tells every shard how the open round counts; each answers with its book.</summary>
    private void TellShards()
    {
        if (state.Round is not { } open) return;
        var order = state.Order(open.Round, open.Protection);
        foreach (var shard in Shards()) _ = shard.Recount(order);
    }

    /// <summary>True when the step is done; false when it must be tried again shortly.</summary>
    private Task<bool> Take(SessionStep step) => step switch
    {
        Happen happen => Record(happen.Events),
        SealRound seal => Seal(seal.Round),
        _ => throw new InvalidOperationException($"No one carries out {step.GetType().Name}."),
    };

    /// <summary>Asks every shard to seal, and decides on their books.</summary>
    private async Task<bool> Seal(int round)
    {
        Publish(NowMs);
        using var span = GrainTelemetry.Seal(round);
        try
        {
            var dueMs = SessionClock.SealsAt(state.Round!);
            var order = state.Order(round, state.Round!.Protection);
            var books = await Task.WhenAll(Shards().Select(shard => shard.Seal(order)));
            var decided = await Record(SessionRules.Decide(state, books, NowMs).Events);
            if (decided) GrainTelemetry.Decided(NowMs - dueMs);
            return decided;
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogDebug(trouble, "Round {Round} of session {Session} could not be sealed; trying again", round, id);
            return false;
        }
        catch (Exception trouble)
        {
            // Whatever a shard threw, the show's answer is the same: ask again until every book is sealed.
            log.LogError(trouble, "Round {Round} of session {Session} could not be sealed; trying again", round, id);
            return false;
        }
    }

    /// <summary>Looks whether anybody can see the show: when a gateway renews, and when a wall has been gone for too long.</summary>
    private void WatchWalls()
    {
        var now = NowMs;
        var before = walls;
        walls = walls.With(watchers.Walls(), now);
        wallDueMs = walls.Lost(now) ? long.MaxValue : walls.LostAtMs;
        if (walls.Lost(now) != wallLost)
        {
            wallLost = !wallLost;
            // What was held back by nobody's screen is not the next line's lateness.
            wallFollows = false;
            stageDueMs = now;
            stepDueMs = now;
        }

        if (before != walls || wallLost) Arm();
    }

    /// <summary>When the wall was free for a line, as the state said before the line aired.</summary>
    private void NoteDue(LineAired aired)
    {
        if (aired.N == 0) lineDueMs.Clear();
        lineDueMs[aired.N] = state.DueMs == 0 ? aired.AtMs : state.DueMs;
    }

    /// <summary>What follows from events once they are on disk.</summary>
    private async Task Follow(ImmutableArray<SessionEvent> events)
    {
        // Whatever was ordered may have been for another story.
        if (events.Any(happened => happened is RoundDecided or FilmReloaded or DirectorActed or BeatWithheld or OperatorActed { Command.Action: OperatorAction.Override or OperatorAction.Rerun })) ordered.Clear();
        // A plan that was made again is ordered again.
        foreach (var made in events.OfType<PlanMade>()) ordered.Remove(new BeatKey(id, made.Plan.Beat, made.Plan.Option));
        if (events.Any(happened => happened is RoundDecided { Round: >= 0 })) DropRoads();
        // What is on the wall is written, whoever wrote it.
        if (events.OfType<LineAired>().Any(aired => aired.N == 0)) _ = GrainFactory.Beat(new BeatKey(id, state.Ordinal, state.Via)).Drop();
        SumUp(events);
        if (events.Any(happened => happened is RoundOpened { Protection: > 0 })) TellShards();
        if (events.Any(happened => happened is not (PlanMade or BeatPrepared or FeelingsMeasured))) Publish(NowMs);
        await FollowRemarks();
        await FollowTurns();
        try
        {
            if (events.Any(happened => happened is OperatorActed { Command.Action: OperatorAction.Start }))
                await this.RegisterOrUpdateReminder(WakeUp, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            if (state.Phase == SessionPhase.Ended) await Sleep();
        }
        catch (Exception trouble)
        {
            // The show does not depend on it: gateways' renewals wake a lost session too.
            log.LogError(trouble, "The wake-up of session {Session} could not be set", id);
        }
    }

    /// <summary>Nothing will happen any more: no wake-up, and the activation may go.</summary>
    private async Task Sleep()
    {
        stepDueMs = feelingsDueMs = tallyDueMs = wallDueMs = long.MaxValue;
        if (await this.GetReminder(WakeUp) is { } reminder) await this.UnregisterReminder(reminder);
    }
}

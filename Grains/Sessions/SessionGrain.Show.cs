using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>How the show goes on: one timer, armed for whatever is due next.</summary>
public sealed partial class SessionGrain
{
    /// <summary>Room in the sequence for a thousand pushes a millisecond, so that a restart always counts on.</summary>
    private const long SeqPerMs = 1000;

    private const string WakeUp = "wake-up";
    private const long TallyEveryMs = 100;
    private const long SeatsEveryMs = 250;
    private const long FeelingsEveryMs = 5000;
    private const long RetryMs = 250;

    /// <summary>A spell of steps that are all due at once; more means a rule that never waits.</summary>
    private const int MostSteps = 64;

    private readonly HashSet<BeatKey> ordered = [];
    private IGrainTimer? timer;
    private long seq;
    private long stepDueMs = long.MaxValue;
    private long stageDueMs = long.MaxValue;
    private long tallyDueMs = long.MaxValue;
    private long feelingsDueMs = long.MaxValue;
    private long stageToldMs;
    private long tallyToldMs;
    private long deadAirMs;
    private readonly Dictionary<int, long> lineDueMs = [];
    private int shownBeat = -1;
    private int shownLine = -1;
    private bool recovered;
    private long wallSeenMs;
    private int fallbacks;

    /// <inheritdoc/>
    public Task Shown(int beat, int line)
    {
        wallSeenMs = NowMs;
        if (beat != state.Current?.Ordinal || !lineDueMs.TryGetValue(line, out var due)) return Task.CompletedTask;
        if ((beat, line).CompareTo((shownBeat, shownLine)) <= 0) return Task.CompletedTask;
        (shownBeat, shownLine) = (beat, line);
        deadAirMs += DeadAir.Before(due, wallSeenMs);
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

        for (var steps = 0; steps < MostSteps; steps++)
        {
            var step = SessionClock.Next(state, film, NowMs);
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
    private async Task<bool> Recover() => recovered = recovered || await Record(SessionRules.Recover(state, NowMs).Events);

    /// <summary>True when the step is done; false when it must be tried again shortly.</summary>
    private Task<bool> Take(SessionStep step) => step switch
    {
        Happen happen => Record(happen.Events),
        SealRound seal => Seal(seal.Round),
        TellNow tell => Tell(tell.Plan),
        _ => throw new InvalidOperationException($"No one carries out {step.GetType().Name}."),
    };

    /// <summary>Asks every shard to seal, and decides on their books.</summary>
    private async Task<bool> Seal(int round)
    {
        Publish(NowMs);
        try
        {
            var shards = Enumerable.Range(0, state.Terms!.Shards).Select(k => GrainFactory.Audience(new AudienceKey(id, k)).Seal(round));
            var books = await Task.WhenAll(shards);
            return await Record(SessionRules.Decide(state, books, NowMs).Events);
        }
        catch (Exception trouble)
        {
            // Whatever a shard threw, the show's answer is the same: ask again until every book is sealed.
            log.LogError(trouble, "Round {Round} of session {Session} could not be sealed; trying again", round, id);
            return false;
        }
    }

    /// <summary>The wall waits and nobody wrote the beat: an authored storylet tells it.</summary>
    private async Task<bool> Tell(Plan plan)
    {
        fallbacks++;
        return await Record([new BeatPrepared(StoryletTelling.Tell(film!, plan))]);
    }

    /// <summary>Has every plan written that is not. After a restart all are asked for again; who has it ready answers at once.</summary>
    private async Task OrderBeats()
    {
        if (state.Terms is not { } terms || state.Phase is not (SessionPhase.Lobby or SessionPhase.Playing)) return;
        foreach (var plan in state.Plans.Values)
        {
            var key = new BeatKey(id, plan.Beat, plan.Option);
            if (state.Prepared.ContainsKey(plan.Option) || !ordered.Add(key)) continue;
            var live = state.Current is null;
            var needed = Math.Max(NowMs, state.DueMs) + (live ? 0 : (long)(1000 * (state.CurrentPlan?.Seconds ?? 0)) + (terms.WindowSeconds * 1000L));
            var order = new BeatOrder(terms.Film, plan, terms.WallLanguages, live ? WritePriority.Live : WritePriority.Speculative, Math.Max(needed, NowMs + 1000));
            try
            {
                await GrainFactory.Beat(key).Prepare(order);
            }
            catch (Exception trouble) when (trouble is TimeoutException or OrleansException)
            {
                log.LogWarning(trouble, "Beat {Beat} could not be ordered; a storylet tells it when it is due", key);
            }
        }
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
        if (events.Any(happened => happened is RoundDecided)) ordered.Clear();
        if (events.Any(happened => happened is not (PlanMade or BeatPrepared or FeelingsMeasured))) Publish(NowMs);
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
        stepDueMs = feelingsDueMs = tallyDueMs = long.MaxValue;
        if (await this.GetReminder(WakeUp) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private void Wake()
    {
        stepDueMs = 0;
        Arm();
    }

    private void Touch()
    {
        stageDueMs = Math.Min(stageDueMs, Math.Max(NowMs, stageToldMs + SeatsEveryMs));
        Arm();
    }

    private void TouchTally()
    {
        tallyDueMs = Math.Min(tallyDueMs, Math.Max(NowMs, tallyToldMs + TallyEveryMs));
        Arm();
    }

    private void FeelingsWait()
    {
        if (feelingsDueMs != long.MaxValue) return;
        feelingsDueMs = NowMs + FeelingsEveryMs;
        Arm();
    }

    /// <summary>One timer for all: the show's next step, and the pushes and windows that wait their turn.</summary>
    private void Arm()
    {
        var due = Math.Min(Math.Min(stepDueMs, stageDueMs), Math.Min(tallyDueMs, feelingsDueMs));
        if (due == long.MaxValue)
        {
            timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var left = TimeSpan.FromMilliseconds(Math.Max(0, due - NowMs));
        if (timer is null)
        {
            timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = left, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        }
        else
        {
            timer.Change(left, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Tick(CancellationToken cancellationToken)
    {
        try
        {
            if (feelingsDueMs <= NowMs) await MeasureFeelings();
            if (stepDueMs <= NowMs) await Drive();
            var now = NowMs;
            if (stageDueMs <= now) Publish(now);
            else if (tallyDueMs <= now) PublishTally(now);
        }
        catch (Exception trouble)
        {
            log.LogError(trouble, "A step of session {Session} failed; trying again", id);
            stepDueMs = NowMs + RetryMs;
        }

        Arm();
    }

    private async Task MeasureFeelings()
    {
        feelingsDueMs = long.MaxValue;
        var sums = reports.TakeFeelings();
        if (state.Phase == SessionPhase.Playing) await Record([new FeelingsMeasured(NowMs, sums)]);
        tallyDueMs = Math.Min(tallyDueMs, NowMs);
    }

    private Stage Present(long now) => StageView.Of(state, id, film!, ++seq, now, seats.Count, watchers.Present);

    private SessionHealth Health() => new(deadAirMs, state.Prepared.Count, fallbacks, wallSeenMs);

    private void Publish(long now)
    {
        if (film is null) return;
        stageDueMs = long.MaxValue;
        stageToldMs = now;
        watchers.Tell(Present(now));
    }

    private void PublishTally(long now)
    {
        tallyDueMs = long.MaxValue;
        tallyToldMs = now;
        if (StageView.TallyOf(state, reports.Books, seq + 1) is not { } tally) return;
        seq++;
        watchers.Tell(id, tally);
    }
}

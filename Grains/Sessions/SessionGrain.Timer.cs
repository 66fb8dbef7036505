using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>When the session wakes up, and what it tells: one timer, armed for whatever is due next.</summary>
public sealed partial class SessionGrain
{
    /// <summary>Room in the sequence for a thousand pushes a millisecond, so that a restart always counts on.</summary>
    private const long SeqPerMs = 1000;

    private const long TallyEveryMs = 100;
    private const long SeatsEveryMs = 250;
    private const long FeelingsEveryMs = 5000;

    private IGrainTimer? timer;
    private long stageDueMs = long.MaxValue;
    private long tallyDueMs = long.MaxValue;
    private long feelingsDueMs = long.MaxValue;
    private long stageToldMs;
    private long tallyToldMs;
    private long seq;

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
        var due = Math.Min(Math.Min(turnDueMs, Math.Min(wallDueMs, remarkDueMs)), Math.Min(Math.Min(stepDueMs, stageDueMs), Math.Min(tallyDueMs, feelingsDueMs)));
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
            if (wallDueMs <= NowMs) WatchWalls();
            if (feelingsDueMs <= NowMs) await MeasureFeelings();
            if (Math.Min(stepDueMs, turnDueMs) <= NowMs) await Drive();
            if (remarkDueMs <= NowMs) await AirRemark();
            var now = NowMs;
            if (stageDueMs <= now) Publish(now);
            else if (tallyDueMs <= now) PublishTally(now);
            await Reorder();
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

    private Stage Present(long now) => StageView.Of(state, id, film!, ++seq, now, seats.Count, watchers.Present, walls.Holds(state.GoOnMs, now)) with { Remark = remarks.OnWall(state, now) };

    private SessionHealth Health() => new(
        state.Meter.DeadAirMs + lateMs, state.Prepared.Count, state.Meter.Fallbacks, wallSeenMs, journalHealth.Now, walls.Walls, walls.Lost(NowMs) ? walls.GoneMs : 0,
        walls.Lost(NowMs) && !walls.Holds(state.GoOnMs, NowMs), remarks.Waiting(state, NowMs))
    {
        Coming = ScriptView.Coming(state),
        Curve = ScriptView.Curve(state),
        TurnsWaiting = suggestions.Waiting(state),
        Credit = ScriptView.Credit(state),
    };

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

using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What viewers write: kept at once, read by staff, and on the wall after a yes.</summary>
public sealed partial class SessionGrain
{
    private long remarkDueMs = long.MaxValue;

    /// <inheritdoc/>
    public async Task<RemarkTaken> Remark(int seat, int sitting, string words)
    {
        var now = NowMs;
        var (clean, unfit) = RemarkScreen.Of(words, film?.Rating ?? Ratings.All[0], blocklist);
        // Asked before the pace: a phone that heard no answer asks again, and is not told that it was too fast.
        if (clean is not null && remarks.Same(state, seat, clean, now) is { } before && RemarkRules.Refuses(state, seat, sitting, clean, 0, 0, now) is null)
            return new RemarkTaken(before.Id, before.AtUtcMs + RemarkRules.PaceMs, null);
        // Who may not send anything hears that, and not what would be wrong with it.
        if (unfit is not null && RemarkRules.Refuses(state, seat, sitting, "", 0, 0, now) is null) return new RemarkTaken(null, 0, unfit);
        if (RemarkRules.Refuses(state, seat, sitting, clean, remarks.Waiting(state, now), remarks.Last(seat), now) is { } refusal)
            return new RemarkTaken(null, refusal.Code == RemarkRefusals.TooSoon.Code ? remarks.Last(seat) + RemarkRules.PaceMs : 0, refusal);
        try
        {
            var row = new RemarkRow(Guid.CreateVersion7(time.GetUtcNow()), id.Value, seat, clean!, now);
            return await remarks.AddAsync(row)
                ? new RemarkTaken(row.Id, now + RemarkRules.PaceMs, null)
                : new RemarkTaken(null, 0, Refusals.Kicked);
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogWarning(trouble, "A remark of session {Session} could not be kept", id);
            return new RemarkTaken(null, 0, Refusals.Busy);
        }
    }

    /// <inheritdoc/>
    public Task<RemarkQueue> Remarks() => Task.FromResult(remarks.Queue(state, NowMs));

    /// <inheritdoc/>
    public async Task<Outcome> Judge(JudgeRemark judgement)
    {
        // Withdrawing one that nobody may read changes nothing on the wall, and clears it away for good.
        if (judgement.Verdict != RemarkVerdict.Withdraw && !remarks.IsThere(state, judgement.Id)) return new Outcome(RemarkRefusals.NoRemark);
        if (door.Caller is { IsHouse: false } caller) judgement = judgement with { By = caller.Name };
        var outcome = await Carry(now => RemarkRules.Judge(state, judgement, now));
        OnRecord(AuditAct.Directed, judgement.By, $"{judgement.Verdict}Remark", "", outcome);
        await AirRemark();
        return outcome;
    }

    /// <summary>Puts the next approved remark on the wall if it is its turn; otherwise sees when to look again.</summary>
    private async Task AirRemark()
    {
        var now = NowMs;
        var (shown, again) = RemarkRules.Next(state, now, walls.Holds(state.GoOnMs, now), remark => remarks.IsThere(state, remark));
        remarkDueMs = shown is null ? again : now + RetryMs;
        if (shown is not null) await Record([shown]);
        Arm();
    }

    /// <summary>What events mean for remarks, once they are on disk: another may be due, or none will be any more.</summary>
    private async Task FollowRemarks()
    {
        if (state.Phase != SessionPhase.Ended)
        {
            remarkDueMs = state.House.Approved.IsEmpty ? long.MaxValue : Math.Min(remarkDueMs, NowMs);
            return;
        }

        remarkDueMs = long.MaxValue;
        try
        {
            await remarks.EraseUnreadAsync(state);
        }
        catch (JournalUnavailableException trouble)
        {
            // The next activation of this session does it.
            log.LogWarning(trouble, "What nobody read of session {Session} is not erased yet", id);
        }
    }
}

using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Sessions;

/// <summary>How a rehearsal goes without a trace.</summary>
public sealed partial class SessionGrain
{
    /// <summary>Portions at once: four hundred thousand events, more than any rehearsal has; then the caller asks again.</summary>
    private const int MostPortions = 200;

    /// <inheritdoc/>
    public async Task<Outcome> Discard()
    {
        // Nothing is known here, which is also how a rehearsal that is gone looks: the store has the last word.
        if (state.Terms is null) return await Erase() ? Outcome.Done : new Outcome(Refusals.NotRehearsal);
        if (!state.Terms.Rehearsal) return new Outcome(Refusals.NotRehearsal);
        try
        {
            if (state.Phase != SessionPhase.Ended)
            {
                var ended = await Carry(now => SessionRules.Operate(state, film, new OperatorCommand(OperatorAction.End, "rehearsal", "", 0, false), now));
                if (!ended.IsDone) return ended;
            }

            // First nobody writes any more, then what is written goes.
            foreach (var shard in Shards()) await shard.Discard();
            await Sleep();
            if (!await Erase()) return new Outcome(Refusals.Busy);
        }
        catch (Exception trouble) when (trouble is JournalUnavailableException or TimeoutException or OrleansException)
        {
            log.LogWarning(trouble, "Rehearsal {Session} could not be removed yet", id);
            return new Outcome(Refusals.Busy);
        }

        (state, film) = (SessionState.None, null);
        this.DeactivateOnIdle();
        return Outcome.Done;
    }

    /// <summary>True once nothing is left.</summary>
    private async Task<bool> Erase()
    {
        for (var portion = 0; portion < MostPortions; portion++)
        {
            var status = await eraser.EraseAsync(id.Value, id.Stream, AudienceKey.StreamsOf(id), static first => RehearsalRules.Began(first.Type, first.Format, first.Body.Span));
            if (status != ErasureStatus.More) return status == ErasureStatus.Gone;
        }

        return false;
    }
}

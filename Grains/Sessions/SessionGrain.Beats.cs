using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What is written ahead: every option's beat, the likeliest first; what nobody chose is called off.</summary>
public sealed partial class SessionGrain
{
    /// <summary>The vote moves faster than a writer can follow.</summary>
    private const long ReorderEveryMs = 1000;

    /// <summary>An opening may take so long in the lobby: nobody waits for it before the start.</summary>
    private const long OpeningMs = 60_000;

    private readonly HashSet<BeatKey> ordered = [];
    private long reorderedMs;

    /// <summary>While votes come in, what is not written yet is told how likely it is now.</summary>
    private async Task Reorder()
    {
        if (state.Round is null || NowMs - reorderedMs < ReorderEveryMs || state.Plans.Count == state.Prepared.Count) return;
        await OrderBeats(again: true);
    }

    /// <summary>Has every plan written that is not. After a restart all are asked for again; who has it ready answers at once.</summary>
    /// <param name="again">Whether those that are being written are told how likely they are now.</param>
    private async Task OrderBeats(bool again = false)
    {
        if (state.Terms is not { } terms || state.Phase is not (SessionPhase.Lobby or SessionPhase.Playing)) return;
        // Asked at every step of the show, and at most of them everything is ordered: then no vote is counted for it.
        if (!again && state.Plans.Values.All(plan => state.Prepared.ContainsKey(plan.Option) || ordered.Contains(new BeatKey(id, plan.Beat, plan.Option)))) return;
        var votes = state.Round is { Round: >= 0 } round ? Counting.Counts(round.Rule.Options, Books.Sum(reports.Books, round.Round)) : null as IReadOnlyList<int>;
        var likely = Likelihood.Of(state, votes);
        reorderedMs = NowMs;
        foreach (var plan in state.Plans.Values.OrderByDescending(plan => Chance(plan)))
        {
            var key = new BeatKey(id, plan.Beat, plan.Option);
            // Once the hall has chosen, only its way on is wanted; the others are planned again should the house overrule.
            if (state.Current is null && plan.Option != state.Via) continue;
            if (state.Prepared.ContainsKey(plan.Option) || (!ordered.Add(key) && !again)) continue;
            try
            {
                await GrainFactory.Beat(key).Prepare(Order(plan, terms, Chance(plan)));
            }
            catch (Exception trouble) when (trouble is TimeoutException or OrleansException)
            {
                log.LogWarning(trouble, "Beat {Beat} could not be ordered; a storylet tells it when it is due", key);
            }
        }

        // Nobody has voted on what is not an option yet.
        double Chance(Plan plan) => plan.Option < 0 || likely.IsEmpty ? 1 : plan.Option < likely.Length ? likely[plan.Option] : 1.0 / (plan.Option + 1);
    }

    private BeatOrder Order(Plan plan, SessionTerms terms, double likelihood)
    {
        var live = state.Current is null && state.Phase != SessionPhase.Lobby;
        var needed = state.Phase == SessionPhase.Lobby
            ? NowMs + OpeningMs
            : Math.Max(NowMs, state.DueMs) + (live ? 0 : (long)(1000 * (state.CurrentPlan?.Seconds ?? 0)) + (terms.WindowSeconds * 1000L));
        return new BeatOrder(
            state.Film!, plan, terms.WallLanguages, live ? WritePriority.Live : WritePriority.Speculative, Math.Max(needed, NowMs + 1000), Recall.Of(state, plan.Option, acts, NextTurn()), null, likelihood, terms.Rating);
    }

    /// <summary>The beats that nobody chose. Those that were written are on record, should the house overrule the vote.</summary>
    private void DropRoads()
    {
        var last = state.Decided[^1];
        GrainTelemetry.Chose(
            last.Roads.ContainsKey(state.Via),
            last.Roads.Where(road => road.Key != state.Via).Sum(road => road.Value.Writing is { } writing ? (long)writing.TokensIn + writing.TokensOut : 0));
        for (var option = 0; option < last.Options.Length; option++)
        {
            if (option != state.Via) _ = GrainFactory.Beat(new BeatKey(id, state.Ordinal, option)).Drop();
        }
    }
}

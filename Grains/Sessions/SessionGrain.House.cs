using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.House;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What staff look at from further away: how the show does, and afterwards what it was like.</summary>
public sealed partial class SessionGrain
{
    /// <inheritdoc/>
    public Task<SessionGlance?> Glance()
    {
        if (state.Terms is null || film is null) return Task.FromResult<SessionGlance?>(null);
        // Looked at and not told to anybody: the sequence of pushes stays as it is.
        var stage = StageView.Of(state, id, film, seq, NowMs, seats.Count, watchers.Present, walls.Holds(state.GoOnMs, NowMs));
        return Task.FromResult<SessionGlance?>(Glances.Of(state, stage, StageView.TallyOf(state, reports.Books, seq), Health(), film));
    }

    /// <inheritdoc/>
    public async Task<Insights?> Insights()
    {
        if (state.Phase != SessionPhase.Ended || film is null) return null;
        var events = ImmutableArray.CreateBuilder<SessionEvent>();
        await stream.ReadAsync(0, (happened, _) => events.Add(happened), CancellationToken.None);
        return ShowInsights.Of(id, film, events, seats.Count, await Changed());
    }

    /// <summary>Seats that voted again after their first vote, by round.</summary>
    private async Task<Dictionary<int, int>> Changed()
    {
        var changed = new Dictionary<int, int>();
        foreach (var round in state.Decided)
        {
            var counted = await Task.WhenAll(Shards().Select(shard => shard.Counted(state.Order(round.Round, round.Terms.Protection))));
            changed[round.Round] = counted.Sum(shard => shard.Count(ballot => ballot.Again));
        }

        return changed;
    }
}

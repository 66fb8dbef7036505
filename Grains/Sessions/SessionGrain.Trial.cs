using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What a writer is tried on before the show.</summary>
public sealed partial class SessionGrain
{
    /// <summary>A model that takes longer writes no beat in time.</summary>
    private const long TrialMs = 40_000;

    /// <inheritdoc/>
    public Task<BeatOrder?> TrialOrder()
    {
        if (state.Terms is not { } terms || film is null) return Task.FromResult<BeatOrder?>(null);
        var plan = Planner.Make(new PlanInputs(
            film, Rules.Plot.Story.Untold, 0, BeatKey.Opening, 0, terms.RunningSeconds, SessionClock.VoteMs(terms) / 1000.0, terms.WallLanguages, null, terms.Seed));
        return Task.FromResult<BeatOrder?>(new BeatOrder(state.Film!, plan, terms.WallLanguages, WritePriority.Live, NowMs + TrialMs, StorySoFar.Nothing, Rating: terms.Rating));
    }
}

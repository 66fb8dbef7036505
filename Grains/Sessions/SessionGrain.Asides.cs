using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>What is told beside the story. The session says what may be known; others find the words, and it waits for none of them.</summary>
public sealed partial class SessionGrain
{
    /// <summary>Acts that were summed up. A cache: after a restart the beats' own sentences do.</summary>
    private ImmutableArray<ActSummary> acts = [];

    /// <inheritdoc/>
    public Task<AsideAsked> Aside(AsideRequest request) => Task.FromResult(
        state.Terms is null || film is null ? new AsideAsked(null, Refusals.NoSession) : Asides.Ask(state, film, request, acts, NowMs, blocklist));

    /// <inheritdoc/>
    public Task<ImmutableArray<Met>> Company() => Task.FromResult(film is null ? [] : Asides.Company(state, film));

    /// <inheritdoc/>
    public Task Summarized(ActSummary summary)
    {
        acts = [.. acts.Where(act => !string.Equals(act.Act, summary.Act, StringComparison.Ordinal)), summary];
        return Task.CompletedTask;
    }

    /// <summary>An act is over when a beat of another one is on the wall.</summary>
    private void SumUp(ImmutableArray<SessionEvent> events)
    {
        if (!events.Any(happened => happened is LineAired { N: 0 }) || state.Told is not [.., var last] || string.Equals(last.Act, state.Current?.Act, StringComparison.Ordinal)) return;
        if (Asides.Summary(state, film!, last.Act, state.Terms!.Language, NowMs) is { } order) _ = GrainFactory.Aside(id).Summarize(last.Act, order);
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Viewers;
using Orleans.Story.Rules.Viewers;
using Orleans.Story.Storage.Tables;

namespace Orleans.Story.Grains.Viewers;

/// <summary>What is kept of a viewer.</summary>
public sealed record ViewerState
{
    /// <summary>The profile.</summary>
    public ViewerProfile Profile { get; init; } = ViewerProfile.Unknown;
}

/// <inheritdoc cref="IViewerGrain"/>
public sealed class ViewerGrain([PersistentState("viewer")] IPersistentState<ViewerState> viewer, ISeatTable seats) : Grain, IViewerGrain
{
    private const int LongestHistory = 100;

    /// <inheritdoc/>
    public Task<ViewerProfile> Profile() => Task.FromResult(viewer.State.Profile);

    /// <inheritdoc/>
    public async Task<Outcome> Introduce(string language, string? name)
    {
        if (ProfileRules.Check(language, name) is { } refusal) return new Outcome(refusal);
        await Keep(viewer.State.Profile with { Language = language, Name = name ?? viewer.State.Profile.Name });
        return Outcome.Done;
    }

    /// <inheritdoc/>
    public async Task Visit(Visit visit)
    {
        var history = viewer.State.Profile.History;
        if (history.Any(known => known.Session == visit.Session)) return;
        var kept = history.Length < LongestHistory ? history : history.RemoveAt(0);
        await Keep(viewer.State.Profile with { History = kept.Add(visit) });
    }

    /// <inheritdoc/>
    public async Task Erase()
    {
        await seats.EraseViewerAsync(this.GetPrimaryKey());
        await viewer.ClearStateAsync();
        viewer.State = new ViewerState();
    }

    private Task Keep(ViewerProfile profile)
    {
        viewer.State = new ViewerState { Profile = profile };
        return viewer.WriteStateAsync();
    }
}

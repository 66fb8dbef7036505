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
        var told = viewer.State.Profile with { Language = language, Name = name ?? viewer.State.Profile.Name };
        if (told != viewer.State.Profile) await Keep(told);
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
    public async Task<Outcome> Erase()
    {
        var id = this.GetPrimaryKey();
        // Sessions first: once the rows are gone nobody could tell them which seat has no viewer any more.
        foreach (var session in await seats.SessionsOfAsync(id))
        {
            var outcome = await GrainFactory.Session(new SessionId(session)).Forget(new ViewerId(id));
            if (!outcome.IsDone) return outcome;
        }

        await seats.EraseViewerAsync(id);
        await viewer.ClearStateAsync();
        viewer.State = new ViewerState();
        return Outcome.Done;
    }

    private Task Keep(ViewerProfile profile)
    {
        viewer.State = new ViewerState { Profile = profile };
        return viewer.WriteStateAsync();
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Prompting;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Sessions;

/// <summary>The show as data, for whoever trains or measures a writer.</summary>
public sealed partial class SessionGrain
{
    /// <inheritdoc/>
    public async Task<StoryData?> Data(StoryForm form)
    {
        if (state.Phase != SessionPhase.Ended || film is null) return null;
        var events = ImmutableArray.CreateBuilder<SessionEvent>();
        await stream.ReadAsync(0, (happened, _) => events.Add(happened), CancellationToken.None);
        // A rehearsal may have been told from several versions of its film.
        var versions = new Dictionary<FilmRef, Film?>();
        foreach (var version in events.Select(VersionOf).OfType<FilmRef>().Distinct()) versions[version] = await FindAsync(version, CancellationToken.None);
        if (StoryRows.Of(id, version => versions.GetValueOrDefault(version), events) is not { } rows) return null;
        var shared = rows.Select(Anonymous.Of);
        IEnumerable<string> lines = form == StoryForm.Chat
            ? shared.Select(row => versions.GetValueOrDefault(row.Film) is { } told ? ChatForm.Line(told, row) : null).OfType<string>()
            : shared.Select(StoryJsonl.Line);
        return new StoryData(StageView.Card(film), state.StartedMs, [.. lines]);
    }

    private static FilmRef? VersionOf(SessionEvent happened) => happened switch
    {
        SessionCreated created => created.Terms.Film,
        FilmReloaded reloaded => reloaded.Film,
        _ => null,
    };
}

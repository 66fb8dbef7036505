using System.Collections.Concurrent;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Viewers;

namespace Orleans.Story.Gateway.Api;

/// <summary>Writes a visit into the viewer's own profile. A seat never depends on it.</summary>
internal sealed class VisitNotes(IClusterClient cluster, TimeProvider time, ILogger<VisitNotes> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A session never changes its film. Cleared when it holds a thousand, which is years of screenings.</summary>
    private readonly ConcurrentDictionary<SessionId, string> _films = new();

    /// <summary>Remembers language and visit, or logs why it could not.</summary>
    public async Task Remember(ViewerId viewer, SessionId session, int seat, string? language)
    {
        try
        {
            if (!_films.TryGetValue(session, out var film))
            {
                if (await cluster.Session(session).Look() is not { } present) return;
                // Of a rehearsal nothing is kept, and a profile would.
                if (present.Stage.Terms.Rehearsal) return;
                if (_films.Count >= 1_000) _films.Clear();
                _films[session] = film = present.Stage.Film.Film.Slug;
            }

            var grain = cluster.Viewer(viewer);
            await Task.WhenAll(
                grain.Introduce(language is "zh" ? "zh" : "en", null),
                grain.Visit(new Visit(session, film, seat, time.GetUtcNow().ToUnixTimeMilliseconds()))).WaitAsync(Patience, time);
        }
#pragma warning disable CA1031 // A profile that cannot be written must not cost anyone a seat.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("A visit was not remembered: {Problem}", e.Message);
        }
    }
}

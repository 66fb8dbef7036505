using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Grains.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Grains.Inference;

/// <inheritdoc cref="IAsideGrain"/>
[Reentrant]
public sealed class AsideGrain(FilmLibrary films, TimeProvider time, ILogger<AsideGrain> log) : Grain, IAsideGrain
{
    /// <summary>Viewers who speak to characters at once; more are told that nobody answers just now.</summary>
    private const int MostTalks = 8;

    /// <summary>Kept answers; the oldest beats' go first.</summary>
    private const int MostKept = 32;

    /// <summary>An answer takes a prompt of this size at most, by estimate.</summary>
    private const int Tokens = 4096;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<(AsideKind Kind, string Language, int Beat), Task<Aside>> kept = [];
    private int talks;

    private SessionId Session => SessionId.TryParse(this.GetPrimaryKeyString(), out var session) ? session : default;

    /// <inheritdoc/>
    public async Task<Aside> Say(AsideOrder order)
    {
        if (order.Request.Kind == AsideKind.Talk) return await Talk(order);
        var key = (order.Request.Kind, order.Request.Language, order.Beat);
        if (kept.TryGetValue(key, out var said)) return await said;
        while (kept.Count >= MostKept) kept.Remove(kept.Keys.MinBy(one => one.Beat));
        return await (kept[key] = Written(order));
    }

    /// <inheritdoc/>
    public async Task Summarize(string act, AsideOrder order)
    {
        // Only what a model sums up is shorter than the beats' own sentences.
        if (await Ask(order) is { Words: { } words }) await GrainFactory.Session(Session).Summarized(new ActSummary(act, Text.Of(order.Request.Language, words)));
    }

    private async Task<Aside> Talk(AsideOrder order)
    {
        if (talks >= MostTalks) return Nobody;
        talks++;
        try
        {
            return await Ask(order) ?? Nobody;
        }
        finally
        {
            talks--;
        }
    }

    private static Aside Nobody { get; } = new(null, "", AsideRefusals.NobodyAnswers);

    private async Task<Aside> Written(AsideOrder order)
    {
        if (await Ask(order) is { } said) return said;
        var film = await films.FindAsync(order.Film);
        return film is not null && Asides.Plain(film, order) is { Length: > 0 } plain ? new Aside(plain, StoryletTelling.Writer, null) : Nobody;
    }

    /// <summary>A model's answer, or <see langword="null"/>: no room in time, over budget, failed, or not fit to be shown.</summary>
    private async Task<Aside?> Ask(AsideOrder order)
    {
        var job = Guid.NewGuid();
        try
        {
            while (order.DeadlineMs - time.GetUtcNow().ToUnixTimeMilliseconds() > 1500)
            {
                var place = await GrainFactory.Pool().Place(new PlaceRequest(Session, job, WritePriority.Aside, Asides.Urgency(order.Request.Kind), Tokens));
                if (place.Worker is { } worker) return await GrainFactory.Worker(worker).Say(job, Session, order);
                if (place.RetryAfterMs == 0) return null;
                await Task.Delay(AskAgain, time);
            }
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            log.LogWarning(unreachable, "No worker for an aside of session {Session}", Session);
        }

        await GrainFactory.Pool().Release(job);
        return null;
    }
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Grains.Films;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Gateway.Films;

/// <inheritdoc cref="IFilmWatch"/>
/// <remarks>
/// It looks at names, lengths and times of the files twice a second: a film has at most two hundred, and looking works on
/// every disk and for every editor, which file notifications do not. A change counts when two looks saw the same.
/// </remarks>
internal sealed class FilmWatch(
    Grains.Films.FilmShelf shelf, FilmLibrary library, AssetShelf assets, IClusterClient cluster, StaffDoor door, GatewayOptions options, TimeProvider time) : IFilmWatch
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Words _words = new(options.Language);

    /// <inheritdoc/>
    public async Task Run(SessionId session, TextWriter to, CancellationToken stop)
    {
        if (options.Rehearse is not { } folder || await cluster.Session(session).Look() is not { Stage.Film.Film: var told }) return;
        // Nothing is taken yet: what was saved between the opening of the hall and this moment counts too.
        var (taken, seen) = ("", "");
        using var looks = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await looks.WaitForNextTickAsync(stop))
            {
                var now = FilmFiles.Look(folder);
                if (now != taken && now == seen && await Take(session, folder, told, to, stop) is { } version) (taken, told) = (now, version);
                seen = now;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The rehearsal is over.
        }
    }

    /// <summary>
    /// A new version, if it is a film: the rehearsal goes on with it. Answers the version that is told from now on, or
    /// <see langword="null"/> if the session did not answer and should be asked again.
    /// </summary>
    private async Task<FilmRef?> Take(SessionId session, string folder, FilmRef told, TextWriter to, CancellationToken stop)
    {
        if (await shelf.PublishOneAsync(folder, stop) is not { } saved || saved.Card?.Film == told) return told;
        foreach (var problem in saved.Problems) await to.WriteLineAsync(problem.In(_words.Language).AsMemory(), stop);
        if (saved.Card is not { } card)
        {
            await to.WriteLineAsync("  " + _words.Say("Not a film as it is saved; the rehearsal goes on with the version before.", "这样保存还不成一部影片；排练继续使用上一个版本。"));
            return told;
        }

        assets.Put(card.Film, saved.Folder, saved.Assets);
        Outcome outcome;
        try
        {
            using var speaking = door.SpeakAsHouse();
            outcome = await cluster.Session(session).Reload(card.Film);
        }
        catch (TimeoutException)
        {
            return null;
        }

        if (outcome.Refusal is { } refusal)
        {
            await to.WriteLineAsync("  " + refusal.Sentence.In(options.Language));
            return told;
        }

        var changed = await Changed(told, card.Film, stop);
        await to.WriteLineAsync("  " + _words.Say(
            $"From the next beat on as saved: {changed}.", $"从下一拍起采用新版本：{changed}。"));
        return card.Film;
    }

    private async Task<string> Changed(FilmRef before, FilmRef after, CancellationToken stop)
    {
        var (old, now) = (await library.FindAsync(before, stop), await library.FindAsync(after, stop));
        var known = (old?.Storylets ?? []).ToDictionary(storylet => storylet.Id, Wording, StringComparer.Ordinal);
        var changed = now!.Storylets.Where(storylet => !known.Remove(storylet.Id, out var words) || words != Wording(storylet)).Select(storylet => storylet.Id)
            .Concat(known.Keys.Select(id => "-" + id)).ToList();
        return changed.Count == 0 ? _words.Say("people, places or facts", "人物、地点或事实") : string.Join(", ", changed);
    }

    /// <summary>Everything of a storylet in one string: records with arrays do not compare by what they hold.</summary>
    private static string Wording(Storylet storylet) => System.Text.Json.JsonSerializer.Serialize(storylet);
}

using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Grains.Staff;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// Rehearsals from the console: a simulated audience comes in once the doors are open, plays along, and when the rehearsal is
/// over everything of it is removed. A rehearsal lives no longer than the program that plays it: what an earlier one left, its
/// audience gone, is removed at the start, in a cluster once it is too old to be another gateway's.
/// </summary>
internal sealed class RehearsalHouse(IClusterClient cluster, StaffDoor door, HallAddress address, GatewayOptions options, Patience patience, TimeProvider time, ILogger<RehearsalHouse> log)
    : IHostedService, IDisposable
{
    /// <summary>Simulated viewers of one rehearsal: as many as one small machine plays beside the hall itself.</summary>
    public const int MostViewers = 300;

    /// <summary>Rehearsals at once; more are refused. Nobody rehearses in five halls with one machine.</summary>
    private const int MostAtOnce = 4;

    /// <summary>How often it is looked whether the doors are open, or all is over.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Ten a second come in: quick to wait for, and slow enough to be watched.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>What going away may take when the program stops; what is left goes at the next start.</summary>
    private static readonly TimeSpan AtTheStop = TimeSpan.FromSeconds(2);

    /// <summary>Nobody rehearses for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<SessionId, Task> _playing = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Whether one more may be played.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate) return _playing.Count < MostAtOnce;
        }
    }

    /// <summary>Plays a rehearsal with so many simulated viewers, to its end and until nothing of it is left.</summary>
    public void Begin(SessionId session, int viewers)
    {
        lock (_gate) _playing[session] = Task.Run(() => Play(session, Math.Clamp(viewers, 0, MostViewers)));
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // A writer's rehearsal has a folder of its own, and keeps it until the next one.
        if (options.Rehearse is not null) return;
        // In a cluster another gateway may be playing it; what is older than any rehearsal lasts nobody plays.
        var before = time.GetUtcNow() - (options.SharedKey is null ? TimeSpan.Zero : Longest);
        var sessions = await patience.Ask(() => cluster.Hall().Sessions(), cancellationToken);
        foreach (var left in sessions.Where(session => session.Rehearsal && session.CreatedMs <= before.ToUnixTimeMilliseconds())) await Discard(left.Session);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task[] playing;
        lock (_gate) playing = [.. _playing.Values];
        await Task.WhenAny(Task.WhenAll(playing), Task.Delay(AtTheStop, time, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task Play(SessionId session, int viewers)
    {
        try
        {
            await Watch(session, viewers);
        }
        catch (OperationCanceledException)
        {
            // The program stops, and the rehearsal with it.
        }
#pragma warning disable CA1031 // Whatever happened to its audience, a rehearsal is removed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "Rehearsal {Session} was cut short", session);
        }

        while (!await Discard(session))
        {
            if (_stop.IsCancellationRequested) break;
            await Task.Delay(Look, time, CancellationToken.None);
        }

        lock (_gate) _playing.Remove(session);
    }

    /// <summary>Returns when the rehearsal is over.</summary>
    private async Task Watch(SessionId session, int viewers)
    {
        using var http = new HttpClient();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var looking = new PeriodicTimer(Look, time);
        Crowd? crowd = null;
        var people = Task.CompletedTask;
        try
        {
            while (await looking.WaitForNextTickAsync(over.Token))
            {
                Watching? now;
                try
                {
                    now = await cluster.Session(session).Look();
                }
                catch (TimeoutException)
                {
                    continue;
                }

                if (now is null || now.Stage.Phase == SessionPhase.Ended) break;
                if (crowd is not null || viewers == 0 || now.Stage.Phase == SessionPhase.Scheduled) continue;
                crowd = Audience(now, viewers, http);
                people = crowd.Run(Between * viewers, over.Token);
            }
        }
        finally
        {
            await over.CancelAsync();
            await people;
            if (crowd is not null) await crowd.DisposeAsync();
        }
    }

    private Crowd Audience(Watching now, int viewers, HttpClient http)
    {
        var terms = now.Stage.Terms;
        var size = Math.Min(viewers, terms.Capacity);
        var codes = terms.Entry == Entry.SeatCode && now.Secret is { } secret
            ? SeatCodes.Parts(secret, size).Select(part => SeatCodes.Of(terms.JoinCode, part))
            : Enumerable.Repeat(terms.JoinCode, size);
        var crowd = new CrowdTerms(new Uri(address.Local), http, terms.JoinCode, terms.Language == "zh" ? "zh" : "en", new Ledger(), DropsOut: true) { Codes = [.. codes] };
        return new Crowd(size, Seeds.For(now.Stage.Session.Value.GetHashCode(), 1), crowd, time);
    }

    /// <summary>True once nothing of it is left.</summary>
    private async Task<bool> Discard(SessionId session)
    {
        try
        {
            using var house = door.SpeakAsHouse();
            var gone = await cluster.Session(session).Discard();
            if (!gone.IsDone)
            {
                log.LogWarning("Rehearsal {Session} is not removed yet: {Why}", session, gone.Refusal!.Sentence.Words);
                return false;
            }

            await cluster.Hall().Withdraw(session);
            return true;
        }
#pragma warning disable CA1031 // It is tried again, and at the latest at the next start.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "Rehearsal {Session} could not be removed", session);
            return false;
        }
    }
}

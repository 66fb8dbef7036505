using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Exports;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Sessions;

/// <summary>Who sits where, who may not, and what a late-comer or a doubter may look up.</summary>
public sealed partial class SessionGrain
{
    /// <summary>The sitting of each seat that its shard is known to have on record, as far as this activation asked.</summary>
    private readonly Dictionary<int, int> reseated = [];

    /// <inheritdoc/>
    public async Task<Seating> Join(ViewerId viewer, string? seatCode)
    {
        if (state.Terms is not { } terms) return new Seating(0, Refusals.NoSession);
        if (state.Phase == SessionPhase.Scheduled) return new Seating(0, Refusals.NotOpen);
        if (state.Phase == SessionPhase.Ended) return new Seating(0, Refusals.Ended);
        try
        {
            var before = seats.Count;
            var seating = await seats.TakeAsync(viewer, terms, seatCode, state.Banned);
            if (seats.Count != before) Touch();
            if (seating.Refusal is not null || !state.Sittings.TryGetValue(seating.Seat, out var sitting)) return seating;
            // Nobody gets a ticket of a sitting before the seat's shard refuses the ballots of those before it.
            return await Reseat([sitting]) ? seating with { Sitting = sitting.Number } : new Seating(0, Refusals.Busy);
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogError(trouble, "No seat could be written for session {Session}", id);
            return new Seating(0, Refusals.Busy);
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome> Forget(ViewerId viewer)
    {
        if (state.Terms is null) return Outcome.Done;
        if (seats.Of(viewer) is null) await seats.LoadAsync(CancellationToken.None);
        if (seats.Of(viewer) is not { } seat) return Outcome.Done;
        var outcome = await Carry(now => SessionRules.Leave(state, seat, now));
        if (!outcome.IsDone) return outcome;
        return await Part(seat) & await Free(seat) ? Outcome.Done : new Outcome(Refusals.Busy);
    }

    /// <inheritdoc/>
    public Task<SeatList> Seats() => Task.FromResult(new SeatList(state.Terms?.Capacity ?? 0, seats.Taken, [.. state.Banned]) { Muted = [.. state.House.Muted] });

    /// <inheritdoc/>
    public Task<ImmutableArray<ToldBeat>> Story() =>
        Task.FromResult(film is null ? [] : StageView.Told(state, film));

    /// <inheritdoc/>
    public Task<ImmutableArray<RoundRecord>> Rounds() =>
        Task.FromResult(state.Phase == SessionPhase.Ended && film is not null ? StageView.Rounds(state, film) : []);

    /// <inheritdoc/>
    public async Task<Recording?> Recording()
    {
        if (state.Phase != SessionPhase.Ended || film is null) return null;
        var events = ImmutableArray.CreateBuilder<SessionEvent>();
        await stream.ReadAsync(0, (happened, _) => events.Add(happened), CancellationToken.None);
        return Recordings.Of(id, film, events);
    }

    /// <summary>Carries out what a command does to a seat, once it is on record; false when some of it must be done again.</summary>
    private async Task<bool> Usher(OperatorCommand command) => command.Action switch
    {
        OperatorAction.Kick or OperatorAction.Ban => await Part(command.Seat),
        OperatorAction.Free => await Part(command.Seat) & await Free(command.Seat),
        _ => true,
    };

    /// <summary>Sends the phones of a seat's earlier sittings away, and has its shard take their ballots no more.</summary>
    private async Task<bool> Part(int seat)
    {
        if (!state.Sittings.TryGetValue(seat, out var sitting)) return true;
        watchers.Close(id, sitting);
        return await Reseat([sitting]);
    }

    private async Task<bool> Free(int seat)
    {
        try
        {
            await seats.FreeAsync(seat);
            remarks.Forget(seat);
            suggestions.Forget(seat);
            turnDueMs = Math.Min(turnDueMs, NowMs);
            // The wall at once: what it shows may have been this seat's.
            Publish(NowMs);
            Touch();
            return true;
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogError(trouble, "Seat {Seat} of session {Session} could not be freed", seat, id);
            return false;
        }
    }

    /// <summary>Has the shards put sittings on record; true once all are.</summary>
    private async Task<bool> Reseat(IEnumerable<Sitting> sittings)
    {
        var news = sittings.Where(sitting => reseated.GetValueOrDefault(sitting.Seat) < sitting.Number);
        try
        {
            foreach (var shard in news.GroupBy(sitting => Rules.Voting.Shards.Of(sitting.Seat, state.Terms!.Shards)).ToList())
            {
                await GrainFactory.Audience(new AudienceKey(id, shard.Key)).Reseat([.. shard]);
                foreach (var sitting in shard) reseated[sitting.Seat] = Math.Max(sitting.Number, reseated.GetValueOrDefault(sitting.Seat));
            }

            return true;
        }
        catch (Exception trouble)
        {
            // Whatever a shard threw, whoever asked is told to ask again.
            log.LogError(trouble, "A shard of session {Session} did not put new sittings on record", id);
            return false;
        }
    }
}

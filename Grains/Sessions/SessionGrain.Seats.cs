using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Sessions;

/// <summary>Who sits where, who may not, and what a late-comer or a doubter may look up.</summary>
public sealed partial class SessionGrain
{
    /// <inheritdoc/>
    public async Task<Seating> Join(ViewerId viewer, string? seatCode)
    {
        if (state.Terms is not { } terms) return new Seating(0, Refusals.NoSession);
        if (state.Phase == SessionPhase.Scheduled) return new Seating(0, Refusals.NotOpen);
        if (state.Phase == SessionPhase.Ended) return new Seating(0, Refusals.Ended);
        try
        {
            var before = seats.Count;
            var seating = terms.Entry == Entry.SeatCode
                ? await seats.TakeAsync(viewer, terms, seatCode)
                : await seats.TakeAsync(viewer, terms.Capacity);
            if (seats.Count != before) Touch();
            return state.Banned.Contains(seating.Seat) ? new Seating(0, Refusals.Banned) : seating;
        }
        catch (JournalUnavailableException trouble)
        {
            log.LogError(trouble, "No seat could be written for session {Session}", id);
            return new Seating(0, Refusals.Busy);
        }
    }

    /// <inheritdoc/>
    public Task<SeatList> Seats() => Task.FromResult(new SeatList(state.Terms?.Capacity ?? 0, seats.Taken, [.. state.Banned]));

    /// <inheritdoc/>
    public Task<ImmutableArray<ToldBeat>> Story() =>
        Task.FromResult(film is null ? [] : StageView.Told(state, film));

    /// <inheritdoc/>
    public Task<ImmutableArray<RoundRecord>> Rounds() =>
        Task.FromResult(state.Phase == SessionPhase.Ended ? StageView.Rounds(state) : []);

    /// <summary>Carries out what a command does to a seat, once it is on record.</summary>
    private async Task Usher(OperatorCommand command)
    {
        var why = command.Action switch
        {
            OperatorAction.Kick => Refusals.Kicked,
            OperatorAction.Ban => Refusals.Banned,
            OperatorAction.Free => Refusals.Freed,
            _ => null,
        };
        if (why is null) return;
        if (command.Action == OperatorAction.Free)
        {
            try
            {
                await seats.FreeAsync(command.Seat);
            }
            catch (JournalUnavailableException trouble)
            {
                log.LogError(trouble, "Seat {Seat} of session {Session} could not be freed; free it again", command.Seat, id);
            }
        }

        watchers.Close(id, command.Seat, why);
    }
}

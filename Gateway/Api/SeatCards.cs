using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Api;

/// <summary>A seat's code, as it is handed out.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Code">To type.</param>
/// <param name="Url">To scan.</param>
internal sealed record SeatCard(int Seat, string Code, string Url);

/// <summary>Cards to hand out, or why not.</summary>
/// <param name="Cards">By seat.</param>
/// <param name="Capacity">Seats of the session.</param>
/// <param name="Title">The film's title.</param>
/// <param name="Begins">When the show is to begin, on this machine's clock, or <see langword="null"/>: cards of two evenings must not be mistaken for each other.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
internal sealed record SeatStack(ImmutableArray<SeatCard> Cards, int Capacity, Text? Title, DateTimeOffset? Begins, Refusal? Refusal)
{
    /// <summary>No cards.</summary>
    public static SeatStack Not(Refusal refusal) => new([], 0, null, null, refusal);
}

/// <summary>Makes seat codes visible. The session puts on record who asked for which before anyone sees one.</summary>
internal sealed class SeatCards(IClusterClient cluster, HallAddress address, TimeProvider time)
{
    /// <summary>The cards of seats <paramref name="from"/> to <paramref name="to"/>; the session's last seat, or the most that may be asked for at once, when left out or beyond.</summary>
    public async Task<SeatStack> Take(SessionId session, string by, int from, int? to)
    {
        if (await cluster.Session(session).Look() is not { } present) return SeatStack.Not(Gateway.Refusals.NoSession);
        var terms = present.Stage.Terms;
        var last = Math.Min(to ?? (from + SessionRules.MostPrinted - 1), terms.Capacity);
        var outcome = await cluster.Session(session).Operate(new OperatorCommand(OperatorAction.PrintCodes, by, "", 0, false, from, last));
        if (outcome.Refusal is { } refusal) return SeatStack.Not(refusal);
        if (present.Secret is not { } secret) return SeatStack.Not(Rules.Sessions.Refusals.NoSeatCodes);
        var parts = SeatCodes.Parts(secret, last);
        return new SeatStack(
            [.. Enumerable.Range(from, last - from + 1).Select(seat => Card(seat, SeatCodes.Of(terms.JoinCode, parts[seat - 1])))],
            terms.Capacity,
            present.Stage.Film.Title,
            terms.ScheduledMs == 0 ? null : TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(terms.ScheduledMs), time.LocalTimeZone),
            null);
    }

    private SeatCard Card(int seat, string code) => new(seat, code, address.Join(code));
}

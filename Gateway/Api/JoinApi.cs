using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a phone sends to come in.</summary>
/// <param name="Code">The join code on the screen, or the code of a seat on a card; case, spaces and hyphens do not matter.</param>
/// <param name="Device">What the server gave this device before, if it did.</param>
/// <param name="Language">BCP 47 tag of the interface.</param>
internal sealed record JoinRequest(string? Code, string? Device, string? Language);

/// <summary>A seat.</summary>
/// <param name="Ticket">Opens the audience hub; for this session and seat only.</param>
/// <param name="Device">To keep, and to give back next time.</param>
/// <param name="Session">The session.</param>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="ExpiresMs">When the ticket lapses, UTC milliseconds.</param>
internal sealed record JoinAnswer(string Ticket, string Device, SessionId Session, int Seat, long ExpiresMs);

/// <summary><c>POST /api/join</c>.</summary>
internal static class JoinApi
{
    /// <summary>Spaces and hyphens included.</summary>
    private const int LongestCode = 32;

    /// <summary>Maps the call.</summary>
    public static void MapJoin(this IEndpointRouteBuilder routes) => routes.MapPost("/join", Join)
        .WithSummary("Takes a seat with a join code or a seat code; the same device gets the same seat.")
        .Produces<JoinAnswer>()
        .Produces<Refusal>(StatusCodes.Status403Forbidden)
        .Produces<Refusal>(StatusCodes.Status404NotFound)
        .Produces<Refusal>(StatusCodes.Status409Conflict)
        .Produces<Refusal>(StatusCodes.Status429TooManyRequests)
        .Produces<Refusal>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Join(
        JoinRequest request, HttpContext http, IClusterClient cluster, Tickets tickets, JoinGate gate, VisitNotes notes, Draining draining)
    {
        if (draining.Started) return Answers.Refuse(Refusals.Busy);
        var address = http.Connection.RemoteIpAddress;
        var code = request.Code?.Trim() ?? "";
        var (joinCode, seatCode) = SeatCodes.Split(code);
        if (!gate.MayTry(address, code)) return Answers.Refuse(Refusals.SlowDown);
        // A try at a seat's code may take the seat, so it is paid for first; the hall's own code is one for all.
        var fare = seatCode is null ? JoinFare.Free : gate.Pay(address, code);
        if (fare == JoinFare.None) return Answers.Refuse(Refusals.SlowDown);
        if (code.Length is 0 or > LongestCode || await cluster.Hall().Find(joinCode) is not { } session)
        {
            return Answers.Refuse(seatCode is null ? gate.Wrong(address) : JoinGate.Wrong(fare, Refusals.UnknownCode));
        }

        if (seatCode is null && !gate.Right(address, code)) return Answers.Refuse(Refusals.SlowDown);

        // A device string of another hall, or a damaged one, is a new device: nobody is kept out for it.
        var viewer = tickets.TryReadDevice(request.Device, out var known) ? known : ViewerId.New();
        var seating = await cluster.Session(session).Join(viewer, seatCode);
        if (seating.Refusal is { } refusal)
        {
            var guessed = seatCode is not null && string.Equals(refusal.Code, Refusals.UnknownCode.Code, StringComparison.Ordinal);
            return Answers.Refuse(guessed ? JoinGate.Wrong(fare, refusal) : refusal);
        }

        if (seatCode is not null) gate.PayBack(address, code, fare);
        await notes.Remember(viewer, session, seating.Seat, request.Language);
        var (ticket, expires) = tickets.Issue(new ViewerTicket(session, seating.Seat, viewer, seating.Sitting));
        return Results.Json(new JoinAnswer(ticket, tickets.IssueDevice(viewer), session, seating.Seat, expires), Json.Options);
    }
}

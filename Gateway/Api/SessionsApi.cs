using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Demo;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a wall needs.</summary>
/// <param name="Ticket">Opens the wall hub.</param>
/// <param name="Url">The wall page's address, ticket included; whoever has it sees the wall.</param>
internal sealed record WallTicketAnswer(string Ticket, string Url);

/// <summary>Films and sessions, for staff; a session's QR code, for anyone.</summary>
internal static class SessionsApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/films", async (Screenings screenings) => Results.Json(await screenings.Films(), Json.Options))
            .WithSummary("The films of this hall.")
            .RequireAuthorization(Policies.Staff)
            .Produces<FilmCard[]>();
        routes.MapGet("/sessions", async (Screenings screenings, CancellationToken stop) => Results.Json(await screenings.List(stop), Json.Options))
            .WithSummary("The sessions, at most 50: what runs, what is to come by its time, what is over.")
            .RequireAuthorization(Policies.Staff)
            .Produces<ScreeningRow[]>();
        routes.MapPost("/sessions", Create)
            .WithSummary("Schedules a session.")
            .RequireAuthorization(Policies.Operator)
            .Produces<HallSession>(StatusCodes.Status201Created)
            .Produces<Refusal>(StatusCodes.Status400BadRequest);
        routes.MapPost("/sessions/{id}/wall-ticket", WallTicket)
            .WithSummary("A ticket for a big screen, good for twelve hours.")
            .RequireAuthorization(Policies.Operator)
            .Produces<WallTicketAnswer>()
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapGet("/sessions/{id}/join.svg", JoinCode)
            .WithSummary("The QR code of the join address.")
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml")
            .Produces<Refusal>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Create(ScreeningRequest request, Screenings screenings, RehearsalHouse rehearsals)
    {
        if (request.Rehearsal && !rehearsals.HasRoom) return Answers.Refuse(Refusals.RehearsalsFull);
        var scheduling = await screenings.Schedule(request);
        if (request.Rehearsal && scheduling.Session is { } rehearsal) rehearsals.Begin(rehearsal.Session, request.Viewers);
        return scheduling.Session is { } session
            ? Results.Json(session, Json.Options, statusCode: StatusCodes.Status201Created)
            : Answers.Refuse(scheduling.Refusal!);
    }

    private static async Task<IResult> WallTicket(string id, IClusterClient cluster, Tickets tickets, HallAddress address)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session)) return Answers.Refuse(Refusals.NoSession);
        var ticket = tickets.IssueWall(session);
        return Results.Json(new WallTicketAnswer(ticket, address.Wall(ticket)), Json.Options);
    }

    private static async Task<IResult> JoinCode(string id, HttpContext http, IClusterClient cluster, HallAddress address)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session) || await cluster.Session(session).Look() is not { Stage: var stage })
        {
            return Answers.Refuse(Refusals.NoSession);
        }

        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Text(QrCode.Svg(address.Join(stage.Terms.JoinCode)), "image/svg+xml");
    }
}

using System.Globalization;
using System.Security.Claims;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Gateway.Api;

/// <summary>Seats and their codes, for operators.</summary>
internal static class SeatsApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapSeats(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/seats", Seats)
            .WithSummary("Which seats are taken, and which are banned.")
            .RequireAuthorization(Policies.Operator)
            .Produces<SeatList>()
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapGet("/sessions/{id}/seat-codes", Codes)
            .WithSummary("The codes of seats, at most 500 at once; it goes on record who saw them.")
            .RequireAuthorization(Policies.Operator)
            .Produces<SeatCard[]>()
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        routes.MapGet("/sessions/{id}/seat-codes.svg", Sheet)
            .WithSummary("A page of 24 seat cards to print and cut; it goes on record who printed them.")
            .RequireAuthorization(Policies.Operator)
            .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml")
            .Produces<Refusal>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Seats(string id, HttpContext http, IClusterClient cluster)
    {
        if (!SessionId.TryParse(id, out var session)) return Answers.Refuse(Refusals.NoSession);
        var seats = await cluster.Session(session).Seats();
        http.Response.Headers.CacheControl = "no-store";
        return seats.Capacity == 0 ? Answers.Refuse(Refusals.NoSession) : Results.Json(seats, Json.Options);
    }

    private static async Task<IResult> Codes(string id, int? from, int? to, HttpContext http, ClaimsPrincipal user, SeatCards cards)
    {
        if (!SessionId.TryParse(id, out var session)) return Answers.Refuse(Refusals.NoSession);
        var stack = await cards.Take(session, user.Identity!.Name!, from ?? 1, to);
        http.Response.Headers.CacheControl = "no-store";
        return stack.Refusal is { } refusal ? Answers.Refuse(refusal) : Results.Json(stack.Cards, Json.Options);
    }

    private static async Task<IResult> Sheet(string id, int? page, HttpContext http, ClaimsPrincipal user, SeatCards cards)
    {
        if (!SessionId.TryParse(id, out var session)) return Answers.Refuse(Refusals.NoSession);
        var number = page ?? 1;
        if (number is < 1 or > TermsPages) return Answers.Refuse(Refusals.BadRequest);
        var stack = await cards.Take(session, user.Identity!.Name!, ((number - 1) * SeatSheet.Cards) + 1, number * SeatSheet.Cards);
        http.Response.Headers.CacheControl = "no-store";
        if (stack.Refusal is { } refusal) return Answers.Refuse(refusal);
        var pages = (stack.Capacity + SeatSheet.Cards - 1) / SeatSheet.Cards;
        http.Response.Headers["X-Pages"] = pages.ToString(CultureInfo.InvariantCulture);
        return Results.Text(SeatSheet.Svg(stack.Title!, stack.Cards, number, pages, stack.Begins), "image/svg+xml");
    }

    /// <summary>More pages than any session has cards for.</summary>
    private const int TermsPages = Rules.Sessions.TermsCheck.MostSeats;
}

using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.House;

namespace Orleans.Story.Gateway.Api;

/// <summary><c>GET /api/house</c>.</summary>
internal static class HouseApi
{
    /// <summary>Maps the call.</summary>
    public static void MapHouse(this IEndpointRouteBuilder routes) => routes.MapGet("/house", House)
        .WithSummary("This hall's screenings and alarms, for staff or with the house's read token as bearer. No viewer, no staff and no code is in it.")
        .RequireAuthorization(Policies.House)
        .Produces<HouseHall>()
        .Produces<Refusal>(StatusCodes.Status401Unauthorized)
        .Produces<Refusal>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> House(HttpContext http, HouseFeed house)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(await house.Hall(), Json.Options);
    }
}

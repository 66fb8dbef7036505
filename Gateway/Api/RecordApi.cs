using System.Security.Claims;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;

namespace Orleans.Story.Gateway.Api;

/// <summary>What was told, for late-comers; what was decided, for everyone once it is over.</summary>
internal static class RecordApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapRecord(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/story", Story)
            .WithSummary("Every beat told so far; with the viewer's ticket as bearer.")
            .RequireAuthorization(Policies.Viewer)
            .Produces<ToldBeat[]>()
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status403Forbidden)
            .Produces<Refusal>(StatusCodes.Status429TooManyRequests);
        routes.MapGet("/sessions/{id}/record", Record)
            .WithSummary("Every decided round with all its ballots, or one round, once the show has ended.")
            .Produces<ShowRecord>()
            .Produces<Refusal>(StatusCodes.Status404NotFound)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        routes.MapRecording();
    }

    private static async Task<IResult> Story(HttpContext http, ClaimsPrincipal user, SessionFeeds feeds, CancellationToken stop)
    {
        var feed = feeds.Of(user.Session());
        if (await feed.Known(stop) is not { } present) return Answers.Refuse(Refusals.Busy);
        if (present.Over(user.Seat(), user.Sitting()) is { } over) return Answers.Refuse(over);
        if (!feed.Seats.MayAsk(user.Seat())) return Answers.Refuse(Refusals.SlowDown);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(await feed.Story(), "application/json; charset=utf-8");
    }

    private static async Task<IResult> Record(string id, int? round, HttpContext http, Records records)
    {
        if (!SessionId.TryParse(id, out var session)) return Answers.Refuse(Refusals.NoSession);
        var kept = await records.Of(session);
        if (kept.Value is not { } pages) return Answers.Refuse(kept.Refusal ?? Refusals.Busy);
        http.Response.Headers.CacheControl = "public, max-age=86400, immutable";
        return new Pages(pages, round is null ? [.. pages.Rounds.Values] : pages.Rounds.TryGetValue(round.Value, out var one) ? [one] : []);
    }

    /// <summary>Writes pages as they lie in memory.</summary>
    private sealed class Pages(RecordPages record, byte[][] rounds) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, stop) = (httpContext.Response, httpContext.RequestAborted);
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = record.Head.Length + rounds.Sum(round => (long)round.Length) + Math.Max(0, rounds.Length - 1) + 2;
            await response.Body.WriteAsync(record.Head, stop);
            for (var i = 0; i < rounds.Length; i++)
            {
                if (i > 0) await response.Body.WriteAsync(","u8.ToArray(), stop);
                await response.Body.WriteAsync(rounds[i], stop);
            }

            await response.Body.WriteAsync("]}"u8.ToArray(), stop);
        }
    }
}

using System.Collections.Immutable;
using System.Security.Claims;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a phone asks beside the story.</summary>
/// <param name="Kind"><c>Missed</c>, <c>Scene</c>, <c>Talk</c>, or <c>Review</c> once the show has ended.</param>
/// <param name="Language">BCP 47 tag of the answer.</param>
/// <param name="Character">Id of the character who is spoken to.</param>
/// <param name="Words">What is said to them, 1–80 characters.</param>
internal sealed record AsideCall(string? Kind, string? Language, string? Character, string? Words);

/// <summary>An answer beside the story.</summary>
/// <param name="Words">The words.</param>
/// <param name="Writer">Who wrote them: a model's name, or <c>storylet</c> for the film's own.</param>
internal sealed record AsideSaid(string Words, string Writer);

/// <summary>Whom a viewer may speak to.</summary>
/// <param name="Characters">Those who have been in the story; empty where no model writes.</param>
internal sealed record AsideCompany(ImmutableArray<Met> Characters);

/// <summary><c>/api/sessions/{id}/aside</c>: private to the viewer, kept nowhere.</summary>
internal static class AsideApi
{
    /// <summary>Maps the call.</summary>
    public static void MapAsides(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/aside", Company)
            .WithSummary("Characters a viewer may speak to at this point of the story; with the viewer's ticket as bearer.")
            .RequireAuthorization(Policies.Viewer)
            .Produces<AsideCompany>()
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status403Forbidden)
            .Produces<Refusal>(StatusCodes.Status429TooManyRequests);
        MapSay(routes);
    }

    private static void MapSay(IEndpointRouteBuilder routes) => routes.MapPost("/sessions/{id}/aside", Say)
        .WithSummary("What a viewer missed, what there is to see, a word with a character, a review after the end; with the viewer's ticket as bearer.")
        .RequireAuthorization(Policies.Viewer)
        .Produces<AsideSaid>()
        .Produces<Refusal>(StatusCodes.Status400BadRequest)
        .Produces<Refusal>(StatusCodes.Status401Unauthorized)
        .Produces<Refusal>(StatusCodes.Status403Forbidden)
        .Produces<Refusal>(StatusCodes.Status409Conflict)
        .Produces<Refusal>(StatusCodes.Status429TooManyRequests)
        .Produces<Refusal>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Company(HttpContext http, ClaimsPrincipal user, SessionFeeds feeds, IClusterClient cluster, CancellationToken stop)
    {
        var feed = feeds.Of(user.Session());
        if (await feed.Known(stop) is not { } present) return Answers.Refuse(Refusals.Busy);
        if (present.Over(user.Seat(), user.Sitting()) is { } over) return Answers.Refuse(over);
        if (!feed.Seats.MayAsk(user.Seat())) return Answers.Refuse(Refusals.SlowDown);
        http.Response.Headers.CacheControl = "no-store";
        var speak = (await cluster.Pool().Workers()).Any(worker => worker.Model != StoryletTelling.Writer);
        return Results.Json(new AsideCompany(speak ? await feed.Session.Company() : []));
    }

    private static async Task<IResult> Say(AsideCall call, HttpContext http, ClaimsPrincipal user, SessionFeeds feeds, IClusterClient cluster, CancellationToken stop)
    {
        var feed = feeds.Of(user.Session());
        if (await feed.Known(stop) is not { } present) return Answers.Refuse(Refusals.Busy);
        if (present.Over(user.Seat(), user.Sitting()) is { } over) return Answers.Refuse(over);
        if (!EnumNames.TryRead<AsideKind>(call.Kind, out var kind) || kind == AsideKind.Summary || call.Language is null) return Answers.Refuse(Refusals.BadRequest);
        if (kind == AsideKind.Talk)
        {
            if (present.Muted.Contains(user.Seat())) return Answers.Refuse(RemarkRefusals.Muted);
            if (RemarkWords.Clean(call.Words) is null) return Answers.Refuse(RemarkRefusals.BadRemark);
            if (!feed.Seats.MayTalk(user.Seat())) return Answers.Refuse(AsideRefusals.TooSoon);
        }
        else if (!feed.Seats.MayAsk(user.Seat()))
        {
            return Answers.Refuse(Refusals.SlowDown);
        }

        http.Response.Headers.CacheControl = "no-store";
        var asked = await feed.Session.Aside(new AsideRequest(kind, call.Language, call.Character, call.Words));
        if (asked.Order is not { } order) return Answers.Refuse(asked.Refusal ?? Refusals.Busy);
        var said = await cluster.Aside(user.Session()).Say(order);
        return said.Words is { } words ? Results.Json(new AsideSaid(words, said.Writer)) : Answers.Refuse(said.Refusal ?? AsideRefusals.NobodyAnswers);
    }
}

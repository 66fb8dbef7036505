using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Rules.Preflight;

namespace Orleans.Story.Gateway.Preflight;

/// <summary>What an operator wants on the walls.</summary>
/// <param name="On">The test picture, or not.</param>
/// <param name="Tone">Whether the tone is to be played.</param>
internal sealed record TestPictureRequest(bool On, bool Tone);

/// <summary>The check before a show.</summary>
internal static class PreflightApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapPreflight(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/preflight", Check)
            .WithSummary("Whether the hall is ready: wall, sound, network, disk, writer, clock, journal, each with the mend. only: some of them, joined by a comma; offset: the console's clock minus the server's, milliseconds.")
            .RequireAuthorization(Policies.Operator)
            .Produces<PreflightReport>()
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapPost("/sessions/{id}/test-picture", Picture)
            .WithSummary("Shows a test picture on the session's walls, with a tone if wanted, or takes it off; not while a show runs.")
            .RequireAuthorization(Policies.Operator)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status404NotFound)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        routes.MapPost("/sessions/{id}/heard", Heard)
            .WithSummary("Says that the tone was heard in the hall.")
            .RequireAuthorization(Policies.Operator)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapGet("/echo", Echo)
            .WithSummary("Nothing, at once: a viewer's page measures the way here by it, and says the last round trip it measured, milliseconds.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Check(
        string id, string? only, double? offset, HttpContext http, IClusterClient cluster, PreflightGathering gathering, CancellationToken stop)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session)) return Answers.Refuse(Refusals.NoSession);
        PreflightItem[]? items = null;
        if (!string.IsNullOrEmpty(only))
        {
            items = new PreflightItem[only.AsSpan().Count(',') + 1];
            var names = only.Split(',');
            for (var i = 0; i < names.Length; i++)
            {
                if (!EnumNames.TryRead(names[i], out items[i])) return Answers.Refuse(Refusals.BadRequest);
            }
        }

        var wanted = offset is { } told && double.IsFinite(told) ? offset : null;
        if (await gathering.Find(session, wanted, items ?? Enum.GetValues<PreflightItem>(), stop) is not { } facts) return Answers.Refuse(Refusals.NoSession);
        var report = PreflightRules.Judge(facts, items);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(report, Json.Options);
    }

    private static async Task<IResult> Picture(
        string id, TestPictureRequest request, IClusterClient cluster, SessionFeeds feeds, WallTests tests, CancellationToken stop)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session)) return Answers.Refuse(Refusals.NoSession);
        var feed = feeds.Of(session);
        if (await feed.Known(stop) is not { } present) return Answers.Refuse(Refusals.NoSession);
        if (tests.Ask(session, present.Stage.Phase, request.On, request.Tone) is not { } picture) return Answers.Refuse(Refusals.ShowRuns);
        feed.Test(picture);
        return Results.NoContent();
    }

    private static async Task<IResult> Heard(string id, IClusterClient cluster, WallTests tests)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session)) return Answers.Refuse(Refusals.NoSession);
        tests.Heard(session);
        return Results.NoContent();
    }

    private static IResult Echo(double? ms, HttpContext http, HallDevices devices)
    {
        devices.Saw(http.Connection.RemoteIpAddress, ms);
        http.Response.Headers.CacheControl = "no-store";
        return Results.NoContent();
    }
}

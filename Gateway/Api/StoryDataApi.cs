using System.Globalization;
using Microsoft.Net.Http.Headers;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Rules.Exports.Data;

namespace Orleans.Story.Gateway.Api;

/// <summary>
/// A show as data for whoever trains or measures a writer, once it has ended. For directors: it holds roads that nobody saw and
/// what the film's characters keep to themselves.
/// </summary>
internal static class StoryDataApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapStoryData(this IEndpointRouteBuilder routes)
    {
        Map("story", StoryForm.Beats, "A show that has ended as JSON Lines, one a beat that was written, told or not; for directors. docs/data-out.md describes it.");
        Map("story.chat", StoryForm.Chat, "The same as conversations, as fine-tuning tools read them; for directors.");

        void Map(string name, StoryForm form, string summary) => routes
            .MapGet($"/sessions/{{id}}/{name}.jsonl", (string id, HttpContext http, IClusterClient cluster, GatewayOptions options) => Data(id, name, form, http, cluster, options))
            .WithSummary(summary)
            .RequireAuthorization(Policies.Director)
            .Produces(StatusCodes.Status200OK, contentType: "application/jsonl")
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status403Forbidden)
            .Produces<Refusal>(StatusCodes.Status404NotFound)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Data(string id, string name, StoryForm form, HttpContext http, IClusterClient cluster, GatewayOptions options)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session) || await cluster.Session(session).Look() is not { } present)
            return Answers.Refuse(Refusals.NoSession);
        // A writer's own rehearsal, in a folder of its own, may be read; of any other nothing is kept.
        if (present.Stage.Terms.Rehearsal && options.Rehearse is null) return Answers.Refuse(Refusals.OnlyRehearsed);
        if (present.Stage.Phase != SessionPhase.Ended) return Answers.Refuse(Rules.Sessions.Refusals.NotEnded);
        if (await cluster.Session(session).Data(form) is not { } data) return Answers.Refuse(Refusals.NeverStarted);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(data.StartedMs);
        var file = string.Create(CultureInfo.InvariantCulture, $"{data.Film.Film.Slug}-{start:yyyy-MM-dd-HHmm}.{name}.jsonl");
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = file }.ToString();
        return Results.Bytes(StoryJsonl.File(data.Lines), "application/jsonl; charset=utf-8");
    }
}

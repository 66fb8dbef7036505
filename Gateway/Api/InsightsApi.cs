using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Rules.Exports;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a show was like, for its staff, once it has ended: one JSON for the page, tables to keep.</summary>
internal static class InsightsApi
{
    private static readonly FrozenDictionary<string, Func<Insights, string, byte[]>> Tables = new Dictionary<string, Func<Insights, string, byte[]>>(StringComparer.Ordinal)
    {
        ["rounds"] = InsightsCsv.Rounds,
        ["feelings"] = InsightsCsv.Feelings,
        ["interventions"] = InsightsCsv.Interventions,
        ["beats"] = WritersCsv.Beats,
        ["writers"] = WritersCsv.Writers,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Maps the calls.</summary>
    public static void MapInsights(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/insights.json", Whole)
            .WithSummary("Turnout, rounds, feelings, dead air, interventions and writers of a show that has ended; for staff.")
            .RequireAuthorization(Policies.Staff)
            .Produces<Insights>()
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status404NotFound)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        foreach (var (name, write) in Tables)
        {
            routes.MapGet($"/sessions/{{id}}/{name}.csv", (string id, string? language, HttpContext http, InsightsShelf shelf) => Table(id, name, write, language, http, shelf))
                .WithSummary($"The {name} of a show that has ended, as CSV with the mark of UTF-8; for staff. language: en (when left out) or zh.")
                .RequireAuthorization(Policies.Staff)
                .Produces(StatusCodes.Status200OK, contentType: "text/csv")
                .Produces<Refusal>(StatusCodes.Status401Unauthorized)
                .Produces<Refusal>(StatusCodes.Status404NotFound)
                .Produces<Refusal>(StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> Whole(string id, HttpContext http, InsightsShelf shelf)
    {
        var (file, refusal) = await Find(id, shelf);
        if (file is null) return Answers.Refuse(refusal!);
        Headers(http, file.Show, "insights", "json");
        return Results.Bytes(file.Json, "application/json; charset=utf-8");
    }

    private static async Task<IResult> Table(string id, string name, Func<Insights, string, byte[]> write, string? language, HttpContext http, InsightsShelf shelf)
    {
        if (language is not (null or "" or "en" or "zh")) return Answers.Refuse(Refusals.UnknownTableLanguage);
        var (file, refusal) = await Find(id, shelf);
        if (file is null) return Answers.Refuse(refusal!);
        Headers(http, file.Show, name, "csv");
        return Results.Bytes(write(file.Show, language is "zh" ? "zh" : "en"), "text/csv; charset=utf-8");
    }

    private static async Task<(InsightsFile? File, Refusal? Refusal)> Find(string id, InsightsShelf shelf)
    {
        if (!SessionId.TryParse(id, out var session)) return (null, Refusals.NoSession);
        var kept = await shelf.Of(session);
        return (kept.Value, kept.Refusal ?? (kept.Value is null ? Refusals.Busy : null));
    }

    /// <summary>Staff are named in it: it stays in no cache on the way.</summary>
    private static void Headers(HttpContext http, Insights show, string what, string end)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(show.StartedMs);
        var name = string.Create(CultureInfo.InvariantCulture, $"{show.Film.Film.Slug}-{start:yyyy-MM-dd-HHmm}.{what}.{end}");
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
    }
}

/// <summary>The insights with their JSON; tables are made when somebody asks.</summary>
/// <param name="Show">The insights.</param>
/// <param name="Json">As the page reads them.</param>
internal sealed record InsightsFile(Insights Show, byte[] Json)
{
    /// <summary>What it holds, bytes: the JSON, and the words at two bytes a letter with their objects.</summary>
    public long Size => 4L * Json.Length;
}

/// <summary>The insights of shows that have ended; see <see cref="RecordKeeper{T}"/> for how they are kept.</summary>
internal sealed class InsightsShelf : IDisposable
{
    private readonly IClusterClient cluster;
    private readonly RecordKeeper<InsightsFile> keeper;

    /// <summary>Nothing is kept yet.</summary>
    public InsightsShelf(IClusterClient cluster, Playbill playbill, TimeProvider time)
    {
        this.cluster = cluster;
        keeper = new RecordKeeper<InsightsFile>(playbill, time, Read, file => file.Size);
    }

    /// <summary>The insights, or why not.</summary>
    public Task<Kept<InsightsFile>> Of(SessionId session) => keeper.Of(session);

    /// <inheritdoc/>
    public void Dispose() => keeper.Dispose();

    private async Task<Kept<InsightsFile>> Read(SessionId session)
    {
        if (await cluster.Session(session).Look() is not { } present) return Kept<InsightsFile>.Not(Refusals.NoSession);
        if (present.Stage.Phase != SessionPhase.Ended) return Kept<InsightsFile>.Not(Rules.Sessions.Refusals.NotEnded);
        return await cluster.Session(session).Insights() is { } show ? new Kept<InsightsFile>(new InsightsFile(show, JsonSerializer.SerializeToUtf8Bytes(show, Json.Options)), null) : Kept<InsightsFile>.Not(Refusals.NeverStarted);
    }
}

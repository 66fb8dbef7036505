using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Net.Http.Headers;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Gateway.Api;

/// <summary>The recording of a show, once it has ended, as a file to keep.</summary>
internal static class RecordingApi
{
    /// <summary>Maps the call.</summary>
    public static void MapRecording(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions/{id}/recording.{format}", Recording)
            .WithSummary(
                "The show as it was told, once it has ended: json, fountain, vtt, chapters.vtt, srt or ink. "
                + "language: one of the film's, the telling language when left out; two joined by a comma for vtt and srt.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: ["text/vtt", "text/plain", "application/x-subrip"])
            .Produces<Refusal>(StatusCodes.Status400BadRequest)
            .Produces<Refusal>(StatusCodes.Status404NotFound)
            .Produces<Refusal>(StatusCodes.Status409Conflict)
            .Produces<Refusal>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Recording(string id, string format, string? language, HttpContext http, RecordingShelf shelf)
    {
        if (!RecordingFormat.All.TryGetValue(format, out var wanted)) return Answers.Refuse(Refusals.UnknownFormat);
        if (!SessionId.TryParse(id, out var session)) return Answers.Refuse(Refusals.NoSession);
        var kept = await shelf.Of(session);
        if (kept.Value is not { } files) return Answers.Refuse(kept.Refusal ?? Refusals.Busy);
        if (Languages(files.Show, wanted, language) is not { } languages)
            return Answers.Refuse(Refusals.UnknownLanguage(string.Join(", ", files.Show.Film.Languages)));
        http.Response.Headers.CacheControl = "public, max-age=86400, immutable";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = Name(files.Show, languages, format) }.ToString();
        return Results.Bytes(files.In(wanted, languages), wanted.Type);
    }

    /// <summary>The languages asked for, each the film's and none twice; <see langword="null"/> where that is not so.</summary>
    private static ImmutableArray<string>? Languages(Recording show, RecordingFormat format, string? asked)
    {
        ImmutableArray<string> languages = string.IsNullOrEmpty(asked) ? [show.Language] : [.. asked.Split(',')];
        if (!languages.All(show.Film.Languages.Contains) || languages.Distinct(StringComparer.Ordinal).Count() < languages.Length) return null;
        if (format.Languages == 0) return [];
        return languages.Length <= format.Languages ? languages : null;
    }

    /// <summary>Film, start and language: <c>last-ferry-2026-01-17-2000.en.vtt</c>.</summary>
    private static string Name(Recording show, ImmutableArray<string> languages, string format)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(show.StartedMs);
        var tongues = languages.IsEmpty ? "" : "." + string.Join('-', languages);
        return string.Create(CultureInfo.InvariantCulture, $"{show.Film.Film.Slug}-{start:yyyy-MM-dd-HHmm}{tongues}.{format}");
    }
}

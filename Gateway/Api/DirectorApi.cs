using System.Collections.Immutable;
using System.Security.Claims;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hubs;

namespace Orleans.Story.Gateway.Api;

/// <summary>A director's command as the page sends it.</summary>
/// <param name="Action">What: the name of a <see cref="DirectorAction"/>.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Beat">The beat it is about, its ordinal; −1 or left out where it is about none.</param>
/// <param name="Option">The option that leads to that beat; −1 for the opening.</param>
/// <param name="Lines">For a revision: all lines of the beat.</param>
/// <param name="Name">A storylet, a fact or a word.</param>
/// <param name="Tension">0–1, or left out for the film's arc.</param>
/// <param name="Veto">How beats wait for a yes, or left out for no longer.</param>
internal sealed record DirectSession(
    string? Action, string? Reason, int Beat = -1, int Option = 0, ImmutableArray<DirectedLine>? Lines = null, string? Name = null, double? Tension = null,
    DirectedVeto? Veto = null);

/// <summary>A line as the page sends it.</summary>
/// <param name="Speaker">A character's id, or <see langword="null"/> for narration.</param>
/// <param name="Words">What is said, by language.</param>
internal sealed record DirectedLine(string? Speaker, Text? Words);

/// <summary>A veto window as the page sends it.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="Otherwise">The name of an <see cref="Unanswered"/>.</param>
internal sealed record DirectedVeto(int Seconds, string? Otherwise);

/// <summary>The script and what a director does to it. Over REST, since a beat in two languages is longer than a frame may be.</summary>
internal static class DirectorApi
{
    private const int LongestReason = 200;

    /// <summary>Maps the calls.</summary>
    public static void MapDirector(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions/{id}/script", Script)
            .WithSummary("The story as its director sees it: what is told, what may come, and why.")
            .RequireAuthorization(Policies.Director)
            .Produces<Script>()
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        routes.MapPost("/sessions/{id}/script", Direct)
            .WithSummary("Carries out a director's command.")
            .RequireAuthorization(Policies.Director)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status400BadRequest)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Script(string id, HttpContext http, IClusterClient cluster)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session) || await cluster.Session(session).Script() is not { } script)
            return Answers.Refuse(Refusals.NoSession);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(script, Json.Options);
    }

    private static async Task<IResult> Direct(string id, DirectSession command, ClaimsPrincipal user, IClusterClient cluster)
    {
        if (!SessionId.TryParse(id, out var session) || !await cluster.Knows(session)) return Answers.Refuse(Refusals.NoSession);
        var otherwise = Unanswered.Air;
        if (!EnumNames.TryRead<DirectorAction>(command.Action, out var action)
            || (command.Reason?.Length ?? 0) > LongestReason || !PlainWords.Are(command.Reason ?? "")
            || command.Lines is { } lines && (lines.IsDefault || lines.Any(line => line?.Words is null))
            || command.Veto is { } veto && !EnumNames.TryRead(veto.Otherwise, out otherwise))
        {
            return Answers.Refuse(Refusals.BadCommand);
        }

        var outcome = await cluster.Session(session).Direct(new DirectorCommand
        {
            Action = action,
            By = user.Identity!.Name!,
            Reason = command.Reason ?? "",
            Beat = command.Beat,
            Option = command.Option,
            Lines = command.Lines is { } said ? [.. said.Select(line => new Line(line.Speaker, line.Words!))] : null,
            Name = command.Name,
            Tension = command.Tension,
            Veto = command.Veto is { } window ? new VetoWindow(window.Seconds, otherwise) : null,
        });
        return outcome.Refusal is { } refusal ? Answers.Refuse(refusal) : Results.NoContent();
    }
}

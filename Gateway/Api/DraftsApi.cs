using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Rules.Drafting;
using Orleans.Story.Rules.Films.Audit;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Api;

/// <summary>What a draft begins with, as the page sends it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Genre">In the person's words.</param>
/// <param name="Premise">About three sentences.</param>
/// <param name="Languages">The film's languages, the original first.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Text">A treatment or screenplay that is brought along.</param>
/// <param name="Name">Its file name.</param>
internal sealed record BeginDraft(string? Title, string? Genre, string? Premise, ImmutableArray<string>? Languages, long Seed = 1, string? Text = null, string? Name = null);

/// <summary>What a person does with a part.</summary>
/// <param name="Action">accept, another, reject, choose, replace or all.</param>
/// <param name="Alternative">For choose: which wording.</param>
/// <param name="Content">For replace: the part's text.</param>
internal sealed record DraftAction(string? Action, int Alternative = -1, string? Content = null);

/// <summary>A piece of advice as the page shows it.</summary>
internal sealed record AdviceCard(string Kind, bool Must, string? Part, Text What, Text Mend);

/// <summary>What 200 audiences saw.</summary>
internal sealed record AdviceSheet(bool IsFilm, bool IsReady, int Shows, int ShortestMinutes, int LongestMinutes, ImmutableArray<Reach> Endings, ImmutableArray<AdviceCard> Advice);

/// <summary>A draft without what was brought along, which the page has already.</summary>
internal sealed record DraftCard(string Slug, string Genre, Text Title, ImmutableArray<string> Languages, ImmutableArray<Text> Notes, ImmutableArray<DraftPart> Parts);

/// <summary><c>/api/drafts</c>: from premise to film, for directors.</summary>
internal static class DraftsApi
{
    /// <summary>Largest request, bytes: a screenplay of three hours in Chinese.</summary>
    private const int LongestBody = 2 << 20;

    /// <summary>Maps the calls.</summary>
    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup("/drafts").RequireAuthorization(Policies.Director);
        drafts.MapGet("", (DraftDesk desk, HttpContext http) => Fresh(http, desk.All)).WithSummary("Slugs of the drafts.");
        drafts.MapPost("", Begin).WithSummary("Begins a draft from a premise, a treatment or a screenplay.").WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        drafts.MapGet("/{slug}", async (string slug, DraftDesk desk, HttpContext http) => Answer(http, await desk.Find(slug, http.RequestAborted))).WithSummary("The draft, part by part.");
        drafts.MapPost("/{slug}/parts/{id}", Act).WithSummary("Accepts, rejects, rewrites a part, or has another wording proposed.").WithMetadata(new RequestSizeLimitAttribute(LongestBody));
        drafts.MapGet("/{slug}/advice", Advise).WithSummary("Tells the draft to 200 simulated audiences and says what to do about it.");
        drafts.MapPost("/{slug}/film", Publish).WithSummary("Puts the draft among the films of the house, if it can be told.");
        drafts.MapDelete("/{slug}", async (string slug, DraftDesk desk, HttpContext http) =>
            await desk.Remove(slug, http.RequestAborted) is { } refusal ? Answers.Refuse(refusal) : Results.NoContent()).WithSummary("Throws the draft away.");
    }

    private static async Task<IResult> Begin(BeginDraft wish, DraftDesk desk, HttpContext http)
    {
        var source = string.IsNullOrWhiteSpace(wish.Text) ? null : Treatments.Read(wish.Text, wish.Name);
        var (premise, refusal) = Premise.Of(wish.Title, wish.Genre, wish.Premise, wish.Languages ?? [], wish.Seed, source);
        return premise is null ? Answers.Refuse(refusal!) : Answer(http, await desk.Begin(premise, http.RequestAborted));
    }

    private static async Task<IResult> Act(string slug, string id, DraftAction wish, DraftDesk desk, HttpContext http) => Answer(http, await desk.Change(slug, async draft => wish.Action switch
    {
        "accept" => DraftFold.Accept(draft, id),
        "reject" => DraftFold.Reject(draft, id),
        "choose" => DraftFold.Choose(draft, id, wish.Alternative),
        "replace" => DraftFold.Replace(draft, id, wish.Content ?? ""),
        "another" => await desk.Another(draft, id, http.RequestAborted),
        "all" => new DraftStep(DraftFold.AcceptAll(draft), null),
        _ => new DraftStep(draft, Refusals.BadCommand),
    }, http.RequestAborted));

    private static async Task<IResult> Advise(string slug, DraftDesk desk, HttpContext http)
    {
        var (draft, refusal) = await desk.Find(slug, http.RequestAborted);
        if (draft is null) return Answers.Refuse(refusal!);
        var report = await Task.Run(() => Advising.Of(draft), http.RequestAborted);
        var minutes = report.Reading.Film?.Minutes;
        return Fresh(http, new AdviceSheet(
            report.IsFilm, report.IsReady, report.Audit?.Shows ?? 0, minutes?.Shortest ?? 0, minutes?.Longest ?? 0, report.Endings,
            [.. report.Advice.Select(one => new AdviceCard(one.Kind.ToString(), one.IsMust, one.Part, one.What, one.Mend))]));
    }

    private static async Task<IResult> Publish(string slug, DraftDesk desk, HttpContext http, [FromServices] IFilmHouse house)
    {
        var (draft, refusal) = await desk.Find(slug, http.RequestAborted);
        if (draft is null) return Answers.Refuse(refusal!);
        var report = await Task.Run(() => Advising.Of(draft), http.RequestAborted);
        if (!report.IsReady)
            return Answers.Refuse(new Refusal("not-ready", Both("The draft is not ready: do what the advice marks as a must first.", "草稿还不行：请先按建议改好必须改的地方。")));
        if (draft.Next is { } open)
            return Answers.Refuse(new Refusal("not-accepted", Both($"Nobody has accepted {open.Id} yet.", $"还没有人接受 {open.Id}。")));
        return await house.Add(slug, report.Reading.Sources, http.RequestAborted) is { } kept ? Answers.Refuse(kept) : Results.NoContent();
    }

    private static IResult Answer(HttpContext http, (Draft? Draft, Refusal? Refusal) found) => found.Draft is { } draft
        ? Fresh(http, new DraftCard(draft.Slug, draft.Genre, Text.Of(draft.Premise.Spoken, draft.Premise.Title), draft.Premise.Languages, draft.Notes, draft.Parts))
        : Answers.Refuse(found.Refusal!);

    private static IResult Fresh<T>(HttpContext http, T body)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(body, Json.Options);
    }
}

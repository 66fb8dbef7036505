using Microsoft.AspNetCore.Mvc;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Rules.Drafting;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Gateway.Api;

/// <summary><c>/api/drafts</c>: from premise to film, for directors.</summary>
internal static class DraftsApi
{
    /// <summary>Largest request, bytes: a screenplay of three hours in Chinese.</summary>
    private const int LongestBody = 2 << 20;

    /// <summary>Maps the calls.</summary>
    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup("/drafts").RequireAuthorization(Policies.Director);
        drafts.MapGet("", async (DraftDesk desk, HttpContext http) => Fresh(http, new DraftList(await desk.List(http.RequestAborted), Beginning.Genres, desk.Model, DraftDesk.Most)))
            .WithSummary("The drafts, the last changed one first, and what a new one may be.");
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

    private static async Task<IResult> Act(string slug, string id, DraftAction wish, DraftDesk desk, HttpContext http) => Answer(http, wish.Action == "another"
        ? await desk.Another(slug, id, draft => Moved(draft, id, wish), http.RequestAborted)
        : await desk.Change(slug, draft => Moved(draft, id, wish) is { } moved ? new DraftStep(draft, moved) : wish.Action switch
        {
            "accept" => DraftFold.Accept(draft, id),
            "reject" => DraftFold.Reject(draft, id),
            "choose" => DraftFold.Choose(draft, id, wish.Alternative),
            "replace" => DraftFold.Replace(draft, id, wish.Content ?? ""),
            "all" => new DraftStep(DraftFold.AcceptAll(draft), null),
            _ => new DraftStep(draft, Refusals.BadCommand),
        }, http.RequestAborted));

    /// <summary>Nobody accepts or overwrites what they have not seen: two people, or two windows, may be at the same draft.</summary>
    private static Refusal? Moved(Draft draft, string id, DraftAction wish)
    {
        if (wish.Seen is not { } seen) return null;
        var now = wish.Action == "all" ? DraftCards.Mark(draft) : draft.Find(id) is { } part ? DraftCards.Mark(part) : seen;
        return now == seen ? null : new Refusal("changed-meanwhile", Both(
            "This was changed in another window meanwhile, and nothing was done. Look at what is there now, then decide again.", "这里刚在另一个窗口改过，所以什么也没做。请看看现在的内容，再决定一次。"));
    }

    private static async Task<IResult> Advise(string slug, DraftDesk desk, HttpContext http)
    {
        var (draft, refusal) = await desk.Find(slug, http.RequestAborted);
        if (draft is null) return Answers.Refuse(refusal!);
        var report = await Task.Run(() => Advising.Of(draft), http.RequestAborted);
        var minutes = report.Reading.Film?.Minutes;
        return Fresh(http, new AdviceSheet(
            report.IsFilm, report.IsReady, report.Audit?.Shows ?? 0, minutes?.Shortest ?? 0, minutes?.Longest ?? 0, report.Endings,
            [.. report.Advice.Select(one => new AdviceCard(one.Kind.ToString(), one.IsMust, one.Part, one.What, one.Mend))], DraftCards.Mark(draft)));
    }

    private static async Task<IResult> Publish(string slug, DraftDesk desk, HttpContext http)
    {
        var (draft, refusal) = await desk.Find(slug, http.RequestAborted);
        if (draft is null) return Answers.Refuse(refusal!);
        if (desk.House is not { } house)
            return Answers.Refuse(new Refusal("no-house", Both("The films are kept elsewhere here: whoever runs the cluster puts the draft's folder there.", "这里的影片存放在别处，请由集群管理者把草稿文件夹放过去。")));
        var report = await Task.Run(() => Advising.Of(draft), http.RequestAborted);
        if (!report.IsReady)
            return Answers.Refuse(new Refusal("not-ready", Both("The draft is not ready: do what the advice marks as a must first.", "草稿还不行：请先按建议改好必须改的地方。")));
        if (draft.Next is { } open)
            return Answers.Refuse(new Refusal("not-accepted", Both($"Nobody has accepted {open.Id} yet.", $"还没有人接受 {open.Id}。")));
        return await house.Add(slug, report.Reading.Sources, http.RequestAborted) is { } kept ? Answers.Refuse(kept) : Results.NoContent();
    }

    private static IResult Answer(HttpContext http, (Draft? Draft, Refusal? Refusal) found) => found.Draft is { } draft
        ? Fresh(http, DraftCards.Of(draft, http.RequestServices.GetService<IFilmHouse>()))
        : Answers.Refuse(found.Refusal!);

    private static IResult Fresh<T>(HttpContext http, T body)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(body, Json.Options);
    }
}

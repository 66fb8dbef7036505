using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Gateway.Api;

/// <summary>An account to make, or what to change about one.</summary>
/// <param name="Name">The name of a new account.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Reason">Why; may be empty.</param>
internal sealed record AccountRequest(string? Name = null, ImmutableArray<string>? Roles = null, string? Reason = null);

/// <summary>A password to hand over, shown this once.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Password">Good for one sign-in, at which it must be changed.</param>
internal sealed record HandOver(string Name, string Password);

/// <summary>Staff accounts, for admins. The staff book has the last word on each change, and asks for the admin's pass.</summary>
internal static class AccountsApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/accounts").RequireAuthorization(Policies.Admin);
        accounts.MapGet("", async (HttpContext http, IClusterClient cluster) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return Results.Json(await cluster.StaffBook().List(), Json.Options);
            })
            .WithSummary("All staff accounts.")
            .Produces<StaffCard[]>();
        accounts.MapPost("", Make)
            .WithSummary("Makes an account; answers its password to hand over.")
            .Produces<HandOver>(StatusCodes.Status201Created)
            .Produces<Refusal>(StatusCodes.Status400BadRequest)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        accounts.MapPost("/{name}/password", Reset)
            .WithSummary("Gives an account a new password to hand over; its sign-ins end.")
            .Produces<HandOver>()
            .Produces<Refusal>(StatusCodes.Status404NotFound);
        accounts.MapPost("/{name}/roles", SetRoles)
            .WithSummary("Gives an account other roles; its sign-ins end.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
        accounts.MapPost("/{name}/remove", Remove)
            .WithSummary("Removes an account; its sign-ins end.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Make(AccountRequest request, HttpContext http, StaffAccounts accounts)
    {
        var name = StaffRules.Fold(request.Name ?? "");
        if (Reason(request) is not { } reason) return Answers.Refuse(StaffRefusals.BadReason);
        var (refusal, password) = await accounts.Make(name, Roles(request), reason);
        http.Response.Headers.CacheControl = "no-store";
        return refusal is null ? Results.Json(new HandOver(name, password), Json.Options, statusCode: StatusCodes.Status201Created) : Answers.Refuse(refusal);
    }

    private static async Task<IResult> Reset(string name, AccountRequest request, HttpContext http, StaffAccounts accounts, StaffConnections connections)
    {
        if (Reason(request) is not { } reason) return Answers.Refuse(StaffRefusals.BadReason);
        var (refusal, password) = await accounts.Reset(name, reason);
        if (refusal is not null) return Answers.Refuse(refusal);
        await connections.Changed(name);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new HandOver(name, password), Json.Options);
    }

    private static Task<IResult> SetRoles(string name, AccountRequest request, IClusterClient cluster, StaffConnections connections) =>
        Change(name, request, connections, reason => cluster.StaffBook().SetRoles(name, Roles(request), reason));

    private static Task<IResult> Remove(string name, AccountRequest request, IClusterClient cluster, StaffConnections connections) =>
        Change(name, request, connections, reason => cluster.StaffBook().Remove(name, reason));

    private static async Task<IResult> Change(string name, AccountRequest request, StaffConnections connections, Func<string, Task<Outcome>> change)
    {
        if (Reason(request) is not { } reason) return Answers.Refuse(StaffRefusals.BadReason);
        if ((await change(reason)).Refusal is { } refusal) return Answers.Refuse(refusal);
        await connections.Changed(name);
        return Results.NoContent();
    }

    private static ImmutableArray<string> Roles(AccountRequest request) => request.Roles ?? [];

    /// <summary>The reason, or <see langword="null"/> when it is too long or holds what does not belong in a line.</summary>
    private static string? Reason(AccountRequest request)
    {
        var reason = request.Reason?.Trim() ?? "";
        return reason.Length <= StaffRules.LongestReason && Hubs.PlainWords.Are(reason) ? reason : null;
    }
}

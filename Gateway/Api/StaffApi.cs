using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Gateway.Api;

/// <summary>Who wants in.</summary>
/// <param name="Name">The account's name; case does not matter.</param>
/// <param name="Password">Its password.</param>
internal sealed record SignInRequest(string? Name, string? Password);

/// <summary>Who is signed in.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="MustChange">Whether it must choose a password of its own before it may do anything.</param>
internal sealed record Me(string Name, ImmutableArray<string> Roles, bool MustChange = false);

/// <summary>A new password for the own account.</summary>
/// <param name="Old">The password it has.</param>
/// <param name="Wanted">The password it is to have.</param>
internal sealed record PasswordRequest(string? Old, string? Wanted);

/// <summary>Signing in and out, and the own password.</summary>
internal static class StaffApi
{
    /// <summary>Maps the calls.</summary>
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", SignIn)
            .WithSummary("Signs a staff account in with a cookie.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status429TooManyRequests);
        routes.MapPost("/sign-out", SignOut)
            .WithSummary("Forgets the cookie.")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/me", (ClaimsPrincipal user) => Results.Json(new Me(user.StaffName(), user.StaffRoles(), user.MustChange()), Json.Options))
            .WithSummary("Who is signed in.")
            .RequireAuthorization(Policies.Account)
            .Produces<Me>()
            .Produces<Refusal>(StatusCodes.Status401Unauthorized);
        routes.MapPost("/me/password", ChangePassword)
            .WithSummary("Changes the own password; every other sign-in of the account ends.")
            .RequireAuthorization(Policies.Account)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status400BadRequest)
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> SignOut(HttpContext http, AuditNotes notes)
    {
        // No policy stands here: whoever has no good cookie is signed out already.
        if ((await http.AuthenticateAsync(Policies.StaffScheme)).Principal is { } user) notes.SignedOut(user.StaffName());
        await http.SignOutAsync(Policies.StaffScheme);
        return Results.NoContent();
    }

    private static async Task<IResult> SignIn(SignInRequest request, HttpContext http, StaffAccounts accounts, SignInGate gate, AuditNotes notes, TimeProvider time)
    {
        var name = StaffRules.Fold(request.Name ?? "");
        var (wait, account) = await gate.Try(http, () => accounts.SignIn(name, request.Password ?? ""));
        if (wait is { } left) return Answers.RefuseFor(left);
        if (account is null)
        {
            notes.Refused(await accounts.Find(name) is null ? null : name, Refusals.WrongPassword.Code);
            return Answers.Refuse(Refusals.WrongPassword);
        }

        notes.SignedIn(name);
        await http.SignInAsync(Policies.StaffScheme, StaffCookie.Principal(name, account, time.GetUtcNow()));
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePassword(
        PasswordRequest request, HttpContext http, ClaimsPrincipal user, StaffAccounts accounts, SignInGate gate, StaffConnections connections, TimeProvider time)
    {
        var name = user.StaffName();
        var (old, wanted) = (request.Old ?? "", request.Wanted ?? "");
        var (wait, account) = await gate.TryOwn(name, () => accounts.SignIn(name, old), http.RequestAborted);
        if (wait is { } left) return Answers.RefuseFor(left);
        if (account is null) return Answers.Refuse(Refusals.WrongOldPassword);
        if (PasswordRules.Check(name, old, wanted) is { } weak) return Answers.Refuse(weak);
        if ((await accounts.ChangeOwn(name, wanted)).Refusal is { } refusal) return Answers.Refuse(refusal);
        // This browser goes on under the new password; every other sign-in, and whatever it has open, ends.
        if (await accounts.Find(name) is { } changed) await http.SignInAsync(Policies.StaffScheme, StaffCookie.Principal(name, changed, time.GetUtcNow()));
        await connections.Changed(name);
        return Results.NoContent();
    }
}

using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Gateway.Api;

/// <summary>Who wants in.</summary>
/// <param name="Name">The account's name; case does not matter.</param>
/// <param name="Password">Its password.</param>
internal sealed record SignInRequest(string? Name, string? Password);

/// <summary>Who is signed in.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Roles">What it may do.</param>
internal sealed record Me(string Name, ImmutableArray<string> Roles);

/// <summary>Signing in and out.</summary>
internal static class StaffApi
{
    private const int LongestPassword = 256;

    /// <summary>Maps the calls.</summary>
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", SignIn)
            .WithSummary("Signs a staff account in with a cookie.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Refusal>(StatusCodes.Status401Unauthorized)
            .Produces<Refusal>(StatusCodes.Status429TooManyRequests);
        routes.MapPost("/sign-out", (Delegate)SignOut)
            .WithSummary("Forgets the cookie.")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/me", (ClaimsPrincipal user) => Results.Json(
                new Me(user.Identity!.Name!, [.. user.FindAll(ClaimTypes.Role).Select(claim => claim.Value)]), Json.Options))
            .WithSummary("Who is signed in.")
            .RequireAuthorization(Policies.Staff)
            .Produces<Me>()
            .Produces<Refusal>(StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(Policies.StaffScheme);
        return Results.NoContent();
    }

    private static async Task<IResult> SignIn(SignInRequest request, HttpContext http, StaffAccounts accounts, SignInGate gate)
    {
        var name = request.Name?.Trim().ToLowerInvariant() ?? "";
        var password = request.Password ?? "";
        var (ran, account) = await gate.Try(
            http, async () => password.Length > LongestPassword ? null : await accounts.SignIn(name, password));
        if (!ran) return Answers.Refuse(Refusals.SlowDown);
        if (account is null) return Answers.Refuse(Refusals.WrongPassword);
        await http.SignInAsync(Policies.StaffScheme, StaffCookie.Principal(name, account));
        return Results.NoContent();
    }
}

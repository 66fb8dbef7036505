using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Gateway.Auth;

/// <summary>The staff cookie: twelve hours, sliding, and gone as soon as the password changes.</summary>
internal static class StaffCookie
{
    private const string StampClaim = "stamp";

    /// <summary>How the cookie behaves.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "story-staff";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => Answers.Refuse(Refusals.SignInFirst).ExecuteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Answers.Refuse(Refusals.NotYours).ExecuteAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = Validate;
    }

    /// <summary>The principal that the cookie carries.</summary>
    public static ClaimsPrincipal Principal(string name, StaffAccount account) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, name),
            new Claim(StampClaim, StaffAccounts.Stamp(account)),
            .. account.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        Policies.StaffScheme));

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<StaffAccounts>();
        var account = await accounts.Find(context.Principal?.Identity?.Name ?? "");
        if (account is not null && context.Principal!.HasClaim(StampClaim, StaffAccounts.Stamp(account))) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Policies.StaffScheme);
    }
}

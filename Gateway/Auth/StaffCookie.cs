using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Orleans.Story.Contracts.Staff;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Rules.Staff;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// The staff cookie: twelve hours, sliding, sixteen in all, and gone as soon as password or roles change or the account is
/// removed. Why: docs/design/13-staff.md.
/// </summary>
internal static class StaffCookie
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "story-staff";

    /// <summary>How long a sign-in lasts that is not used.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>How long a sign-in lasts however much it is used: a festival's longest day, from the first check to the last credits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    private const string SinceClaim = "since";
    private const string UntilClaim = "until";
    private const string MustChangeClaim = "must-change";

    /// <summary>How the cookie behaves.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => Answers.Refuse(Refusals.SignInFirst).ExecuteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Answers
            .Refuse(context.HttpContext.User.MustChange() ? StaffRefusals.ChangeFirst : Refusals.NotYours).ExecuteAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = Validate;
    }

    /// <summary>The principal that the cookie carries.</summary>
    public static ClaimsPrincipal Principal(string name, StaffAccount account, DateTimeOffset now) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, name),
            new Claim(SinceClaim, Number(account.SinceMs)),
            new Claim(UntilClaim, Number((now + Longest).ToUnixTimeMilliseconds())),
            .. account.MustChange ? [new Claim(MustChangeClaim, "1")] : Array.Empty<Claim>(),
            .. account.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        Policies.StaffScheme));

    /// <summary>Whether this is staff, whatever the role.</summary>
    public static bool IsStaff(this ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: Policies.StaffScheme };

    /// <summary>Whether the password must be changed before anything else.</summary>
    public static bool MustChange(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == MustChangeClaim);

    /// <summary>The account's name.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static string StaffName(this ClaimsPrincipal user) => user.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>What the account may do.</summary>
    public static ImmutableArray<string> StaffRoles(this ClaimsPrincipal user) => [.. user.FindAll(ClaimTypes.Role).Select(claim => claim.Value)];

    /// <summary>Whether a sign-in is still good: the account stands as it did, and the day is not over.</summary>
    public static bool IsGood(this ClaimsPrincipal user, StaffAccount? account, DateTimeOffset now) =>
        account is not null
        && user.HasClaim(SinceClaim, Number(account.SinceMs))
        && long.TryParse(user.FindFirstValue(UntilClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && now.ToUnixTimeMilliseconds() < until;

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal is { Identity.Name: { } name } user
            && user.IsGood(await services.GetRequiredService<StaffAccounts>().Find(name), services.GetRequiredService<TimeProvider>().GetUtcNow())) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Policies.StaffScheme);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

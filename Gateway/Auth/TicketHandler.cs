using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Lets a ticket in at its own hub: viewer tickets at <c>/hubs/audience</c>, wall tickets at <c>/hubs/wall</c>; viewer
/// tickets also at the story of their own session, nowhere else. Browsers cannot set headers on a WebSocket, so at hubs the
/// ticket may travel as <c>access_token</c> in the query.
/// </summary>
internal sealed class TicketHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var viewers = Request.Path.StartsWithSegments(Paths.AudienceHub, StringComparison.Ordinal);
        var walls = Request.Path.StartsWithSegments(Paths.WallHub, StringComparison.Ordinal);
        if (Paths.IsForViewers(Request.Path, out var told))
        {
            return Task.FromResult(Bearer() is not { } ticket ? AuthenticateResult.NoResult()
                : tickets.TryRead(ticket, out var holder) && holder.Session == told ? Admit(Who.Of(holder))
                : AuthenticateResult.Fail("The ticket is not valid here or has lapsed."));
        }

        if (!viewers && !walls) return Task.FromResult(AuthenticateResult.NoResult());

        if (Token() is not { } token) return Task.FromResult(AuthenticateResult.NoResult());
        if (viewers && tickets.TryRead(token, out var seat)) return Task.FromResult(Admit(Who.Of(seat)));
        if (walls && tickets.TryReadWall(token, out var session)) return Task.FromResult(Admit(Who.Of(session)));
        return Task.FromResult(AuthenticateResult.Fail("The ticket is not valid here or has lapsed."));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Answers.Refuse(Request.Path.StartsWithSegments(Paths.Api, StringComparison.Ordinal) ? Refusals.JoinFirst : Refusals.NoTicket).ExecuteAsync(Context);

    private string? Bearer() => Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        ? header["Bearer ".Length..].Trim()
        : null;

    /// <summary>The one ticket of the request; two are none, since two readers might not agree on which counts.</summary>
    private string? Token()
    {
        var queries = Request.Query["access_token"];
        if (Request.Headers.Authorization.Count + queries.Count != 1) return null;
        return queries.Count == 1 ? queries[0] : Bearer();
    }

    private AuthenticateResult Admit(Claim[] claims) => AuthenticateResult.Success(
        new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name));
}

/// <summary>Writes and reads the claims of viewers, walls and staff.</summary>
internal static class Who
{
    private const string SessionClaim = "session";
    private const string SeatClaim = "seat";
    private const string ViewerClaim = "viewer";
    private const string SittingClaim = "sitting";
    private const string WallClaim = "wall";

    /// <summary>Claims of a viewer.</summary>
    public static Claim[] Of(ViewerTicket ticket) =>
    [
        new(SessionClaim, ticket.Session.ToString()),
        new(SeatClaim, ticket.Seat.ToString(CultureInfo.InvariantCulture)),
        new(ViewerClaim, ticket.Viewer.ToString()),
        new(SittingClaim, ticket.Sitting.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Claims of a wall.</summary>
    public static Claim[] Of(SessionId session) => [new(SessionClaim, session.ToString()), new(WallClaim, "1")];

    /// <summary>Whether this is a viewer.</summary>
    public static bool IsViewer(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == SeatClaim);

    /// <summary>Whether this is a wall.</summary>
    public static bool IsWall(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == WallClaim);

    /// <summary>The session the ticket is for.</summary>
    /// <exception cref="InvalidOperationException">The principal holds no ticket.</exception>
    public static SessionId Session(this ClaimsPrincipal user) =>
        SessionId.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : throw new InvalidOperationException("No ticket.");

    /// <summary>The viewer's seat.</summary>
    /// <exception cref="FormatException">The principal holds no viewer ticket.</exception>
    public static int Seat(this ClaimsPrincipal user) =>
        int.Parse(user.FindFirstValue(SeatClaim) ?? "", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The sitting of the viewer's seat.</summary>
    /// <exception cref="FormatException">The principal holds no viewer ticket.</exception>
    public static int Sitting(this ClaimsPrincipal user) =>
        int.Parse(user.FindFirstValue(SittingClaim) ?? "", NumberStyles.None, CultureInfo.InvariantCulture);
}

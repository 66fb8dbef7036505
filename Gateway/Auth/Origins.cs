using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Auth;

/// <summary>
/// Which pages may call. Cross-origin rules of browsers do not cover WebSockets, so the gateway looks at
/// <c>Origin</c> itself: its own host, the announced address, and what was configured.
/// </summary>
internal sealed class Origins(GatewayOptions options, HallAddress address)
{
    /// <summary>
    /// Whether a request may go on. Requests without <c>Origin</c> come from programs, which have no ambient rights to
    /// abuse; <c>null</c> comes from sandboxes and is refused, and so is whatever is not spelled as browsers spell it.
    /// </summary>
    public bool Allows(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin]) return request.Headers.Origin.Count == 0;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)) return false;
        if (!string.Equals(origin, uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase) || uri.UserInfo.Length > 0) return false;
        return IsOwn(uri, request)
            || Same(uri, address.Origin)
            || options.AllowedOrigins.Any(allowed => Same(uri, allowed));
    }

    /// <summary>
    /// Whether a browser says that somebody else's page asks (Fetch Metadata). Browsers set <c>Sec-Fetch-Site</c> and no page
    /// can; programs leave it out. "Same site" is not ours either: every port of this machine is one site, and so is what
    /// else the venue runs under its name. <c>none</c> is the address bar.
    /// </summary>
    public static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site is not ["same-origin" or "none"];

    /// <summary>
    /// The page came from where the request goes to, by an address or this machine's own name. Another name is not enough:
    /// whoever owns a name can point it here and have it agree with itself (DNS rebinding), so names are configured.
    /// </summary>
    private static bool IsOwn(Uri uri, HttpRequest request) =>
        string.Equals(uri.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || IsThisMachine(uri.Host));

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || string.Equals(host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
        || string.Equals(host, Environment.MachineName + ".local", StringComparison.OrdinalIgnoreCase);

    private static bool Same(Uri uri, string allowed) =>
        Uri.TryCreate(allowed, UriKind.Absolute, out var other)
        && Uri.Compare(uri, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}

/// <summary>Refuses hub connections and unsafe calls of foreign pages, before anything else looks at them.</summary>
internal sealed class OriginGuard(RequestDelegate next, Origins origins)
{
    /// <summary>Handles one request.</summary>
    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        var guarded = request.Path.StartsWithSegments(Paths.Hubs, StringComparison.Ordinal)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        // Reading what only staff may read, or what goes on record when it is read: never for a page that is not ours.
        var asStaff = request.Path.StartsWithSegments(Paths.Api, StringComparison.Ordinal) && request.Cookies.ContainsKey(StaffCookie.Name);
        if ((!guarded || origins.Allows(request)) && !((guarded || asStaff) && Origins.IsForeign(request))) return next(context);
        return Answers.Refuse(Refusals.ForeignOrigin).ExecuteAsync(context);
    }
}

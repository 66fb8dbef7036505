namespace Orleans.Story.Gateway.Auth;

/// <summary>What a browser may do with our pages: load from here, talk to here, and stay out of other people's frames.</summary>
internal static class SecurityHeaders
{
    /// <summary>Adds the headers to every answer.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        var host = Plain(context.Request.Host.Value);
        // Orleans's dashboard brings its icons along in its style sheet.
        var fonts = context.Request.Path.StartsWithSegments(Paths.Dashboard) ? "'self' data:" : "'self'";
        // Older browsers do not count ws: as 'self'. Inline style attributes carry the places' palettes.
        headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src {fonts}; "
            + $"connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // Browsers ignore it, and complain on every page, where the origin is not trustworthy: a hall on plain http.
        if (context.Request.IsHttps || context.Request.Host.Host == "localhost") headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        return next(context);
    });

    /// <summary>A host that a policy can hold; what a header can carry besides, a semicolon above all, would add to the policy.</summary>
    private static string Plain(string? host) =>
        host is not null && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':' or '[' or ']') ? host : "localhost";
}

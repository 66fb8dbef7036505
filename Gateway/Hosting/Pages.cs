using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>
/// Serves the pages that the build laid beside the program under <c>web/</c>: <c>/play</c> is <c>play.html</c>. Named
/// assets carry a hash and may be kept for good; pages are asked for again each time.
/// </summary>
internal static class Pages
{
    private static readonly string[] Names = ["/", "/play", "/wall", "/console", "/record", "/replay", "/cards", "/director", "/insights", "/house", "/drafts"];

    /// <summary>Adds the pages, or one plain sentence where the program was built without them.</summary>
    public static void UsePages(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "web");
        var there = File.Exists(Path.Combine(folder, "index.html"));
        app.Use((context, next) =>
        {
            var path = context.Request.Path.Value?.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return next(context);
            if (!Names.Contains(path, StringComparer.Ordinal)) return next(context);
            if (!there) return Missing(context);
            var page = path == "/" ? "index.html" : $"{path[1..]}.html";
            if (!File.Exists(Path.Combine(folder, page))) return next(context);
            context.Request.Path = "/" + page;
            return next(context);
        });
        if (!there) return;
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] =
                file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
                    ? "public, max-age=31536000, immutable"
                    : "no-cache",
        });
    }

    private static Task Missing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync(
            "This gateway was built without its pages (SkipWeb). Build it again with Node.js 20 or newer installed.", context.RequestAborted);
    }
}

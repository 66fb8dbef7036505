using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Api;

/// <summary>Refusals as HTTP answers.</summary>
internal static class Answers
{
    /// <summary>The refusal as the body, under the status its code stands for; counted.</summary>
    public static IResult Refuse(Refusal refusal) => new Refused(refusal, Status(refusal.Code));

    /// <summary>Too much in too short a time, and in how many seconds it may be tried again: in words and as <c>Retry-After</c>.</summary>
    public static IResult RefuseFor(TimeSpan wait)
    {
        var seconds = (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, 3600);
        return new Refused(Refusals.TryAgainIn(seconds), StatusCodes.Status429TooManyRequests, seconds);
    }

    /// <summary>
    /// Gives answers that came about without one of our handlers (unreadable JSON, an address that does not exist, a grain
    /// that does not answer) the same shape as every other refusal.
    /// </summary>
    public static void UseRefusals(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(context =>
        {
            var http = context.HttpContext;
            var ours = http.Request.Path.StartsWithSegments(Paths.Api, StringComparison.Ordinal)
                || http.Request.Path.StartsWithSegments(Paths.Hubs, StringComparison.Ordinal);
            if (!ours) return Task.CompletedTask;
            var status = http.Response.StatusCode;
            var refusal = status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed ? Refusals.NoSuchCall : Refusals.BadRequest;
            return new Refused(refusal, status).ExecuteAsync(http);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var failed = context.Features.Get<IExceptionHandlerFeature>();
                context.RequestServices.GetRequiredService<SparingLog>().Failed(failed?.Endpoint?.DisplayName ?? "A request", failed?.Error);
                return Refuse(Refusals.Busy).ExecuteAsync(context);
            },
            SuppressDiagnosticsCallback = static _ => true,
        });
    }

    /// <summary>
    /// JSON is UTF-8. The framework would convert from any charset that is named, and fails with an error of its own at
    /// those it does not know, among them UTF-8 in quotes.
    /// </summary>
    public static void UseUtf8(this IApplicationBuilder app) => app.Use((context, next) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue
            && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? new Refused(Refusals.BadRequest, StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context)
            : next(context));

    private static int Status(string code) => code switch
    {
        "unknown-code" or "no-session" or "no-such-call" or "never-started" or "unknown-format" or "no-account" or "no-draft" or "no-such-part" => StatusCodes.Status404NotFound,
        "full" or "seat-taken" or "ended" or "not-ended" or "not-open" or "no-seat-codes" or "wrong-phase" or "moved-on" or "cannot-tell" or "session-exists" or "account-exists" or "too-many-accounts" or "last-admin" or "not-started" or "not-met" or "not-ready" or "not-accepted" or "film-exists" or "too-many-drafts" or "no-other" or "nothing-proposed" or "changed-meanwhile" => StatusCodes.Status409Conflict,
        "slow-down" => StatusCodes.Status429TooManyRequests,
        "busy" or "nobody-answers" => StatusCodes.Status503ServiceUnavailable,
        "wrong-password" or "sign-in" or "no-ticket" => StatusCodes.Status401Unauthorized,
        "not-allowed" or "change-password" or "foreign-origin" or "banned" or "kicked" or "freed" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };

    private sealed class Refused(Refusal refusal, int status, int? retryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.RequestServices.GetRequiredService<GatewayMeter>().Refused(refusal.Code);
            httpContext.Response.StatusCode = status;
            if (retryAfter is { } seconds) httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return httpContext.Response.WriteAsJsonAsync(refusal, Json.Options, httpContext.RequestAborted);
        }
    }
}

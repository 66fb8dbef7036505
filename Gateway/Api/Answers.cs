using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Api;

/// <summary>Refusals as HTTP answers.</summary>
internal static class Answers
{
    /// <summary>The refusal as the body, under the status its code stands for.</summary>
    public static IResult Refuse(Refusal refusal) => Results.Json(refusal, Json.Options, statusCode: Status(refusal.Code));

    /// <summary>
    /// Gives API answers that came about without one of our handlers (unreadable JSON, a grain that does not answer) the
    /// same shape as every other refusal.
    /// </summary>
    public static void UseRefusals(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(context =>
        {
            var response = context.HttpContext.Response;
            return context.HttpContext.Request.Path.StartsWithSegments(Paths.Api, StringComparison.Ordinal)
                && response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status413PayloadTooLarge
                ? response.WriteAsJsonAsync(Refusals.BadRequest, Json.Options)
                : Task.CompletedTask;
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return context.Response.WriteAsJsonAsync(Refusals.Busy, Json.Options);
            },
        });
    }

    private static int Status(string code) => code switch
    {
        "unknown-code" or "no-session" => StatusCodes.Status404NotFound,
        "full" or "seat-taken" or "ended" or "not-ended" or "not-open" or "no-seat-codes" or "wrong-phase" or "session-exists" => StatusCodes.Status409Conflict,
        "slow-down" => StatusCodes.Status429TooManyRequests,
        "busy" => StatusCodes.Status503ServiceUnavailable,
        "wrong-password" or "sign-in" => StatusCodes.Status401Unauthorized,
        "not-allowed" or "foreign-origin" or "banned" or "kicked" or "freed" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };
}

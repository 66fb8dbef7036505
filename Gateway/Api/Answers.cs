using Orleans.Story.Contracts;

namespace Orleans.Story.Gateway.Api;

/// <summary>Refusals as HTTP answers.</summary>
internal static class Answers
{
    /// <summary>The refusal as the body, under the status its code stands for.</summary>
    public static IResult Refuse(Refusal refusal) => Results.Json(refusal, Json.Options, statusCode: Status(refusal.Code));

    private static int Status(string code) => code switch
    {
        "unknown-code" or "no-session" => StatusCodes.Status404NotFound,
        "full" or "ended" or "not-open" or "wrong-phase" or "session-exists" => StatusCodes.Status409Conflict,
        "slow-down" => StatusCodes.Status429TooManyRequests,
        "busy" => StatusCodes.Status503ServiceUnavailable,
        "wrong-password" or "sign-in" => StatusCodes.Status401Unauthorized,
        "not-allowed" or "foreign-origin" => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };
}

using System.ClientModel;
using System.Globalization;

namespace Orleans.Story.Inference.Models;

/// <summary>What a broken request says about the server behind it.</summary>
internal static class Faults
{
    private static readonly TimeSpan MostRest = TimeSpan.FromMinutes(2);

    internal static ModelFaultException Of(string endpoint, Exception broken, DateTimeOffset now) => broken switch
    {
        ModelFaultException known => known,
        ClientResultException { Status: 401 or 403 } refused => new(ModelFault.Unauthorized, $"Endpoint {endpoint} refused the key ({Number(refused.Status)}).", null, broken),
        ClientResultException { Status: 429 or 503 } busy => new(ModelFault.Busy, $"Endpoint {endpoint} has too much to do ({Number(busy.Status)}).", RetryAfter(busy, now), broken),
        ClientResultException { Status: > 0 } failed => new(ModelFault.Failed, $"Endpoint {endpoint} answered {Number(failed.Status)}.", RetryAfter(failed, now), broken),
        HttpRequestException or IOException or ClientResultException or AggregateException => new(ModelFault.Unreachable, $"Endpoint {endpoint} cannot be reached, or broke off.", null, broken),
        _ => new(ModelFault.Failed, $"Endpoint {endpoint} answered what no one can read.", null, broken),
    };

    /// <summary>RFC 9110, 10.2.3: seconds, or a date. A server that asks for hours is asked again in two minutes.</summary>
    private static TimeSpan? RetryAfter(ClientResultException refused, DateTimeOffset now)
    {
        if (refused.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var asked) || asked is null) return null;
        TimeSpan? wait = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - now
            : null;
        return wait is { } some ? TimeSpan.FromTicks(Math.Clamp(some.Ticks, 0, MostRest.Ticks)) : null;
    }

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}

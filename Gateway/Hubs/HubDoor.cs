using Microsoft.AspNetCore.Http.Features;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>
/// Stands before the hubs, after the ticket was read: WebSockets only (a negotiation would make the server keep a
/// connection for nobody), and for each ticket or account only so many sockets, opened only so fast. The hub itself counts
/// who has shaken hands; this counts those who never do.
/// </summary>
internal sealed class HubDoor(RequestDelegate next, GatewayOptions options, TimeProvider time)
{
    /// <summary>
    /// Callers remembered before those who are gone and calm are forgotten. Only holders of tickets get here, so a night's
    /// tickets bound it.
    /// </summary>
    private const int Remembered = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

    /// <summary>Handles one request.</summary>
    public async Task Invoke(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Paths.Hubs, StringComparison.Ordinal) || context.GetEndpoint() is null)
        {
            await next(context);
            return;
        }

        if (!IsWebSocket(context))
        {
            await Answers.Refuse(Refusals.BadRequest).ExecuteAsync(context);
            return;
        }

        if (Enter(context) is not { } caller)
        {
            await Answers.Refuse(Refusals.SlowDown).ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            lock (_gate) caller.Open--;
        }
    }

    /// <summary>RFC 6455, 4.2.1: what is less than that would be taken for a poll.</summary>
    private static bool IsWebSocket(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers is var headers
        && string.Equals(headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
        && headers.SecWebSocketVersion == "13"
        && headers.SecWebSocketKey.Count == 1;

    private Caller? Enter(HttpContext context)
    {
        var (who, most, pace) = context.User switch
        {
            var user when user.IsViewer() => ($"{user.Session()}/{user.Seat()}", options.SocketsPerSeat, options.ConnectsPerSeat),
            var user when user.IsWall() => ($"{user.Session()}/wall", options.SocketsPerScreen, options.ConnectsPerScreen),
            var user => ($"staff/{user.Identity?.Name}", options.SocketsPerScreen, options.ConnectsPerScreen),
        };
        lock (_gate)
        {
            if (!_callers.TryGetValue(who, out var caller))
            {
                if (_callers.Count >= Remembered) Forget();
                _callers.Add(who, caller = new Caller(new TokenBucket(pace, time)));
            }

            if (caller.Open >= most || !caller.Pace.Take()) return null;
            caller.Open++;
            return caller;
        }
    }

    private void Forget()
    {
        foreach (var (who, caller) in _callers)
        {
            if (caller.Open == 0 && caller.Pace.IsFull) _callers.Remove(who);
        }
    }

    private sealed class Caller(TokenBucket pace)
    {
        public TokenBucket Pace => pace;

        public int Open { get; set; }
    }
}

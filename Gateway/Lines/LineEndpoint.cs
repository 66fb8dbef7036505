using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hubs;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Lines;

/// <summary>Where phones connect: turns a request into a line.</summary>
internal static class LineEndpoint
{
    /// <summary>What may wait for a phone that does not read: a stage or two, so that slowness shows early.</summary>
    private const int WaitingBytes = 32 * 1024;

    /// <summary>Maps the audience hub.</summary>
    public static void MapPhoneLines(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Paths.AudienceHub, Answer).RequireAuthorization(Policies.Viewer).ExcludeFromDescription();

    private static async Task Answer(HttpContext http, PhoneLines lines, GatewayMeter meter)
    {
        // HubDoor lets nothing through that is not a WebSocket's upgrade; the key's length is all that is left to look at.
        if (http.Features.Get<IHttpUpgradeFeature>() is not { } upgrade || http.Request.Headers.SecWebSocketKey is not [{ Length: 24 } key])
        {
            await Answers.Refuse(Refusals.BadRequest).ExecuteAsync(http);
            return;
        }

        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = WebSocketFrame.Accept(key);
        await using var stream = await upgrade.UpgradeAsync();
        var context = new LineContext(http);
        // The connection's own pipe: after the upgrade nobody else reads it, and what comes need not be copied once more.
        var input = http.Features.Get<IConnectionTransportFeature>()?.Transport.Input ?? PipeReader.Create(stream);
        var output = new LineOut(SocketOf(http), stream, WaitingBytes, isDeaf =>
        {
            if (isDeaf) meter.Aborted();
            context.Abort();
        });
        var hub = ActivatorUtilities.CreateInstance<AudienceHub>(http.RequestServices);
        try
        {
            await new PhoneLine(lines, hub, context, input, output).Run();
        }
        finally
        {
            context.Leave();
        }
    }

    /// <summary>The socket, where frames may go into it as they are: after the upgrade the server writes nothing of its own.</summary>
    private static Socket? SocketOf(HttpContext http)
    {
        if (http.Features.Get<ITlsHandshakeFeature>() is not null || http.Features.Get<IConnectionSocketFeature>() is not { Socket: { } socket }) return null;
        socket.Blocking = false;
        return socket;
    }
}

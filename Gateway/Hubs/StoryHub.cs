using Microsoft.AspNetCore.SignalR;
using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Gateway.Telemetry;

namespace Orleans.Story.Gateway.Hubs;

/// <summary>What all hubs share: counting, attaching, the clock.</summary>
internal abstract class StoryHub(GatewayOptions options, GatewayMeter meter, TimeProvider time) : Hub
{
    /// <summary>What can be set.</summary>
    protected GatewayOptions Options => options;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>The meter.</summary>
    protected GatewayMeter Meter => meter;

    /// <summary>What this connection follows.</summary>
    protected Attachment Attached => Attachment.Of(Context);

    /// <summary>Client and server clock at one moment; the smallest round trip of five gives the offset.</summary>
    /// <exception cref="HubException">The client's clock is no number that JSON can answer.</exception>
    public ClockAnswer Clock(double sent) => double.IsFinite(sent)
        ? new ClockAnswer(sent, time.GetUtcNow().ToUnixTimeMilliseconds())
        : throw new HubException(Refusals.BadRequest.Code);

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        Context.Features.Set(new Attachment { Others = new TokenBucket(options.Others, time) });
        meter.Connections(GetType().Name, 1);
        return base.OnConnectedAsync();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        // The framework ends a connection with this when a frame was too long or was not the protocol's JSON.
        if (exception is InvalidDataException) meter.Unparsable();
        if (Context.Features.Get<Attachment>() is { } attachment)
        {
            attachment.Detach();
            meter.Connections(GetType().Name, -1);
        }

        return base.OnDisconnectedAsync(exception);
    }
}

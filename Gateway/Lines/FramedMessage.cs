using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Orleans.Story.Gateway.Lines;

/// <summary>A message to many, which keeps itself as a whole WebSocket frame: a thousand phones cost one serialization.</summary>
internal sealed class FramedMessage(HubMessage message) : SerializedHubMessage(message)
{
    private byte[]? _frame;

    /// <summary>The frame, header included. All lines speak one protocol; the first to ask makes it.</summary>
    public ReadOnlySpan<byte> Frame(IHubProtocol protocol) =>
        _frame ??= WebSocketFrame.Make(WebSocketFrame.Text, GetSerializedMessage(protocol).Span);
}

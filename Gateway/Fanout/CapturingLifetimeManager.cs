using Microsoft.AspNetCore.SignalR;

namespace Orleans.Story.Gateway.Fanout;

/// <summary>
/// Hands each hub its own connection, so that the fan-out can write bytes serialized once and can tell when a client does
/// not take them. SignalR's own broadcast waits for the slowest.
/// </summary>
internal sealed class CapturingLifetimeManager<THub>(ILogger<DefaultHubLifetimeManager<THub>> logger)
    : DefaultHubLifetimeManager<THub>(logger)
    where THub : Hub
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set<IPushTarget>(new ConnectionTarget(connection));
        return base.OnConnectedAsync(connection);
    }

    private sealed class ConnectionTarget(HubConnectionContext connection) : IPushTarget
    {
        public ValueTask Write(SerializedHubMessage message) => connection.WriteAsync(message, connection.ConnectionAborted);

        public void Abort() => connection.Abort();
    }
}

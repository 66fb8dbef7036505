using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Orleans.Story.Gateway.Demo;

/// <summary>
/// Connects a SignalR client over a plain WebSocket, as a browser does: straight to the hub's address, the ticket in the
/// query, no negotiation.
/// </summary>
internal sealed class WebSocketConnectionFactory(Action<ClientWebSocketOptions>? configure = null) : IConnectionFactory
{
    /// <inheritdoc/>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            configure?.Invoke(socket.Options);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new WebSocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A client WebSocket as the duplex pipe that SignalR wants.</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    /// <summary>More than any stage; a client that reads slower than this holds its sender back.</summary>
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    private readonly ClientWebSocket _socket;
    private readonly Pipe _in = new(Options);
    private readonly Pipe _out = new(Options);
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _pumps;

    /// <summary>Starts pumping.</summary>
    public WebSocketConnection(ClientWebSocket socket)
    {
        _socket = socket;
        Transport = new Duplex(_in.Reader, _out.Writer);
        ConnectionClosed = _closed.Token;
        _pumps = Task.WhenAll(Receive(), Send());
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        _socket.Abort();
        _out.Reader.CancelPendingRead();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        await _pumps;
        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task Receive()
    {
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(_in.Writer.GetMemory(2048), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close) break;
                _in.Writer.Advance(result.Count);
                if ((await _in.Writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side or we went away; the hub connection sees the end of its input and says so.
        }

        await _in.Writer.CompleteAsync();
        _out.Reader.CancelPendingRead();
        await _closed.CancelAsync();
    }

    private async Task Send()
    {
        try
        {
            while (true)
            {
                var read = await _out.Reader.ReadAsync();
                if (!read.Buffer.IsEmpty)
                {
                    var frame = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
                    await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                }

                _out.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled) break;
            }

            if (_socket.State == WebSocketState.Open)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            _socket.Abort();
        }

        await _out.Reader.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

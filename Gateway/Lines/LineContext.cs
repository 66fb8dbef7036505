using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Orleans.Story.Gateway.Lines;

/// <summary>What a hub sees of the connection that a line is.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token outlives the line, and a source without a timer holds nothing.")]
internal sealed class LineContext : HubCallerContext, IHttpContextFeature
{
    private readonly CancellationTokenSource _ended = new();
    private readonly HttpContext _http;
    private Dictionary<object, object?>? _items;
    private bool _left;

    /// <summary>Over the request that became a WebSocket.</summary>
    public LineContext(HttpContext http)
    {
        _http = http;
        Features = new FeatureCollection(http.Features);
        Features.Set<IHttpContextFeature>(this);
    }

    /// <inheritdoc/>
    public override string ConnectionId => _http.Connection.Id;

    /// <inheritdoc/>
    public override string? UserIdentifier => _http.User.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <inheritdoc/>
    public override ClaimsPrincipal? User => _http.User;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items => _items ??= [];

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionAborted => _ended.Token;

    HttpContext? IHttpContextFeature.HttpContext
    {
        get => _http;
        set => throw new NotSupportedException("The request of a connection does not change.");
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        lock (_http)
        {
            // The request is the server's again once the line has ended, and may serve another.
            if (!_left) _http.Abort();
        }

        End();
    }

    /// <summary>The line lets go of its request.</summary>
    public void Leave()
    {
        lock (_http) _left = true;
        End();
    }

    /// <summary>Tells everyone who waits that the connection is over.</summary>
    public void End() => _ended.Cancel();
}

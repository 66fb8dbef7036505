using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>What one connection may take of the server before anybody knows who it is.</summary>
internal static class ServerLimits
{
    /// <summary>Applies them.</summary>
    public static void Apply(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        // Everything here is short requests and WebSockets; HTTP/2 would add streams within a connection to limit as well.
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MostConnections;
        limits.MaxConcurrentUpgradedConnections = options.MostConnections;
        limits.MaxRequestBodySize = options.LongestBody;
        limits.MaxRequestLineSize = options.LongestRequestLine;
        limits.MaxRequestHeadersTotalSize = options.LongestHeaders;
        limits.MaxRequestHeaderCount = options.MostHeaders;
        limits.RequestHeadersTimeout = options.HeadersWithin;
        limits.KeepAliveTimeout = options.KeepAlive;
        limits.MinRequestBodyDataRate = new MinDataRate(options.LeastBytesPerSecond, options.SlowBodyGrace);
    }
}

using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Gateway.Auth;

/// <summary>What is counted against an address: failures, and nothing else.</summary>
internal sealed class FailedTries(GatewayOptions options, TimeProvider time)
{
    /// <summary>Join codes that do not exist.</summary>
    public FailureLimiter Joins { get; } = new(options.FailedJoins, time);

    /// <summary>Wrong names or passwords.</summary>
    public FailureLimiter SignIns { get; } = new(options.FailedSignIns, time);
}

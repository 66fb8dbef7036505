using Orleans.Story.Gateway.Auth;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>Everything that can be set about a gateway process; each limit says why it is what it is.</summary>
internal sealed record GatewayOptions
{
    /// <summary>TCP port; 0 picks a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Address to listen on, or <c>*</c> for all interfaces: phones come over the venue's network.</summary>
    public string Bind { get; init; } = "*";

    /// <summary>Folder that holds everything the hall must not lose.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>The address phones use, such as <c>http://192.168.1.20:5080</c>; discovered when <see langword="null"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>Further origins whose pages may call, such as a public name in front of a proxy.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses of proxies whose forwarded headers are believed; no others are.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Language of what the program prints: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether a demo show with a simulated hall runs.</summary>
    public bool Demo { get; init; }

    /// <summary>Simulated viewers of the demo.</summary>
    public int Seats { get; init; } = 200;

    /// <summary>Running time of the demo, minutes.</summary>
    public int Minutes { get; init; } = 4;

    /// <summary>Whether to give the operator a new password at start.</summary>
    public bool ResetPassword { get; init; }

    /// <summary>Long enough for the longest screening with its queue; short enough that a lost ticket is soon worthless.</summary>
    public TimeSpan ViewerTicketLifetime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A wall is set up in the afternoon and must last the evening.</summary>
    public TimeSpan WallTicketLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Failed joins an address: a hall mistypes a lot, a guesser needs millions.</summary>
    public Rate FailedJoins { get; init; } = new(PerSecond: 1, Burst: 60);

    /// <summary>Failed sign-ins an address.</summary>
    public Rate FailedSignIns { get; init; } = new(PerSecond: 1 / 15.0, Burst: 10);

    /// <summary>
    /// Ballots a seat: faster than anyone taps on purpose. <c>Story:Limits:CastsPerSecond</c> and <c>CastsBurst</c> lift it
    /// for the bench, whose storm casts more than any hall does; leave them alone otherwise.
    /// </summary>
    public Rate Casts { get; init; } = new(PerSecond: 5, Burst: 10);

    /// <summary>Feelings a seat.</summary>
    public Rate Feels { get; init; } = new(PerSecond: 2, Burst: 5);

    /// <summary>Everything else a connection asks.</summary>
    public Rate Others { get; init; } = new(PerSecond: 5, Burst: 20);

    /// <summary>Connections of one seat at once: a few tabs; the next one is turned away.</summary>
    public int ConnectionsPerSeat { get; init; } = 4;

    /// <summary>
    /// How long the first ballot of a batch waits for company: under the 20 ms a viewer cannot feel, and long enough that a
    /// busy hall shares each COMMIT (docs/benchmarks.md).
    /// </summary>
    public TimeSpan GatherBallots { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Ballots of one shard that may wait while a flush is under way; beyond it the answer is "busy".</summary>
    public int WaitingBallots { get; init; } = 8_192;

    /// <summary>How long a shard may take to answer a batch before its fate counts as unknown and the answer is "busy".</summary>
    public TimeSpan ShardTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after the deadline an arrival still counts: the network's share.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How often a session is told that this gateway still watches.</summary>
    public TimeSpan RenewWatch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a session is watched after its last connection left.</summary>
    public TimeSpan KeepWatching { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tallies to phones: 2 a second.</summary>
    public TimeSpan PhoneTallyEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Tallies to walls and consoles: 10 a second.</summary>
    public TimeSpan ScreenTallyEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one write to a client may hang before the connection is given up.</summary>
    public TimeSpan SlowClient { get; init; } = TimeSpan.FromSeconds(10);
}

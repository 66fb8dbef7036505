using Orleans.Story.Gateway.Auth;
using Orleans.Story.Gateway.House;

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

    /// <summary>A JSON file of settings (<c>Story:…</c>) that stays with the data when the program is replaced; need not exist.</summary>
    public string? Settings { get; init; }

    /// <summary>The address phones use, such as <c>http://192.168.1.20:5080</c>; discovered when <see langword="null"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>Further origins whose pages may call, such as a public name in front of a proxy.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses of proxies whose forwarded headers are believed, or networks such as <c>10.0.3.0/24</c>; no others are.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>
    /// What gateways of a cluster share (<c>Story:PassKey</c>), so that each reads the tickets and cookies of the others;
    /// <see langword="null"/> where this process is alone and keeps keys of its own.
    /// </summary>
    public string? SharedKey { get; init; }

    /// <summary>Whether admins are shown Orleans's dashboard at <see cref="Paths.Dashboard"/>; only a cluster has one.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Language of what the program prints: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether a demo show with a simulated hall runs.</summary>
    public bool Demo { get; init; }

    /// <summary>Slug of the film that the demo shows; <see langword="null"/> for one written in <see cref="Language"/>.</summary>
    public string? Film { get; init; }

    /// <summary>Folder of the film that the demo rehearses, taking every change that is saved; <see langword="null"/> in a show.</summary>
    public string? Rehearse { get; init; }

    /// <summary>Simulated viewers of the demo.</summary>
    public int Seats { get; init; } = 200;

    /// <summary>Running time of the demo, minutes.</summary>
    public int Minutes { get; init; } = 4;

    /// <summary>Address of a model server that writes the beats, up to <c>/v1</c>; <see langword="null"/> for what <c>Story:Models</c> names, or the film's storylets.</summary>
    public string? Model { get; init; }

    /// <summary>The model's name as that server knows it; <see langword="null"/> for the only one it has.</summary>
    public string? ModelName { get; init; }

    /// <summary>Whether to give the operator a new password at start.</summary>
    public bool ResetPassword { get; init; }

    /// <summary>Who may look at this house from elsewhere, and which other halls it looks at.</summary>
    public HouseOptions House { get; init; } = new();

    /// <summary>Long enough for the longest screening with its queue; short enough that a lost ticket is soon worthless.</summary>
    public TimeSpan ViewerTicketLifetime { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A wall is set up in the afternoon and must last the evening.</summary>
    public TimeSpan WallTicketLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Wrong join codes an address, answered as such: a hall mistypes a lot, a guesser needs millions.</summary>
    public Rate FailedJoins { get; init; } = new(PerSecond: 1, Burst: 60);

    /// <summary>Wrong join codes all addresses together: who owns many addresses guesses no faster for it.</summary>
    public Rate FailedJoinsOfAll { get; init; } = new(PerSecond: 50, Burst: 2_000);

    /// <summary>
    /// Codes still looked up for an address that has used up <see cref="FailedJoins"/>; beyond it the answer is "slow
    /// down" unlooked. Ten a second find one code of 148 million in 86 days, and let a hall in within seconds.
    /// </summary>
    public Rate SuspectJoins { get; init; } = new(PerSecond: 10, Burst: 20);

    /// <summary>The same for all addresses under suspicion together.</summary>
    public Rate SuspectJoinsOfAll { get; init; } = new(PerSecond: 50, Burst: 100);

    /// <summary>
    /// Codes remembered as known at an address, because somebody came in with them from there; the oldest is forgotten
    /// beyond it, and costs its hall nothing but the limits above.
    /// </summary>
    public int KnownCodes { get; init; } = 20_000;

    /// <summary>Failed sign-ins an address, from browsers that never signed in; each costs a password hash of CPU.</summary>
    public Rate FailedSignIns { get; init; } = new(PerSecond: 1 / 15.0, Burst: 10);

    /// <summary>Failed sign-ins of all addresses but this machine's, from browsers that never signed in.</summary>
    public Rate FailedSignInsOfAll { get; init; } = new(PerSecond: 1, Burst: 60);

    /// <summary>Failed sign-ins of one browser that signed in before; nobody else can use them up.</summary>
    public Rate FailedSignInsOfConsole { get; init; } = new(PerSecond: 1 / 15.0, Burst: 10);

    /// <summary>
    /// Ballots a seat: faster than anyone taps on purpose. <c>Story:Limits:CastsPerSecond</c> and <c>CastsBurst</c> lift it
    /// for the bench, whose storm casts more than any hall does; leave them alone otherwise.
    /// </summary>
    public Rate Casts { get; init; } = new(PerSecond: 5, Burst: 10);

    /// <summary>Feelings a seat.</summary>
    public Rate Feels { get; init; } = new(PerSecond: 2, Burst: 5);

    /// <summary>Words of a seat with a character: each costs a model some seconds.</summary>
    public Rate Talks { get; init; } = new(PerSecond: 0.1, Burst: 1);

    /// <summary>Remarks of a seat: as often as the session takes one (<see cref="Rules.Sessions.RemarkRules.PaceMs"/>), so that a flood ends here.</summary>
    public Rate Remarks { get; init; } = new(PerSecond: 1000.0 / Rules.Sessions.RemarkRules.PaceMs, Burst: 1);

    /// <summary>Suggested turns of a seat: as often as the session takes one (<see cref="Rules.Sessions.TurnRules.PaceMs"/>), so that a flood ends here.</summary>
    public Rate Suggestions { get; init; } = new(PerSecond: 1000.0 / Rules.Sessions.TurnRules.PaceMs, Burst: 1);

    /// <summary>Everything else a connection asks.</summary>
    public Rate Others { get; init; } = new(PerSecond: 5, Burst: 20);

    /// <summary>Connections of one seat at once: a few tabs; the next one is turned away.</summary>
    public int ConnectionsPerSeat { get; init; } = 4;

    /// <summary>
    /// Open sockets of one seat, those included that never shake hands: twice <see cref="ConnectionsPerSeat"/>, so that a
    /// fifth tab is told by the hub that it is one too many. Beyond it the upgrade is refused with 429.
    /// </summary>
    public int SocketsPerSeat { get; init; } = 8;

    /// <summary>Sockets a seat may open: a phone that comes and goes backs off; beyond it 429.</summary>
    public Rate ConnectsPerSeat { get; init; } = new(PerSecond: 2, Burst: 10);

    /// <summary>Open sockets of all walls of a session, or of one staff account; beyond it 429.</summary>
    public int SocketsPerScreen { get; init; } = 32;

    /// <summary>Sockets that walls of a session, or a staff account, may open.</summary>
    public Rate ConnectsPerScreen { get; init; } = new(PerSecond: 5, Burst: 40);

    /// <summary>
    /// Frames a connection may send, of whatever kind: several times what a page sends at its busiest, so that only a
    /// flood meets it. Beyond it the connection is closed and counted as unparsable. <c>Story:Limits:FramesPerSecond</c> and
    /// <c>FramesBurst</c> lift it for the bench.
    /// </summary>
    public Rate Frames { get; init; } = new(PerSecond: 40, Burst: 120);

    /// <summary>How long after the upgrade a client may take to shake hands before its socket is closed.</summary>
    public TimeSpan HandshakeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be silent before it counts as gone; pages ping every 15 s.</summary>
    public TimeSpan SilentClient { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>
    /// TCP connections at once: a full hall of 10,000, its walls, and pages being loaded. Beyond it new ones are closed at
    /// once; 47 KB each in a hall (0.56 GB), this is also what bounds memory.
    /// </summary>
    public int MostConnections { get; init; } = 12_000;

    /// <summary>Bytes of a request's body; the longest of ours has one.</summary>
    public int LongestBody { get; init; } = 64 * 1024;

    /// <summary>Bytes of a request line: a ticket in the query and room to spare.</summary>
    public int LongestRequestLine { get; init; } = 4 * 1024;

    /// <summary>Bytes of all headers together: cookies of ours and a browser's own.</summary>
    public int LongestHeaders { get; init; } = 16 * 1024;

    /// <summary>Headers of a request: browsers and proxies send thirty.</summary>
    public int MostHeaders { get; init; } = 64;

    /// <summary>How long a request's headers may take, so that trickling them holds no connection; then 408.</summary>
    public TimeSpan HeadersWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may idle before its first request and between requests.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes a second at which a body must come on, after <see cref="SlowBodyGrace"/>; slower is 408.</summary>
    public double LeastBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may come slower than <see cref="LeastBytesPerSecond"/>; at least a second.</summary>
    public TimeSpan SlowBodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the first ballot of a batch waits for company: under the 20 ms a viewer cannot feel, and long enough that a
    /// busy hall shares each COMMIT (docs/benchmarks.md).
    /// </summary>
    public TimeSpan GatherBallots { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Ballots of one shard that may wait while a flush is under way; beyond it the answer is "busy".</summary>
    public int WaitingBallots { get; init; } = 8_192;

    /// <summary>
    /// How long a shard may take to answer a batch before its fate counts as unknown and the answer is "busy": some hundred commits, and no
    /// longer than a cluster takes to bring a lost shard up elsewhere.
    /// </summary>
    public TimeSpan ShardTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long after the deadline an arrival still counts: the network's share.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How often a session is told that this gateway still watches.</summary>
    public TimeSpan RenewWatch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a session may take to answer that before it is told again: one whose silo stalled is somewhere else within seconds,
    /// and only a new call finds it there.
    /// </summary>
    public TimeSpan WatchPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a session is watched after its last connection left.</summary>
    public TimeSpan KeepWatching { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tallies to phones: 2 a second.</summary>
    public TimeSpan PhoneTallyEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Tallies to walls and consoles: 10 a second.</summary>
    public TimeSpan ScreenTallyEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one write to a client may hang before the connection is given up.</summary>
    public TimeSpan SlowClient { get; init; } = TimeSpan.FromSeconds(10);
}

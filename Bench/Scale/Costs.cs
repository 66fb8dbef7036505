namespace Orleans.Story.Bench.Scale;

/// <summary>
/// What one of each thing costs. Every other file of the model only multiplies, so a better measurement is put in here and
/// nowhere else. CPU is microseconds of one core; the measured ones come from docs/benchmarks.md (cores of an AMD EPYC, November
/// 2026), most of them from <c>-- costs</c>, a cluster of programs of their own.
/// </summary>
/// <remarks>
/// What wakes a process costs more than what it then does: on that cluster 250 ballots a second took as much as 1,000. So a turn that
/// commits has one price here, whatever is in it, and a ballot the price it has where others are under way.
/// </remarks>
internal sealed record Costs
{
    /// <summary>Frame in, checks, receipt out.</summary>
    public Figure BallotAtGateway { get; init; } = new(40, "µs", Origin.Measured, "costs, gateway: with 1,200 a batch and 8 a tally 43, 108, 153 and 196 ms a second, where 41, 160, 144 and 203 were measured");

    /// <summary>A batch of ballots at the gateway: its timer, its call, and what is woken by the answer.</summary>
    public Figure BatchAtGateway { get; init; } = new(1_200, "µs", Origin.Measured, "costs, gateway: as above; the fit gives 1,960, with 13 a ballot and nothing for a tally");

    /// <summary>Deciding and folding one ballot, its share of the receipts included.</summary>
    public Figure BallotAtShard { get; init; } = new(6, "µs", Origin.Reckoned, "9 % of 62 µs a ballot in one process (profile in benchmarks.md)");

    /// <summary>
    /// A grain's turn that ends in a commit: the call, what is decided, the row, the transaction as the silo sees it, and what is pushed
    /// for it. An upper bound where several such turns share a transaction: how much of it they share was not measured.
    /// </summary>
    public Figure CommittedTurn { get; init; } = new(2_500, "µs", Origin.Measured, "costs, story silo: 58, 187, 193 and 223 ms a second at 22, 68, 81 and 83 batches; 21 rows a beat at 61.6 ms agree");

    /// <summary>The journal writer's CPU on one row: its JSON, parameters and answer, at a batch of two ballots or so.</summary>
    public Figure JournalRow { get; init; } = new(20, "µs", Origin.Reckoned, "16 % of 62 µs a ballot in one process is 10 µs; a row of that storm held about two");

    /// <summary>One tally or small stage written to one phone.</summary>
    public Figure DeliveredTally { get; init; } = new(8, "µs", Origin.Measured, "costs, gateway: as above; 20 at the very most, 41 ms a second at 2,000 tallies and 22 batches");

    /// <summary>CPU of a kilobyte more in a message that is written anyway.</summary>
    public Figure DeliveredKilobyte { get; init; } = new(1, "µs", Origin.Assumed, "a copy into the socket and its checksum, about 1 GB/s");

    /// <summary>A ping of a phone and its answer.</summary>
    public Figure Ping { get; init; } = new(20, "µs", Origin.Reckoned, "less than a tally each way; not measured alone");

    /// <summary>A WebSocket from TCP to the first <c>Now()</c>, its ticket opened; TLS ends at the proxy.</summary>
    public Figure Connect { get; init; } = new(500, "µs", Origin.Measured, "costs: a phone comes back with its ticket");

    /// <summary>The same for <c>POST /api/join</c>, three grain calls not included.</summary>
    public Figure JoinRequest { get; init; } = new(1_220, "µs", Origin.Measured, "costs: a phone comes in, 1,840, less a connection and four calls");

    /// <summary>What a join costs the silos: look-up, profile, seat, and their three commits.</summary>
    public Figure JoinAtSilo { get; init; } = new(2_400, "µs", Origin.Measured, "costs: a phone comes in");

    /// <summary>Resident memory a connected phone.</summary>
    public Figure ConnectionMemory { get; init; } = new(47, "KB", Origin.Measured, "hall of 1,000, joins included; 28 in another run, 34 and 38 in storms");

    /// <summary>A call over the wire, at the end that sends and again at the end that receives, its answer included.</summary>
    public Figure WireCall { get; init; } = new(30, "µs", Origin.Reckoned, "Orleans: serialize, frame, socket, dispatch; not measured alone, a committed turn holds it");

    /// <summary>A one-way message over the wire, at each end.</summary>
    public Figure WireMessage { get; init; } = new(18, "µs", Origin.Reckoned, "a call without its answer; not measured alone");

    /// <summary>Making a present (<c>Watch</c>, or a stage to push) in the session's turn.</summary>
    public Figure Present { get; init; } = new(40, "µs", Origin.Reckoned, "StageView over the state of one beat; not measured alone");

    /// <summary>Planning and checking one beat, whoever wrote it; its rows are counted for themselves.</summary>
    public Figure Beat { get; init; } = new(5_000, "µs", Origin.Reckoned, "the story bench plays a show of 16 beats in tens of milliseconds; with prompts and checks");

    /// <summary>Bringing one book into the session.</summary>
    public Figure Report { get; init; } = new(8, "µs", Origin.Reckoned, "a dictionary, a comparison, arming a timer");

    /// <summary>JSON of a stage or tally, once a push and gateway.</summary>
    public Figure Serialize { get; init; } = new(30, "µs", Origin.Reckoned, "System.Text.Json at about 100 MB/s");

    /// <summary>One look-up in the hall's list, a turn of the hall grain.</summary>
    public Figure Find { get; init; } = new(15, "µs", Origin.Reckoned, "a scan of at most 2,000 codes, and the turn");

    /// <summary>The pool looks for a worker while three thousand beats wait.</summary>
    public Figure PoolPlace { get; init; } = new(100, "µs", Origin.Reckoned, "PoolBook.Place alone, two cores: 5 µs with nobody waiting, 27 and 79 with 1,000 and 3,000 and no room, 125 and 466 with room; most find none");

    /// <summary>Silo or gateway to PostgreSQL and back.</summary>
    public Figure DatabaseRoundTrip { get; init; } = new(0.3, "ms", Origin.Reckoned, "one datacentre; a machine's own loopback says nothing about it");

    /// <summary>The server's flush of its log.</summary>
    public Figure Flush { get; init; } = new(1, "ms", Origin.Reckoned, "a server's NVMe disk; a cloud volume takes 1 to 3");

    /// <summary>Round trips of one transaction: versions with BEGIN, rows, COMMIT.</summary>
    public Figure RoundTripsOfCommit { get; init; } = new(3, "", Origin.Reckoned, "read off BatchRunner and PostgresBackend");

    /// <summary>The server's work on one row, index included.</summary>
    public Figure DatabaseRow { get; init; } = new(25, "µs", Origin.Reckoned, "insert … select from unnest; not measured alone");

    /// <summary>Rows a second that the server takes of all writers together.</summary>
    public Figure DatabaseRows { get; init; } = new(40_000, "rows/s", Origin.Reckoned, "one PostgreSQL of eight cores in batches; not measured");

    /// <summary>Commits a second of small transactions by many connections, sharing flushes.</summary>
    public Figure DatabaseCommits { get; init; } = new(8_000, "commits/s", Origin.Reckoned, "the same server: costs saw 0.5 to 2.1 ms of its CPU a transaction, 1.0 in the middle; eight cores of that");

    /// <summary>A tally to a phone.</summary>
    public Figure TallyBytes { get; init; } = new(0.4, "KB", Origin.Reckoned, "storm: 117 KB a viewer and minute, 120 tallies and 300 receipts of 0.2 KB");

    /// <summary>A stage to a phone.</summary>
    public Figure StageBytes { get; init; } = new(3.1, "KB", Origin.Measured, "last-ferry on a wall with two languages, as JSON: 1.6 in the lobby, 2.0 to 3.8 from a beat's first line to its ninth, 4.2 in a round; weighted by their time");

    /// <summary>A receipt to a phone.</summary>
    public Figure ReceiptBytes { get; init; } = new(0.2, "KB", Origin.Reckoned, "storm, as above");

    /// <summary>Every figure by name, for the page.</summary>
    public IEnumerable<(string Name, Figure Figure)> All() =>
    [
        ("ballot, gateway", BallotAtGateway), ("batch of ballots, gateway", BatchAtGateway), ("ballot, shard", BallotAtShard), ("turn that commits, silo", CommittedTurn), ("a row more in a commit", JournalRow),
        ("delivered tally", DeliveredTally), ("a kilobyte more", DeliveredKilobyte), ("ping", Ping), ("connect", Connect), ("join request", JoinRequest), ("join, silos", JoinAtSilo),
        ("memory a phone", ConnectionMemory), ("wire call, each end", WireCall), ("one-way message, each end", WireMessage),
        ("present", Present), ("beat", Beat), ("book into the session", Report), ("JSON of a push", Serialize), ("look-up in the hall", Find), ("place in the pool", PoolPlace),
        ("round trip to PostgreSQL", DatabaseRoundTrip), ("flush", Flush), ("round trips a commit", RoundTripsOfCommit), ("row, PostgreSQL", DatabaseRow),
        ("rows, PostgreSQL", DatabaseRows), ("commits, PostgreSQL", DatabaseCommits),
        ("tally", TallyBytes), ("stage", StageBytes), ("receipt", ReceiptBytes),
    ];
}

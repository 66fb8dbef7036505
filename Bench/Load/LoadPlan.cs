using System.Text.Json.Serialization;

namespace Orleans.Story.Bench.Load;

/// <summary>What a load generator is asked to do; travels as one line of JSON on its standard input.</summary>
internal sealed record LoadPlan
{
    /// <summary><c>storm</c>, <c>hall</c> or <c>hostile</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>story</c>, <c>hub</c>, <c>socket.io</c> or <c>colyseus</c>.</summary>
    public required string Wire { get; init; }

    /// <summary>The server's port on the loopback address.</summary>
    public required int Port { get; init; }

    /// <summary>The server's process, whose processor time and memory are read.</summary>
    public required int ServerPid { get; init; }

    /// <summary>Further processes of the server, whose processor time, with that of their children, is read beside.</summary>
    public int[] OtherPids { get; init; } = [];

    /// <summary>What phones type to join; ours only.</summary>
    public string JoinCode { get; init; } = "";

    /// <summary>Phones.</summary>
    public int Phones { get; init; } = 1000;

    /// <summary>Over how many seconds they come; 0 is as fast as the server takes them, eight at a time.</summary>
    public double JoinSeconds { get; init; }

    /// <summary>
    /// Storm, ours only: seconds that all stand in the lobby and do nothing, before they all leave and come back at once with the
    /// tickets they have; 0 is neither.
    /// </summary>
    public double StandSeconds { get; init; }

    /// <summary>Storm: votes a second.</summary>
    public int Rate { get; init; } = 5000;

    /// <summary>Storm: seconds before measuring begins.</summary>
    public double WarmSeconds { get; init; } = 4;

    /// <summary>Storm: seconds measured.</summary>
    public double Seconds { get; init; } = 8;

    /// <summary>Storm, peers only: options of the one round.</summary>
    public int Options { get; init; } = 2;

    /// <summary>Hall: rounds to take part in.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Hall: share of phones that vote in a round.</summary>
    public double Votes { get; init; } = 0.8;

    /// <summary>Hall: within how many seconds of the opening.</summary>
    public double VoteSeconds { get; init; } = 5;

    /// <summary>Hall: share of voters that change their mind, within the four seconds after their vote.</summary>
    public double Changes { get; init; } = 0.2;

    /// <summary>Hostile: connections made a second, all attackers together.</summary>
    public int Reconnects { get; init; } = 100;

    /// <summary>Hostile: frames a second, all flooders together.</summary>
    public int Flood { get; init; } = 2000;

    /// <summary>Where chance begins.</summary>
    public int Seed { get; init; } = 20_240_229;
}

/// <summary>What a load generator tells, one line of JSON each on its standard output.</summary>
internal sealed record LoadNews
{
    /// <summary>
    /// <c>seated</c>, <c>stood</c> and <c>back</c> (where a plan asks for them), <c>round</c> (a hall's round was decided), <c>storm</c>
    /// (measured), <c>hostile</c> or <c>failed</c>.
    /// </summary>
    public required string What { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Trouble { get; init; }

    /// <summary>The round.</summary>
    public int Round { get; init; }

    /// <summary>Seconds that were measured: over which votes were due, phones came, stood or came back.</summary>
    public double Seconds { get; init; }

    /// <summary>When the measured seconds of a storm began and ended, Unix milliseconds of this machine.</summary>
    public long FromMs { get; init; }

    /// <summary>See <see cref="FromMs"/>.</summary>
    public long UntilMs { get; init; }

    /// <summary>Ballots sent in that time.</summary>
    public long Sent { get; init; }

    /// <summary>Ballots acknowledged as counted in that time.</summary>
    public long Accepted { get; init; }

    /// <summary>Told to send again, which they were.</summary>
    public long Busy { get; init; }

    /// <summary>Answers that another ballot stands.</summary>
    public long Stale { get; init; }

    /// <summary>Refused, or too late.</summary>
    public long Refused { get; init; }

    /// <summary>Never answered.</summary>
    public long Lost { get; init; }

    /// <summary>Phones whose connection broke.</summary>
    public int Dropped { get; init; }

    /// <summary>From the moment a vote was due until its acknowledgement, median, milliseconds.</summary>
    public double AckP50 { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    public double AckP99 { get; init; }

    /// <summary>The slowest of the same.</summary>
    public double AckMax { get; init; }

    /// <summary>
    /// From the acknowledgement of a seat's first ballot until that phone has a tally of at least as many voters as were
    /// acknowledged by then, median, milliseconds.
    /// </summary>
    public double LagP50 { get; init; }

    /// <summary>The 99th percentile of the same.</summary>
    public double LagP99 { get; init; }

    /// <summary>How late the generator itself sent, 99th percentile, milliseconds.</summary>
    public double LateP99 { get; init; }

    /// <summary>The server's processor time in the measured seconds, milliseconds.</summary>
    public double CpuMs { get; init; }

    /// <summary>Processor time of <see cref="LoadPlan.OtherPids"/> in the measured seconds, milliseconds, in that order.</summary>
    public double[] OtherCpuMs { get; init; } = [];

    /// <summary>The generator's own share of its core in the measured seconds, 0–1.</summary>
    public double LoadCpu { get; init; }

    /// <summary>Bytes a phone received in the measured seconds.</summary>
    public double BytesIn { get; init; }

    /// <summary>Bytes a phone sent in the measured seconds.</summary>
    public double BytesOut { get; init; }

    /// <summary>The server's resident memory before anyone came, KiB.</summary>
    public long RssBefore { get; init; }

    /// <summary>The same once all are seated.</summary>
    public long RssSeated { get; init; }

    /// <summary>The generator's own count, by option.</summary>
    public int[] Own { get; init; } = [];

    /// <summary>Seats in its own count.</summary>
    public int OwnVoters { get; init; }

    /// <summary>Seats whose last ballot was never answered.</summary>
    public int Unknown { get; init; }

    /// <summary>What the stage says was decided, by option; empty for peers.</summary>
    public int[] Decided { get; init; } = [];

    /// <summary>Voters of the decision.</summary>
    public int DecidedVoters { get; init; }

    /// <summary>Whether the generator's own count is the book: nobody's fate unknown, the same voters, the same counts.</summary>
    [JsonIgnore]
    public bool IsExact => Unknown == 0 && OwnVoters == DecidedVoters && Own.AsSpan().SequenceEqual(Decided);

    /// <summary>From the moment the seal was due until the decision, by the stages' own clock, milliseconds; -1 for peers.</summary>
    public double SealMs { get; init; } = -1;

    /// <summary>Hostile: connections made.</summary>
    public long Connections { get; init; }

    /// <summary>Hostile: frames sent.</summary>
    public long Frames { get; init; }
}

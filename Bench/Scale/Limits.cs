using Orleans.Story.Rules.Sessions;

namespace Orleans.Story.Bench.Scale;

/// <summary>What the program refuses or does at a fixed pace, whatever the machines. Read off the code; each names its place, and
/// <c>LimitsTests</c> holds the constants among them to it.</summary>
internal static class Limits
{
    /// <summary>Seats of a session (<see cref="TermsCheck"/>).</summary>
    public const int Seats = TermsCheck.MostSeats;

    /// <summary>Sessions that a hall lists; older ones leave it, and with them their join codes (<c>HallGrain.MostSessions</c>).</summary>
    public const int Sessions = 2_000;

    /// <summary>Connections of a gateway (<c>GatewayOptions.MostConnections</c>).</summary>
    public const int Connections = 12_000;

    /// <summary>Sessions whose spending the pool remembers (<c>PoolBook.MostMeters</c>).</summary>
    public const int Meters = 4_096;

    /// <summary>Tallies a second to a phone, and to walls.</summary>
    public const double PhoneTallies = 2, ScreenTallies = 10;

    /// <summary>Stages a second in which only the number of people changed, from a session (<c>SeatsEveryMs</c>).</summary>
    public const double CalmStages = 4;

    /// <summary>Seconds between two renewals of a gateway's watch.</summary>
    public const double Renewal = 2;

    /// <summary>Seconds between two pings of a phone.</summary>
    public const double Ping = 15;

    /// <summary>Milliseconds that the first ballot of a batch waits for company (<c>GatewayOptions.GatherBallots</c>).</summary>
    public const double Gather = 10;

    /// <summary>Rows of one transaction (<c>StorageOptions.BatchEvents</c>).</summary>
    public const int BatchRows = 512;

    /// <summary>Milliseconds within which 99 of 100 receipts are to come (the targets in docs/benchmarks.md).</summary>
    public const double AckP99 = 60;
}

/// <summary>Changes that are not made yet; each is counted with and without.</summary>
internal sealed record Mends
{
    /// <summary>A hall's phones come to one gateway, by a hash of the session in the address.</summary>
    public bool ByHall { get; init; }

    /// <summary>A shard puts the batches that came during one commit into the next together, instead of a commit for each.</summary>
    public bool ShardGathers { get; init; }

    /// <summary>A session gives the seats that were asked for during one commit out together.</summary>
    public bool SeatsTogether { get; init; }

    /// <summary>A change of nothing but the number of people goes to phones as a small message, every ten seconds.</summary>
    public bool CalmSeldom { get; init; }

    /// <summary>A viewer's profile is written once a visit, behind the answer, and through the journal's writer.</summary>
    public bool VisitsBehind { get; init; }

    /// <summary>As the code is.</summary>
    public static Mends None { get; } = new();

    /// <summary>All of them.</summary>
    public static Mends All { get; } = new() { ByHall = true, ShardGathers = true, SeatsTogether = true, CalmSeldom = true, VisitsBehind = true };
}

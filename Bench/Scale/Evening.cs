namespace Orleans.Story.Bench.Scale;

/// <summary>What is to be carried: halls, their seats, the machines, and the habits of an audience.</summary>
internal sealed record Evening
{
    /// <summary>Sessions that play at once.</summary>
    public required int Halls { get; init; }

    /// <summary>Phones of each session.</summary>
    public required int Seats { get; init; }

    /// <summary>Silos with the role <c>story</c>.</summary>
    public required int Silos { get; init; }

    /// <summary>Gateways.</summary>
    public required int Gateways { get; init; }

    /// <summary>Cores of a silo.</summary>
    public int SiloCores { get; init; } = 8;

    /// <summary>Cores of a gateway.</summary>
    public int GatewayCores { get; init; } = 8;

    /// <summary>Memory of a gateway for connections, GB.</summary>
    public double GatewayMemory { get; init; } = 4;

    /// <summary>Network of a gateway outwards, Gbit/s.</summary>
    public double GatewayNetwork { get; init; } = 10;

    /// <summary>Minutes around the hour within which sessions start, evenly.</summary>
    public double StartSpread { get; init; } = 15;

    /// <summary>Seconds that are looked at, from the moment the last session has started.</summary>
    public int Seconds { get; init; } = 900;

    /// <summary>Minutes over which everybody comes.</summary>
    public double JoinMinutes { get; init; } = 10;

    /// <summary>The busiest second of coming, against the mean.</summary>
    public double JoinPeak { get; init; } = 2;

    /// <summary>How often a phone goes and comes back (pocket, lift, sleep), a minute.</summary>
    public double Flaps { get; init; } = 0.1;

    /// <summary>
    /// Whether minorities are protected: then a session tells its shards of each round and so calls them first; otherwise the first
    /// ballot does, from a gateway (<c>SessionGrain.TellShards</c>). It matters where the caller does.
    /// </summary>
    public bool Protection { get; init; }

    /// <summary>
    /// Share of phones that were never here, or come back in another language: those have their profile written twice, the others once
    /// (<c>ViewerGrain.Introduce</c> writes only what changed). All of them is the worst.
    /// </summary>
    public double NewPhones { get; init; } = 1;

    /// <summary>Where all chance comes from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>All phones.</summary>
    public int Phones => Halls * Seats;

    /// <summary>Audience shards of a session.</summary>
    public int Shards => Rules.Voting.Shards.Count(Seats);
}

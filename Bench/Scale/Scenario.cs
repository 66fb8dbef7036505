namespace Orleans.Story.Bench.Scale;

/// <summary>A scenario, carried through: what is wanted of everything, and what gives out first.</summary>
internal sealed class Scenario
{
    /// <summary>Seconds until a balancer has noticed a dead gateway: two probes of 2 s and some.</summary>
    public const double Notices = 5;

    /// <summary>Carries it through.</summary>
    /// <param name="evening">How many of what.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="spread">How phones find gateways.</param>
    /// <param name="mends">What is changed.</param>
    /// <param name="placement">How grains find silos; as the code is when left out.</param>
    public Scenario(Evening evening, Costs costs, SpreadPolicy spread, Mends mends, PlacementPolicy placement = PlacementPolicy.ShardsAtRandom)
    {
        (Evening, Mends) = (evening, mends);
        if (mends.ByHall) spread = SpreadPolicy.ByHall;
        // Where sessions and shards are depends on what they cost, and what a commit takes on where they are.
        Playing = new Playing(evening, costs, spread, mends);
        Playing = new Playing(evening, costs, spread, mends, Playing.RowsAt(Placed(placement)).P99 / Playing.Rows.P99);
        (Busiest, Out, AllCores, AllOut) = Playing.Gateways();
        Joining = new Joining(evening, costs, mends);
        Writing = new Writing(evening, costs);
        var lanes = (int)Math.Round(Playing.Observers);
        Acks = Lanes.Play(evening.Seats * 0.8 / 5 / evening.Shards, lanes, Playing.Commit, mends.ShardGathers, new Dice(evening.Seed).Fork(7));
        var cluster = Placed(placement);
        Silo = Playing.Busiest(cluster);
        var fullest = Enumerable.Range(0, evening.Gateways).Max(Playing.Spreading.At);
        Verdicts = Verdict.Sorted(
        [
            new Verdict("sessions that a hall lists (`HallGrain`)", "", evening.Halls, Limits.Sessions, null),
            new Verdict("seats of a session (`TermsCheck`)", "", evening.Seats, Limits.Seats, null),
            new Verdict("sessions whose spending the pool remembers (`PoolBook`)", "", evening.Halls, Limits.Meters, null),
            new Verdict("connections, fullest gateway", "", fullest, Limits.Connections, null),
            new Verdict("connections when one gateway is lost", "", fullest * (double)evening.Gateways / Math.Max(1, evening.Gateways - 1), Limits.Connections, null),
            new Verdict("gateway CPU, busiest, p99", "cores", Busiest.P99, evening.GatewayCores, Origin.Assumed),
            new Verdict("gateway network, busiest, p99", "Gbit/s", Out.P99, evening.GatewayNetwork, Origin.Assumed),
            new Verdict("gateway memory for lines", "GB", Playing.Memory, evening.GatewayMemory, Origin.Measured),
            new Verdict("silo CPU, busiest, p99", "cores", Silo.Used.P99 * evening.SiloCores, evening.SiloCores),
            new Verdict("turn of a session grain, p99", "cores", Playing.SessionTurn, 1),
            new Verdict("receipt of a shard at the busiest writer, p99", "ms", Acks.Ack.P99, Limits.AckP99),
            new Verdict("rows, the busiest silo's writer, p99", "rows/s", Playing.RowsAt(cluster).P99, Commit.MostRows(costs)),
            new Verdict("rows, PostgreSQL, p99", "rows/s", Playing.Rows.P99, costs.DatabaseRows),
            new Verdict("joins: silo CPU", "cores", Joining.SiloCores, evening.Silos * evening.SiloCores, Origin.Measured),
            new Verdict("joins: commits, PostgreSQL", "/s", Joining.Commits, costs.DatabaseCommits),
            new Verdict("joins: profiles through Orleans's storage", "/s", Joining.ProfileCalls, Joining.MostProfileWrites),
            new Verdict("joins: seats of one session", "/s", Joining.AtSession, Joining.MostAtSession),
            new Verdict("joins: look-ups at the hall grain", "/s", Joining.Finds, Joining.MostFinds),
            new Verdict("joins: telling how many have come", "Gbit/s", Joining.CalmOut, evening.GatewayNetwork * evening.Gateways, Origin.Assumed),
            new Verdict("inference pool, nobody waits", "calls/s", Writing.PoolCalls(0), Writing.MostPoolCalls),
            new Verdict("inference pool, everybody waits", "calls/s", Writing.PoolCalls(evening.Halls * Traffic.Options), Writing.MostPoolCalls),
        ]);
    }

    /// <summary>How many of what.</summary>
    public Evening Evening { get; }

    /// <summary>What is changed.</summary>
    public Mends Mends { get; }

    /// <summary>The show.</summary>
    public Playing Playing { get; }

    /// <summary>The coming.</summary>
    public Joining Joining { get; }

    /// <summary>The writing.</summary>
    public Writing Writing { get; }

    /// <summary>Receipts of one shard in the busy five seconds.</summary>
    public Acks Acks { get; }

    /// <summary>CPU of the busiest gateway, cores.</summary>
    public Series Busiest { get; }

    /// <summary>What the busiest gateway sends, Gbit/s.</summary>
    public Series Out { get; }

    /// <summary>CPU of all gateways, p99, cores.</summary>
    public double AllCores { get; }

    /// <summary>What all gateways send, p99, Gbit/s.</summary>
    public double AllOut { get; }

    /// <summary>The busiest silo.</summary>
    public (Series AgainstMean, Series Used) Silo { get; }

    /// <summary>Everything that may give out, the scarcest first.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>A cluster on which all sessions have started, over the time around the hour in which they do.</summary>
    public Cluster Placed(PlacementPolicy policy)
    {
        var (session, shard) = Playing.Shares();
        var cluster = new Cluster(policy, Evening, session, shard, new Dice(Evening.Seed).Fork(3));
        cluster.Start(Math.Max(1.0 / 60, Evening.Halls / Math.Max(1, 2 * Evening.StartSpread * 60)));
        return cluster;
    }
}

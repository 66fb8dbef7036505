namespace Orleans.Story.Bench.Scale;

/// <summary>What one session costs in one second, by where. CPU in microseconds of a core.</summary>
/// <param name="Session">At its own grain.</param>
/// <param name="Shard">At each of its shards.</param>
/// <param name="OwnRows">Journal rows of its own stream.</param>
/// <param name="ShardRows">Journal rows of each shard's.</param>
/// <param name="Pushes">Messages to all its gateways together.</param>
internal readonly record struct SessionSecond(double Session, double Shard, double OwnRows, double ShardRows, double Pushes);

/// <summary>
/// From what happens in a second to what it costs. Linear in everything, but for batches (more ballots, more a batch) and for
/// stages that only tell the number of people (at most so many a second).
/// </summary>
/// <param name="costs">Costs.</param>
/// <param name="evening">How many of what.</param>
/// <param name="mends">What is changed.</param>
/// <param name="commit">Milliseconds of a commit.</param>
internal sealed class Traffic(Costs costs, Evening evening, Mends mends, double commit)
{
    /// <summary>Options of a beat that are written ahead, in the mean of two to four.</summary>
    public const double Options = 3;

    /// <summary>
    /// Stages a second of a session in which only the number of people changed: each gateway says its number every 2 s, and a
    /// new one is a stage, at most four a second.
    /// </summary>
    public double Calm(int observers)
    {
        if (observers == 0) return 0;
        var changes = evening.Seats / (double)observers * evening.Flaps * 2 / 60 * Limits.Renewal;
        return Math.Min(Limits.CalmStages, observers / Limits.Renewal * (1 - Math.Exp(-changes)));
    }

    /// <summary>One second of a session that so many gateways follow.</summary>
    public SessionSecond Of(Rhythm show, int second, int observers)
    {
        var (stages, calm, tallies) = (show.Stages(second), Calm(observers), show.Tallying(second) * Limits.ScreenTallies);
        var ballots = show.Ballots(second) * evening.Seats / evening.Shards;
        var (calls, rows) = Lanes.Batches(ballots, observers, commit, mends.ShardGathers);
        var pushes = (stages + calm + tallies) * observers;
        var renewals = observers / Limits.Renewal;
        // Each stage is a step on record; plans and written beats too, two an option; feelings every five seconds.
        var ownRows = stages + (2 * Options / Rhythm.Cycle) + 0.2;
        var session = (ownRows * costs.CommittedTurn) + ((stages + calm + tallies) * costs.Present) + (pushes * costs.WireMessage)
            + (renewals * (costs.WireCall + costs.Present))
            + (Math.Min(tallies, calls * 1.0) * evening.Shards * (costs.Report + costs.WireMessage))
            + (Options * costs.Beat / Rhythm.Cycle);
        var shard = (ballots * costs.BallotAtShard) + (rows * costs.CommittedTurn) + ((calls - rows) * costs.WireCall);
        return new SessionSecond(session, shard, ownRows, rows, pushes);
    }

    /// <summary>CPU of a gateway for the phones of one session in one second, µs, and what goes out, KB.</summary>
    public (double Cpu, double Out) AtGateway(Rhythm show, int second, int phones, int observers)
    {
        if (phones == 0) return default;
        var (stages, calm, tallying) = (show.Stages(second), Calm(observers), show.Tallying(second));
        var (tallies, ballots) = (Limits.PhoneTallies * tallying, show.Ballots(second) * phones);
        // A change of people goes in the pace of tallies; mended it is a tally's size, every ten seconds.
        var people = mends.CalmSeldom ? Math.Min(calm, 0.1) : Math.Min(calm, Limits.PhoneTallies);
        var size = mends.CalmSeldom ? costs.TallyBytes.Value : costs.StageBytes.Value;
        var sent = phones * ((tallies * costs.TallyBytes) + (stages * costs.StageBytes) + (people * size)) + (ballots * costs.ReceiptBytes);
        var (calls, _) = Lanes.Batches(ballots / evening.Shards, 1, commit, gathers: true);
        var came = stages + calm + (tallying * Limits.ScreenTallies);
        var cpu = (phones * (((tallies + stages + people) * costs.DeliveredTally) + (costs.Ping / Limits.Ping))) + (sent * costs.DeliveredKilobyte)
            + (ballots * costs.BallotAtGateway) + (calls * evening.Shards * costs.BatchAtGateway)
            + (came * (costs.WireMessage + costs.Serialize)) + ((costs.WireCall + costs.Serialize) / Limits.Renewal)
            + (evening.Flaps / 60 * phones * costs.Connect);
        return (cpu, sent);
    }
}

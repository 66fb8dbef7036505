namespace Orleans.Story.Bench.Scale;

/// <summary>What came of a shard's ballots.</summary>
/// <param name="Ack">From arrival to receipt, ms.</param>
/// <param name="BallotsABatch">Mean.</param>
/// <param name="RowsASecond">Journal rows a second while ballots come.</param>
/// <param name="Sent">Ballots that came.</param>
/// <param name="Acknowledged">Ballots that were answered.</param>
internal readonly record struct Acks(Series Ack, double BallotsABatch, double RowsASecond, int Sent, int Acknowledged);

/// <summary>
/// Ballots of one shard on their way, event by event: as many lanes as gateways, each of which gathers for 10 ms and has one
/// batch under way; the shard takes one call at a time and waits for its commit (<c>BallotLane</c>, <c>AudienceGrain.Cast</c>).
/// </summary>
internal static class Lanes
{
    /// <summary>
    /// Batches a second of a shard, in the mean: a lane waits for a ballot and gathers, beside the commit of the batch before, and
    /// leaves once that is back.
    /// </summary>
    /// <param name="ballots">Ballots a second of the shard.</param>
    /// <param name="lanes">Gateways with phones of it.</param>
    /// <param name="commit">Milliseconds of a commit.</param>
    /// <param name="gathers">Whether the shard puts what waits into one row (<see cref="Mends.ShardGathers"/>).</param>
    public static (double Calls, double Rows) Batches(double ballots, int lanes, double commit, bool gathers)
    {
        if (ballots <= 0 || lanes == 0) return (0, 0);
        var calls = lanes / Math.Max((lanes / ballots) + (Limits.Gather / 1000), commit / 1000);
        var most = 1000 / commit;
        return gathers ? (calls, Math.Min(calls, most)) : (Math.Min(calls, most), Math.Min(calls, most));
    }

    /// <summary>Plays the busy five seconds of a round.</summary>
    public static Acks Play(double ballots, int lanes, double commit, bool gathers, Dice dice, double seconds = 5)
    {
        var arrivals = new Queue<double>[lanes];
        for (var lane = 0; lane < lanes; lane++) arrivals[lane] = new Queue<double>();
        for (var at = dice.Wait(1000 / ballots); at < seconds * 1000; at += dice.Wait(1000 / ballots)) arrivals[dice.Below(lanes)].Enqueue(at);
        var sent = arrivals.Sum(lane => lane.Count);
        // When each lane's next batch reaches the shard: 10 ms after its first ballot, and when the one before is back.
        var ready = arrivals.Select(lane => lane.TryPeek(out var first) ? first + Limits.Gather : double.PositiveInfinity).ToArray();
        var took = new List<double>();
        var (free, calls, rows, last) = (0.0, 0, 0, 0.0);
        while (true)
        {
            var next = Array.IndexOf(ready, ready.Min());
            if (double.IsPositiveInfinity(ready[next])) break;
            var begins = Math.Max(free, ready[next]);
            free = last = begins + commit;
            rows++;
            for (var lane = 0; lane < lanes; lane++)
            {
                if (lane != next && (!gathers || ready[lane] > begins)) continue;
                calls++;
                // What came until the batch left its gateway is in it; the rest gathers behind it.
                var left = ready[lane];
                while (arrivals[lane].TryPeek(out var came) && came <= left)
                {
                    arrivals[lane].Dequeue();
                    took.Add(free - came);
                }

                ready[lane] = arrivals[lane].TryPeek(out var waits) ? Math.Max(waits + Limits.Gather, free) : double.PositiveInfinity;
            }
        }

        return new Acks(Series.Of(took), took.Count / (double)Math.Max(1, calls), rows / Math.Max(0.001, last / 1000), sent, took.Count);
    }
}

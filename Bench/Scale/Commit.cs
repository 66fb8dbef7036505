namespace Orleans.Story.Bench.Scale;

/// <summary>
/// The journal's writer of one silo: one transaction at a time, which takes what waits. Times in milliseconds.
/// </summary>
internal static class Commit
{
    /// <summary>
    /// One transaction while so many rows a second come: round trips, the flush, and its rows, which are those that came
    /// during the one before. T = t + r × rate × T, so T = t / (1 − r × rate).
    /// </summary>
    /// <param name="costs">Costs.</param>
    /// <param name="rows">Rows a second at this writer.</param>
    public static double Transaction(Costs costs, double rows)
    {
        var least = (costs.RoundTripsOfCommit * costs.DatabaseRoundTrip) + costs.Flush;
        var full = least + (Limits.BatchRows * Row(costs));
        var busy = Row(costs) * rows / 1000;
        return busy >= 1 ? full : Math.Clamp(least / (1 - busy), least + Row(costs), full);
    }

    /// <summary>Rows a second that a writer takes at most: full batches, one after the other.</summary>
    public static double MostRows(Costs costs) =>
        1000 * Limits.BatchRows / ((costs.RoundTripsOfCommit * costs.DatabaseRoundTrip) + costs.Flush + (Limits.BatchRows * Row(costs)));

    /// <summary>From an append to its answer: half of the transaction under way where there is one, and its own.</summary>
    public static double Wait(Costs costs, double rows)
    {
        var one = Transaction(costs, rows);
        var busy = Math.Min(1, rows * one / 1000);
        return one * (1 + (busy / 2));
    }

    /// <summary>The server's and the writer's time for one row, ms.</summary>
    private static double Row(Costs costs) => (costs.DatabaseRow + costs.JournalRow) / 1000;
}

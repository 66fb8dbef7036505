using System.Diagnostics;

namespace Orleans.Story.Bench.Load;

/// <summary>
/// A fixed number of votes a second into one long round. 30 % of the phones vote from the start; the others cast their
/// first ballot one by one over the whole storm, so that the growing number of voters says how old a tally is.
/// </summary>
internal static class Storm
{
    private const double FromTheStart = 0.3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs it, once the round is open.</summary>
    public static async Task<LoadNews> Run(LoadPlan plan, Crowd crowd, int round, int options, CancellationToken stop)
    {
        var tick = Stopwatch.Frequency;
        var start = Stopwatch.GetTimestamp() + (tick / 2);
        var from = start + (long)(plan.WarmSeconds * tick);
        var until = from + (long)(plan.Seconds * tick);
        crowd.Begin(round, from, until);
        crowd.Schedule(Votes(plan, crowd, round, options, start));

        await Until(from, stop);
        var (gauge, bytes) = (Stretch.Begin(plan), crowd.Bytes);
        await Until(until, stop);
        var measured = gauge.End("storm");
        var (received, sent) = (crowd.Bytes.In - bytes.In, crowd.Bytes.Out - bytes.Out);
        await crowd.Settle(Patience, stop);
        return crowd.Report("storm", options) with
        {
            FromMs = measured.FromMs,
            UntilMs = measured.UntilMs,
            CpuMs = measured.CpuMs,
            OtherCpuMs = measured.OtherCpuMs,
            LoadCpu = measured.LoadCpu,
            BytesIn = received / (double)crowd.Size,
            BytesOut = sent / (double)crowd.Size,
        };
    }

    private static async Task Until(long timestamp, CancellationToken stop)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero) await Task.Delay(left, stop);
    }

    private static List<Vote> Votes(LoadPlan plan, Crowd crowd, int round, int options, long start)
    {
        var chance = new Random(plan.Seed);
        var count = (int)(plan.Rate * (plan.WarmSeconds + plan.Seconds));
        var votes = new List<Vote>(count);
        var begun = 0;
        for (var i = 0; i < count; i++)
        {
            var wanted = crowd.Size * (FromTheStart + ((1 - FromTheStart) * i / count));
            var phone = begun < wanted && begun < crowd.Size ? begun++ : chance.Next(begun);
            votes.Add(new Vote(phone, round, chance.Next(options), crowd.NextNumber(phone), start + (long)(i * (double)Stopwatch.Frequency / plan.Rate)));
        }

        return votes;
    }
}

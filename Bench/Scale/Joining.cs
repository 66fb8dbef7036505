namespace Orleans.Story.Bench.Scale;

/// <summary>Everybody comes within minutes. Rates are a second, at the peak where nothing else is said.</summary>
internal sealed class Joining(Evening evening, Costs costs, Mends mends)
{
    /// <summary>Joins at the peak.</summary>
    public double Joins => evening.Phones / (evening.JoinMinutes * 60) * evening.JoinPeak;

    /// <summary>Calls of <c>Find</c> at the one hall grain: one a join.</summary>
    public double Finds => Joins;

    /// <summary>The same where every gateway remembers a code it has found: once a code and gateway.</summary>
    public double FindsWithCache => (double)evening.Halls * evening.Gateways / (evening.JoinMinutes * 60) * evening.JoinPeak;

    /// <summary>
    /// What the hall grain answers at most: interleaved, so nothing is waited for, but on one thread at a time; the message's receiving
    /// half is on others.
    /// </summary>
    public double MostFinds => 1e6 / (costs.Find + costs.WireMessage);

    /// <summary>Joins of one session at the peak.</summary>
    public double AtSession => evening.Seats / (evening.JoinMinutes * 60) * evening.JoinPeak;

    /// <summary>
    /// Seats that a session gives out: now one a commit, in its only turn (<c>SessionGrain.Join</c> waits in it). Given out
    /// together, a commit may hold a batch, and the CPU is the limit.
    /// </summary>
    public double MostAtSession => mends.SeatsTogether
        ? 1e6 / (costs.WireCall + costs.JournalRow + costs.Report)
        : 1000 / (Commit.Wait(costs, Joins / evening.Silos) + (costs.WireCall / 1000));

    /// <summary>How long the last viewer of a session waits if all of it come as fast as they can, seconds.</summary>
    public double WholeSession => evening.Seats / MostAtSession;

    /// <summary>
    /// Transactions at PostgreSQL: of the viewer's profile two (<c>Introduce</c>, where it is news, and <c>Visit</c>), each a commit of
    /// its own through Orleans's storage, and the seats, which share commits of their silo's writer.
    /// </summary>
    public double Commits => mends.VisitsBehind ? SeatCommits : SeatCommits + ((1 + evening.NewPhones) * Joins);

    /// <summary>The same where no phone is new: a profile is then written once.</summary>
    public double CommitsOfKnown => mends.VisitsBehind ? SeatCommits : SeatCommits + Joins;

    private double SeatCommits => Math.Min(Joins, evening.Silos * 1000 / Commit.Transaction(costs, Joins / evening.Silos));

    /// <summary>
    /// Commits that Orleans's storage makes at most: eight connections a silo, each busy for a read or a write's way and its flush.
    /// </summary>
    public double MostProfileWrites => evening.Silos * 8 * 1000 / ((2 * costs.DatabaseRoundTrip) + costs.Flush);

    /// <summary>Reads and writes of profiles: an activation reads once, then writes twice, or once where nothing of it is new.</summary>
    public double ProfileCalls => mends.VisitsBehind ? Joins : (2 + evening.NewPhones) * Joins;

    /// <summary>CPU of all silos, cores.</summary>
    public double SiloCores => Joins * costs.JoinAtSilo / 1e6;

    /// <summary>CPU of all gateways, cores: the request, three or four calls, the socket.</summary>
    public double GatewayCores => Joins * (costs.JoinRequest + costs.Connect + (4 * costs.WireCall)) / 1e6;

    /// <summary>
    /// Phones that are told again how many people there are, a second, at the middle of the coming: half of them, twice a second.
    /// </summary>
    public double CalmPushes => evening.Phones / 2.0 * (mends.CalmSeldom ? 0.1 : Math.Min(Limits.PhoneTallies, AtSession));

    /// <summary>What that sends from all gateways, Gbit/s.</summary>
    public double CalmOut => CalmPushes * (mends.CalmSeldom ? costs.TallyBytes : costs.StageBytes) * 8e3 / 1e9;
}

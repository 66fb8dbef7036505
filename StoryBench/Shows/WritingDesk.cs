using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Inference.Scheduling;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;
using Orleans.Story.StoryBench.Answers;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>A beat that a show wants written.</summary>
/// <param name="Plan">What it must do.</param>
/// <param name="Past">What was told before it.</param>
/// <param name="Likelihood">How likely it is to be told, 0–1; the likeliest is written first.</param>
/// <param name="IsLive">Whether the wall waits for it.</param>
internal sealed record Wanted(Plan Plan, StorySoFar Past, double Likelihood, bool IsLive);

/// <summary>
/// The writers on paper: orders wait for a slot, are written, checked, repaired once, and fall back to a storylet. A writer
/// takes as long of the show's time as it says it took; nobody waits in earnest but for the writer's own answer.
/// </summary>
internal sealed class WritingDesk(IBeatWriter writer, ShowTime time, Film film, SessionId session, string language)
{
    private readonly ImmutableArray<string> languages = [language];
    private readonly List<WritingJob> open = [];

    /// <summary>Everything that was ordered, in order.</summary>
    internal List<WritingJob> Jobs { get; } = [];

    /// <summary>When the next beat is ready, or <see cref="long.MaxValue"/>.</summary>
    internal long NextMs => open.Where(job => job.Fate == Fate.Running).Select(job => job.ReadyMs).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Orders what is wanted and new, gives up what is wanted no more, and fills the slots.</summary>
    internal async Task Want(IReadOnlyList<Wanted> wanted, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var job in open.Where(job => !wanted.Any(one => job.Answers(one.Plan)))) job.GiveUp(nowMs);
        open.RemoveAll(job => job.Fate is Fate.Unused or Fate.Cancelled or Fate.NeverBegun or Fate.Told);
        foreach (var one in wanted.Where(one => !open.Any(job => job.Answers(one.Plan))))
        {
            var job = new WritingJob { Plan = one.Plan, Past = one.Past };
            open.Add(job);
            Jobs.Add(job);
        }

        while (Next(wanted) is { } next && HasRoom(next.Live))
        {
            var took = await Write(next, nowMs, cancellationToken);
            (next.Job.Fate, next.Job.BeganMs, next.Job.ReadyMs) = (Fate.Running, nowMs, nowMs + took);
        }
    }

    /// <summary>Beats that have become ready, in that order.</summary>
    internal ImmutableArray<WritingJob> Finished(long nowMs)
    {
        ImmutableArray<WritingJob> ready = [.. open.Where(job => job.Fate == Fate.Running && job.ReadyMs <= nowMs).OrderBy(job => job.ReadyMs)];
        foreach (var job in ready) job.Fate = Fate.Ready;
        return ready;
    }

    /// <summary>The job for a plan that nobody gave up, or <see langword="null"/>.</summary>
    internal WritingJob? For(Plan plan) => open.Find(job => job.Answers(plan));

    private Turn? Next(IReadOnlyList<Wanted> wanted) => open.Where(job => job.Fate == Fate.Waiting)
        .Select(job => (Job: job, Wanted: wanted.First(one => job.Answers(one.Plan))))
        .OrderByDescending(one => one.Wanted.Likelihood).Select(one => new Turn(one.Job, one.Wanted.Likelihood, one.Wanted.IsLive)).FirstOrDefault();

    private bool HasRoom(bool isLive) => open.Count(job => job.Fate == Fate.Running) < writer.Slots - (isLive ? 0 : WritingRules.KeptForLive(writer.Slots));

    /// <summary>Plan → write → check → repair once → fall back. Answers how long that takes, milliseconds.</summary>
    private async Task<long> Write(Turn turn, long nowMs, CancellationToken cancellationToken)
    {
        var job = turn.Job;
        var order = new BeatOrder(film.Ref, job.Plan, languages, turn.Live ? WritePriority.Live : WritePriority.Speculative, nowMs + (long)(1000 * job.Plan.Seconds), job.Past, null, turn.Likelihood);
        time.Stand(nowMs);
        var (first, took) = await Ask(job, order, cancellationToken);
        if (first is null) return took;
        var findings = BeatChecks.Of(film, job.Plan, first, languages, new CheckTerms(job.Past));
        if (findings.IsEmpty)
        {
            job.Beat = first;
            return took;
        }

        job.Findings = Names(findings);
        // Whoever writes without a model writes the same again.
        if (first.Writing is null)
        {
            job.Beat = Storylet(job.Plan, Fallback.Refused);
            return took;
        }

        job.Repaired = true;
        var (second, more) = await Ask(job, order with { Repair = new Repair(first, [.. findings.Select(finding => finding.What)]) }, cancellationToken);
        if (second is null) return took + more;
        var still = BeatChecks.Of(film, job.Plan, second, languages, new CheckTerms(job.Past));
        job.StillFound = Names(still);
        job.Beat = still.IsEmpty ? second : Storylet(job.Plan, Fallback.Refused);
        return took + more;
    }

    /// <summary>Asks until there is a beat or the writer has failed too often; the rests in between take time too.</summary>
    private async Task<(Beat? Beat, long TookMs)> Ask(WritingJob job, BeatOrder order, CancellationToken cancellationToken)
    {
        var took = 0L;
        while (true)
        {
            var (beat, once) = await AskOnce(job, order, cancellationToken);
            took += once;
            if (beat is not null || job.Failures >= WritingRules.MostFailures) return (beat, took);
            var rest = (long)WritingRules.Rest(job.Failures).TotalMilliseconds;
            time.Pass(rest);
            took += rest;
        }
    }

    private async Task<(Beat? Beat, long TookMs)> AskOnce(WritingJob job, BeatOrder order, CancellationToken cancellationToken)
    {
        using var meter = ChatMeter.Begin();
        var began = time.GetTimestamp();
        try
        {
            var beat = await writer.WriteAsync(film, session, order, cancellationToken);
            Count(job, beat.Writing?.TokensIn ?? meter.TokensIn, beat.Writing?.TokensOut ?? meter.TokensOut);
            var passed = time.GetTimestamp() - began;
            // Which plan it answers, and whether it is what was asked for, is for the one who asked to say.
            return (beat with { Made = job.Plan.Made, Fallback = Fallback.None }, passed > 0 ? passed : beat.Writing?.TookMs ?? 0);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            Count(job, meter.TokensIn, meter.TokensOut);
            job.Failures++;
            job.Failure = failed.Message;
            job.Beat = Storylet(job.Plan, Fallback.Failed);
            return (null, time.GetTimestamp() - began);
        }
    }

    private static void Count(WritingJob job, long tokensIn, long tokensOut) => (job.TokensIn, job.TokensOut) = (job.TokensIn + tokensIn, job.TokensOut + tokensOut);

    private Beat Storylet(Plan plan, Fallback why) => StoryletTelling.Tell(film, plan) with { Fallback = why };

    private static ImmutableArray<string> Names(ImmutableArray<Finding> findings) =>
        [.. findings.Select(finding => finding.Check).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Turn(WritingJob Job, double Likelihood, bool Live);
}

using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Films;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Scheduling;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Grains.Inference;

/// <inheritdoc cref="IInferenceWorkerGrain"/>
[Reentrant]
[PreferLocalPlacement]
public sealed class InferenceWorkerGrain(IBeatWriter writer, FilmLibrary films, Blocklist blocklist, TimeProvider time, ILogger<InferenceWorkerGrain> log) : Grain, IInferenceWorkerGrain
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    /// <summary>A trial is asked after so often.</summary>
    private static readonly TimeSpan TrialWait = TimeSpan.FromSeconds(4);

    /// <summary>Trials at once; more are told so.</summary>
    private const int MostTrials = 4;

    private readonly Dictionary<Guid, Work> jobs = [];
    private readonly Dictionary<Guid, (CancellationTokenSource Stop, double Urgency)> asides = [];
    private readonly Dictionary<Guid, Task<WriteTrial>> trials = [];
    private IGrainTimer? renewal;

    private int Room => writer.Slots - jobs.Count - asides.Count;

    private int SpeculativeRoom => Math.Max(0, Room - WritingRules.KeptForLive(writer.Slots));

    /// <inheritdoc/>
    public async Task Start()
    {
        renewal ??= this.RegisterGrainTimer(Renew, new GrainTimerCreationOptions { DueTime = RenewEvery, Period = RenewEvery, Interleave = true, KeepAlive = true });
        await Renew(CancellationToken.None);
    }

    /// <summary>What it was writing nobody will hear of, so nobody shall pay for it; who asked finds out by asking again.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var work in jobs.Values.ToList()) work.Stop(Ending.CalledOff);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> Write(WriteJob job)
    {
        if (jobs.ContainsKey(job.Job)) return true;
        // Woken by a call in place of one that died: it takes no work on a lease that nobody here renews, and says so to the pool.
        if (renewal is null)
        {
            await GrainFactory.Pool().Lease(new WorkerLease(this.GetPrimaryKeyString(), writer.Name, 0, 0));
            return false;
        }

        if ((job.Order.Priority == WritePriority.Live ? Room : SpeculativeRoom) <= 0 && !Displace(job.Order.Priority)) return false;
        _ = Run(job, jobs[job.Job] = new Work(job, new CancellationTokenSource()));
        return true;
    }

    /// <inheritdoc/>
    public Task Cancel(Guid job)
    {
        if (jobs.TryGetValue(job, out var work)) work.Stop(Ending.CalledOff);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> Has(Guid job) => Task.FromResult(jobs.ContainsKey(job));

    /// <inheritdoc/>
    public async Task<Aside?> Say(Guid job, SessionId session, AsideOrder order)
    {
        try
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(order.DeadlineMs) - time.GetUtcNow();
            if (left <= TimeSpan.Zero || await Film(order.Film, order.Rating) is not { } film) return null;
            using var deadline = new CancellationTokenSource(left, time);
            asides[job] = (deadline, Asides.Urgency(order.Request.Kind));
            if (await Task.Run(() => writer.SayAsync(film, session, order, deadline.Token), deadline.Token) is not { } draft) return null;
            if (AsideChecks.Of(film, order, draft.Words, blocklist) is not { IsEmpty: false } findings) return new Aside(draft.Words, draft.Writer, null);
            log.LogInformation("An aside of {Writer} is not shown: {Findings}", draft.Writer, string.Join(", ", findings.Select(finding => finding.Check)));
            return null;
        }
        catch (Exception failed)
        {
            log.LogInformation(failed, "Writer {Writer} had nothing to say", writer.Name);
            return null;
        }
        finally
        {
            asides.Remove(job);
            await Account(job, session);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteTrial?> Try(Guid trial, BeatOrder order)
    {
        if (!trials.TryGetValue(trial, out var tried))
        {
            foreach (var over in trials.Where(one => one.Value.IsCompleted).Select(one => one.Key).ToList()) trials.Remove(over);
            if (trials.Count >= MostTrials) return new WriteTrial(writer.Name, 0, "Other checks are trying it just now.");
            tried = trials[trial] = Tried(order);
        }

        return await Task.WhenAny(tried, Task.Delay(TrialWait, time)) == tried ? await tried : null;
    }

    private async Task<WriteTrial> Tried(BeatOrder order)
    {
        var started = time.GetTimestamp();
        try
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(order.DeadlineMs) - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return Trial("The deadline had passed when the trial came.");
            using var deadline = new CancellationTokenSource(left, time);
            if (await Film(order.Film, order.Rating, deadline.Token) is not { } film) return Trial($"The library lost film {order.Film}.");
            var beat = await Written(film, default, order, deadline.Token).WaitAsync(deadline.Token);
            var findings = BeatChecks.Of(film, order.Plan, beat, order.Languages, CheckTerms.Of(order, blocklist));
            return Trial(findings.IsEmpty ? null : string.Join(", ", findings));
        }
        catch (Exception failed)
        {
            log.LogWarning(failed, "Writer {Writer} failed a trial", writer.Name);
            return Trial(failed is OperationCanceledException ? "The deadline came." : failed.Message);
        }

        WriteTrial Trial(string? failed) => new(writer.Name, Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1), failed);
    }

    /// <summary>The film as far as the show's rating allows it, or <see langword="null"/> if the library lost it.</summary>
    private async Task<Film?> Film(FilmRef version, string? rating, CancellationToken stop = default) =>
        await films.FindAsync(version, stop) is { } film ? FilmCuts.Within(film, rating) : null;

    private Task Renew(CancellationToken cancellationToken) => renewal is null ? Task.CompletedTask : GrainFactory.Pool().Lease(new WorkerLease(
        this.GetPrimaryKeyString(), writer.Name, Room, SpeculativeRoom,
        (int)Math.Max(0, writer.Tokens - jobs.Values.Sum(work => (long)work.Job.Tokens)), writer.TokensPerShow));

    /// <summary>For what the wall waits for the least urgent aside makes room, or the newest beat that is written ahead: it has cost the least.</summary>
    private bool Displace(WritePriority priority)
    {
        if (priority != WritePriority.Live || Room > 0) return false;
        if (asides.Count > 0)
        {
            var (job, aside) = asides.MinBy(one => one.Value.Urgency);
            asides.Remove(job);
            aside.Stop.Cancel();
            return true;
        }

        if (jobs.Values.LastOrDefault(work => work.Job.Order.Priority == WritePriority.Speculative && work.Ended == Ending.Open) is not { } newest) return false;
        newest.Stop(Ending.Displaced);
        jobs.Remove(newest.Job.Job);
        return true;
    }

    /// <summary>Off the grain's turns: a model streams for seconds, and what it sends is read where nobody waits for it.</summary>
    private Task<Beat> Written(Film film, SessionId session, BeatOrder order, CancellationToken stop) =>
        Task.Run(() => writer.WriteAsync(film, session, order, stop), stop);

    private async Task Run(WriteJob job, Work work)
    {
        var plan = job.Order.Plan;
        var asked = GrainFactory.Beat(new BeatKey(job.Session, plan.Beat, plan.Option));
        try
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(job.Order.DeadlineMs) - time.GetUtcNow();
            if (left <= TimeSpan.Zero) throw new TimeoutException("The deadline had passed when the job came.");
            using var deadline = new CancellationTokenSource(left, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, work.Stopped);
            var film = await Film(job.Order.Film, job.Order.Rating, either.Token) ?? throw new InvalidOperationException($"The library lost film {job.Order.Film}.");
            await asked.Written(job.Job, await Written(film, job.Session, job.Order, either.Token));
        }
        catch (Exception) when (work.Ended == Ending.CalledOff)
        {
            log.LogDebug("Beat {Beat} of session {Session} was called off", plan.Beat, job.Session);
        }
        catch (Exception) when (work.Ended == Ending.Displaced)
        {
            await asked.Displaced(job.Job);
        }
        catch (Exception failed)
        {
            // A model that fails is an evening's everyday, and says in its message all there is to know.
            log.LogWarning(failed is ModelFaultException ? null : failed, "Writer {Writer} gave up beat {Beat} of session {Session}: {Why}", writer.Name, plan.Beat, job.Session, failed.Message);
            await asked.Failed(job.Job, failed.Message);
        }
        finally
        {
            jobs.Remove(job.Job);
            work.Dispose();
            await Account(job.Job, job.Session);
        }
    }

    private async Task Account(Guid job, SessionId session)
    {
        try
        {
            await GrainFactory.Pool().Release(job);
            if (writer.Spent(session) is > 0 and var spent) await GrainFactory.Pool().Spent(this.GetPrimaryKeyString(), session, spent);
            await Renew(CancellationToken.None);
        }
        catch (Exception unreachable) when (unreachable is TimeoutException or OrleansException)
        {
            // The next renewal says the same.
            log.LogWarning(unreachable, "The pool did not hear that job {Job} is over", job);
        }
    }

    private enum Ending
    {
        Open,
        CalledOff,
        Displaced,
    }

    private sealed class Work(WriteJob job, CancellationTokenSource stop) : IDisposable
    {
        public WriteJob Job => job;

        public CancellationToken Stopped { get; } = stop.Token;

        public Ending Ended { get; private set; }

        public void Stop(Ending why)
        {
            if (Ended != Ending.Open) return;
            Ended = why;
            stop.Cancel();
        }

        public void Dispose() => stop.Dispose();
    }
}

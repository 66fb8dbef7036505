using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Films;
using Orleans.Story.Inference.Writers;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Grains.Inference;

/// <inheritdoc cref="IInferenceWorkerGrain"/>
[Reentrant]
[PreferLocalPlacement]
public sealed class InferenceWorkerGrain(IBeatWriter writer, FilmLibrary films, TimeProvider time, ILogger<InferenceWorkerGrain> log) : Grain, IInferenceWorkerGrain
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    /// <summary>Jobs at once; more are refused and find another worker or the fallback.</summary>
    private const int Slots = 16;

    /// <summary>Slots that only Live jobs may take.</summary>
    private const int LiveSlots = 4;

    private readonly HashSet<Guid> jobs = [];
    private IGrainTimer? renewal;

    /// <inheritdoc/>
    public async Task Start()
    {
        renewal ??= this.RegisterGrainTimer(Renew, new GrainTimerCreationOptions { DueTime = RenewEvery, Period = RenewEvery, Interleave = true, KeepAlive = true });
        await Renew(CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<bool> Write(WriteJob job)
    {
        var room = Slots - jobs.Count - (job.Order.Priority == WritePriority.Speculative ? LiveSlots : 0);
        if (room <= 0) return Task.FromResult(false);
        if (jobs.Add(job.Job)) _ = Run(job);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public async Task<WriteTrial> Try(BeatOrder order)
    {
        var started = time.GetTimestamp();
        try
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(order.DeadlineMs) - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return Trial("The deadline had passed when the trial came.");
            using var deadline = new CancellationTokenSource(left, time);
            if (await films.FindAsync(order.Film, deadline.Token) is not { } film) return Trial($"The library lost film {order.Film}.");
            var beat = await writer.WriteAsync(film, default, order, deadline.Token).WaitAsync(deadline.Token);
            var findings = BeatChecks.Of(film, order.Plan, beat, order.Languages);
            return Trial(findings.IsEmpty ? null : string.Join(", ", findings));
        }
        catch (Exception failed)
        {
            log.LogWarning(failed, "Writer {Writer} failed a trial", writer.Name);
            return Trial(failed is OperationCanceledException ? "The deadline came." : failed.Message);
        }

        WriteTrial Trial(string? failed) => new(writer.Name, Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1), failed);
    }

    private Task Renew(CancellationToken cancellationToken) =>
        GrainFactory.Pool().Lease(new WorkerLease(
            this.GetPrimaryKeyString(), writer.Name, Slots - jobs.Count, Math.Max(0, Slots - LiveSlots - jobs.Count)));

    private async Task Run(WriteJob job)
    {
        var plan = job.Order.Plan;
        var asked = GrainFactory.Beat(new BeatKey(job.Session, plan.Beat, plan.Option));
        try
        {
            var left = DateTimeOffset.FromUnixTimeMilliseconds(job.Order.DeadlineMs) - time.GetUtcNow();
            if (left <= TimeSpan.Zero) throw new TimeoutException("The deadline had passed when the job came.");
            using var deadline = new CancellationTokenSource(left, time);
            var film = await films.FindAsync(job.Order.Film, deadline.Token) ?? throw new InvalidOperationException($"The library lost film {job.Order.Film}.");
            await asked.Written(job.Job, await writer.WriteAsync(film, job.Session, job.Order, deadline.Token));
        }
        catch (Exception failed)
        {
            log.LogWarning(failed, "Writer {Writer} gave up beat {Beat} of session {Session}", writer.Name, plan.Beat, job.Session);
            await asked.Failed(job.Job, failed.Message);
        }
        finally
        {
            jobs.Remove(job.Job);
        }
    }
}

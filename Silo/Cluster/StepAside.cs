using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Journal;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Silo.Cluster;

/// <summary>
/// Ends a silo that cannot reach the database while another one can: its sessions can do nothing here and go on there. Where nobody
/// reaches the database everyone stays, since a session that is kept in memory is back sooner than one that must be loaded.
/// </summary>
/// <param name="journal">This process's journal.</param>
/// <param name="grains">To ask others.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For the reason.</param>
internal sealed class StepAside(IJournalHealth journal, IGrainFactory grains, TimeProvider time, ILogger<StepAside> log) : BackgroundService
{
    /// <summary>How long it must have been out of reach: longer than the writer's own tries to reach a database that restarts.</summary>
    private static readonly TimeSpan Failing = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait for one witness.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Witnesses asked in one look: any of them may be placed in this very process.</summary>
    private const int Witnesses = 6;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(LookEvery, time);
        while (await looks.WaitForNextTickAsync(stoppingToken))
        {
            // Asked, and not only looked at: a writer whose packets are swallowed learns of it when its statement has run out of time, and
            // one with nothing to write not at all.
            var cutOff = CutOff(await journal.AskAsync(stoppingToken), time.GetUtcNow());
            if (cutOff < Failing || !await OthersServe(stoppingToken)) continue;
            // When an outage of everybody's ends somebody is the first to see it, and the others must not take that for a reason to go.
            if (await journal.AnswersAsync(stoppingToken)) continue;
            log.LogCritical("This silo has not reached its database for {Seconds:0} s and another has: it ends, so that its sessions go on there", cutOff.TotalSeconds);
            // At once: the journal has nothing it could still write, and every other part survives a kill.
            System.Diagnostics.Process.GetCurrentProcess().Kill();
            return;
        }
    }

    /// <summary>
    /// For how long the database has been out of reach. A full disk or damage is every silo's trouble, and going elsewhere would only take
    /// it there.
    /// </summary>
    internal static TimeSpan CutOff(JournalHealth journal, DateTimeOffset now) =>
        journal is { State: JournalState.Failing, Kind: JournalTrouble.Unreachable } ? now - DateTimeOffset.FromUnixTimeMilliseconds(journal.SinceMs) : TimeSpan.Zero;

    private async Task<bool> OthersServe(CancellationToken stop)
    {
        var asked = Enumerable.Range(0, Witnesses).Select(_ => Ask(stop)).ToList();
        return (await Task.WhenAll(asked)).Any(testimony => testimony is { Serves: true } && testimony.Process != JournalWitnessGrain.Process);
    }

    private async Task<JournalTestimony?> Ask(CancellationToken stop)
    {
        try
        {
            return await grains.GetGrain<IJournalWitnessGrain>(Guid.NewGuid().ToString("N")).Testify().WaitAsync(Patience, time, stop);
        }
#pragma warning disable CA1031 // A witness that cannot be asked says nothing, whatever kept it.
        catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}

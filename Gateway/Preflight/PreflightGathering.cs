using System.Globalization;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Gateway.Api;
using Orleans.Story.Gateway.Fanout;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Preflight;

namespace Orleans.Story.Gateway.Preflight;

/// <summary>Finds out what the rules of a pre-flight check want to know; judges nothing itself.</summary>
internal sealed class PreflightGathering(
    IClusterClient cluster, SessionFeeds feeds, WallTests tests, HallDevices devices, HallAddress address, ClockWatch watch, GatewayOptions options, TimeProvider time)
{
    /// <summary>How long the writer may be waited for; its own deadline is shorter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Times a trial is asked after, 4 s each.</summary>
    private const int MostAsked = 12;

    /// <summary>The facts; <see langword="null"/> if there is no such session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="consoleOffsetMs">The asking console's clock minus the server's, milliseconds, if it said.</param>
    /// <param name="items">What is asked about; a trial beat is written, and the clock held against itself, only where somebody asks.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<PreflightFacts?> Find(SessionId session, double? consoleOffsetMs, IReadOnlyCollection<PreflightItem> items, CancellationToken stop)
    {
        var feed = feeds.Of(session);
        if (await feed.Known(stop) is not { } present) return null;
        var (proof, heardMs) = tests.Known(session);
        var (seenMs, device, tripMs) = devices.Newest;
        var terms = present.Stage.Terms;
        var now = time.GetUtcNow();
        var zone = time.LocalTimeZone;
        return new PreflightFacts(
            now.ToUnixTimeMilliseconds(),
            new WallFacts(feed.Health.Walls, proof),
            heardMs,
            new NetworkFacts(address.Origin, address.IsLocalOnly, seenMs, device, tripMs),
            new DiskFacts(Free(options.Data), ShowSize.Of(terms.Capacity, terms.RunningSeconds, terms.WindowSeconds + terms.CardSeconds)),
            items.Contains(PreflightItem.Writer) ? await Try(session, stop) : new WriterFacts(0, null, null, null),
            new ClockFacts(consoleOffsetMs, proof?.OffsetMs, items.Contains(PreflightItem.Clock) ? watch.Stepped() : 0, zone.Id, TimeZoneInfo.ConvertTime(now, zone).ToString("HH:mm", CultureInfo.InvariantCulture)),
            feed.Show(present.Health).Journal);
    }

    /// <summary>Has one of the pool's writers write a beat that goes nowhere.</summary>
    private async Task<WriterFacts> Try(SessionId session, CancellationToken stop)
    {
        try
        {
            var workers = await cluster.Pool().Workers().WaitAsync(Patience, time, stop);
            if (workers.IsEmpty) return new WriterFacts(0, null, null, null);
            if (await cluster.Session(session).TrialOrder().WaitAsync(Patience, time, stop) is not { } order)
                return new WriterFacts(workers.Length, workers[0].Model, null, "The library lost this session's film.");
            var name = Guid.NewGuid();
            WriteTrial? trial = null;
            // The order's own deadline ends the trial; this only ends a loop.
            for (var asked = 0; trial is null && asked < MostAsked; asked++) trial = await cluster.Worker(workers[0].Worker).Try(name, order).WaitAsync(Patience, time, stop);
            return trial is null
                ? new WriterFacts(workers.Length, workers[0].Model, null, "It did not answer in time.")
                : new WriterFacts(workers.Length, trial.Writer, trial.TookMs, trial.Failed);
        }
        catch (TimeoutException)
        {
            return new WriterFacts(1, "?", null, "It did not answer in time.");
        }
    }

    private static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

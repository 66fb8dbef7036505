using System.Collections.Immutable;
using System.Data.Common;
using Orleans.Placement;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Grains.Journal;
using Orleans.Story.Rules.Feelings;
using Orleans.Story.Rules.Journal;
using Orleans.Story.Rules.Voting;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Sessions;

/// <inheritdoc cref="IAudienceGrain"/>
/// <remarks>
/// Placed at random: the usual placement prefers the silo of whoever calls first, which after a loss is the session, and then one
/// writer takes every ballot of a large hall (<c>docs/design/25-scale.md</c>).
/// </remarks>
[RandomPlacement]
public sealed class AudienceGrain(IJournal journal) : Grain, IAudienceGrain
{
    private static readonly TimeSpan BookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What a look at the journal may take before a seat is told what is in memory.</summary>
    private static readonly TimeSpan LooksFor = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FeelingsEvery = TimeSpan.FromSeconds(5);

    private readonly FeelingFold feelings = new();
    private AudienceKey key;
    private EventStream<AudienceEvent> stream = null!;
    private AudienceShard shard = AudienceShard.Empty;
    private IGrainTimer? bookTimer;
    private IGrainTimer? feelingsTimer;
    private int? unreported;
    private bool gone;
    private Task? looking;
    private Task? looksNext;
    private (RoundOrder Order, ImmutableDictionary<int, int> Weights)? counting;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        key = AudienceKey.Parse(this.GetPrimaryKeyString());
        stream = new EventStream<AudienceEvent>(journal, EventCodecs.Audience, key.Stream);
        return Load(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Receipt>> Cast(BallotBatch batch)
    {
        using var span = GrainTelemetry.Take(key, batch);
        while (shard.Decide(batch) is { } cast)
        {
            var status = await Append(cast);
            if (status == AppendStatus.Busy)
                return [.. batch.Ballots.Select(ballot => shard.Busy(key.Shard, batch.Terms.Round, ballot))];
            if (status == AppendStatus.Appended) break;
        }

        ReportBook(batch.Terms.Round);
        return [.. batch.Ballots.Select(ballot => shard.Receipt(key.Shard, batch.Terms.Round, ballot))];
    }

    /// <inheritdoc/>
    public async Task Reseat(ImmutableArray<Sitting> sittings)
    {
        while (shard.Reseat(sittings) is { } begun)
        {
            if (await Append(begun) == AppendStatus.Busy)
                throw new JournalUnavailableException(JournalFailure.Busy, $"The journal is busy; new sittings of {key} are not on record. Ask again.");
        }
    }

    /// <inheritdoc/>
    public async Task<Receipt> Standing(int round, int seat)
    {
        if (journal.IsShared) await Look();
        return shard.Standing(key.Shard, round, seat);
    }

    /// <inheritdoc/>
    public async Task<BallotBook> Seal(RoundOrder order)
    {
        while (shard.Seal(order) is { } seal)
        {
            if (await Append(seal) == AppendStatus.Busy)
                throw new JournalUnavailableException(JournalFailure.Busy, $"The journal is busy; round {order.Round} of {key} is not sealed. Ask again.");
        }

        return Book(order.Round);
    }

    /// <inheritdoc/>
    public Task<bool> IsSealed(int round) => Task.FromResult(shard.Round(round).Sealed);

    /// <inheritdoc/>
    public Task Discard()
    {
        // Kept until this activation idles away, so that a straggler's ballot finds nobody who would write it down.
        gone = true;
        (shard, counting, unreported) = (AudienceShard.Empty, null, null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Recount(RoundOrder order)
    {
        counting = (order, Streaks.Weights(shard, order));
        ReportBook(order.Round);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<CountedBallot>> Counted(RoundOrder order) => Task.FromResult(shard.Counted(order));

    /// <inheritdoc/>
    public Task Feel(ImmutableArray<FeelingTap> taps)
    {
        foreach (var tap in taps) feelings.Add(tap);
        feelingsTimer ??= this.RegisterGrainTimer(ReportFeelings, new GrainTimerCreationOptions { DueTime = FeelingsEvery, Period = Timeout.InfiniteTimeSpan });
        return Task.CompletedTask;
    }

    private Task Load(CancellationToken cancellationToken) => stream.ReadAsync(shard.Version, Fold, cancellationToken);

    /// <summary>Once for each event: a look at the journal may see what an append of this activation has just written.</summary>
    private void Fold(AudienceEvent happened, long version)
    {
        if (version > shard.Version && !gone) shard = shard.Evolve(happened, version);
    }

    /// <summary>
    /// Learns what another activation may have written: while silos have lost each other there may be two of this shard, and phones that come
    /// back to this one would be shown a ballot that is not the newest that was acknowledged. Whoever asks is answered by a look that
    /// begins after it asked, and all who ask meanwhile share one ("read index", Ongaro: Raft, 6.4).
    /// </summary>
    private Task Look() => looking is null ? looking = LookNow() : looksNext ??= LookAfter(looking);

    private async Task LookAfter(Task before)
    {
        await before;
        looksNext = null;
        await (looking = LookNow());
    }

    private async Task LookNow()
    {
        using var enough = new CancellationTokenSource(LooksFor);
        try
        {
            await Load(enough.Token);
        }
        catch (Exception trouble) when (trouble is DbException or TimeoutException or OperationCanceledException or IOException or JournalUnavailableException)
        {
            // A database that does not answer keeps nobody from what is known here, and is spoken of elsewhere.
        }
        finally
        {
            looking = null;
        }
    }

    /// <summary>Journals an event and folds it; after a conflict the state is what the journal says.</summary>
    private async Task<AppendStatus> Append(AudienceEvent happened)
    {
        if (gone) return AppendStatus.Busy;
        AppendResult result;
        try
        {
            result = await stream.AppendAsync(shard.Version, [happened]);
        }
        catch (JournalUnavailableException trouble) when (trouble.Failure != JournalFailure.Unknown)
        {
            // Nothing was written, so what is in hand is still true: no need to read a whole stream again for each batch.
            return AppendStatus.Busy;
        }
        catch (JournalUnavailableException)
        {
            // Whether it was written is not known here: the next activation reads what is true.
            this.DeactivateOnIdle();
            throw;
        }

        if (result.Status == AppendStatus.Appended) Fold(happened, result.Version);
        else if (result.Status == AppendStatus.Conflict) await Load(CancellationToken.None);
        return result.Status;
    }

    /// <summary>The first change goes out at once, the rest of the next 100 ms together.</summary>
    private void ReportBook(int round)
    {
        if (bookTimer is not null)
        {
            unreported = round;
            return;
        }

        Send(round);
        bookTimer = this.RegisterGrainTimer(ReportAgain, new GrainTimerCreationOptions { DueTime = BookEvery, Period = Timeout.InfiniteTimeSpan });
    }

    private Task ReportAgain(CancellationToken cancellationToken)
    {
        bookTimer?.Dispose();
        bookTimer = null;
        if (unreported is { } round)
        {
            unreported = null;
            ReportBook(round);
        }

        return Task.CompletedTask;
    }

    private Task ReportFeelings(CancellationToken cancellationToken)
    {
        feelingsTimer?.Dispose();
        feelingsTimer = null;
        if (feelings.Take() is { } sums) _ = GrainFactory.Session(key.Session).Report(new ShardReport(key.Shard, null, sums));
        return Task.CompletedTask;
    }

    private void Send(int round) =>
        _ = GrainFactory.Session(key.Session).Report(new ShardReport(key.Shard, Book(round), null));

    private BallotBook Book(int round) =>
        shard.Round(round).Book(round, counting is { } told && told.Order.Round == round ? told.Weights : ImmutableDictionary<int, int>.Empty);
}

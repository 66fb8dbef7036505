using System.Collections.Immutable;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// One shard of a session's audience: the only writer of its seats' ballots. The key is an <see cref="AudienceKey"/>;
/// a seat belongs to shard FNV-1a(seat) mod shard count.
/// </summary>
[Alias("story.IAudienceGrain")]
public interface IAudienceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Journals what counts, then answers with a receipt a ballot, in the same order. A journal that cannot take it now
    /// gives <see cref="ReceiptStatus.Busy"/> receipts; nothing changed then.
    /// </summary>
    [Alias("Cast")]
    Task<ImmutableArray<Receipt>> Cast(BallotBatch batch);

    /// <summary>
    /// From now on takes ballots of these seats only in these sittings or later ones. Journaled before the answer;
    /// repeating it changes nothing.
    /// </summary>
    [Alias("Reseat")]
    Task Reseat(ImmutableArray<Sitting> sittings);

    /// <summary>The ballot that stands for a seat; status tells whether the round is sealed.</summary>
    [Alias("Standing"), AlwaysInterleave]
    Task<Receipt> Standing(int round, int seat);

    /// <summary>Closes the round for good and answers with its book; the same book each time.</summary>
    [Alias("Seal")]
    Task<BallotBook> Seal(RoundOrder order);

    /// <summary>Whether the round is closed for good.</summary>
    [Alias("IsSealed")]
    Task<bool> IsSealed(int round);

    /// <summary>
    /// Tells how a round counts, and has the shard report its book of it: when the round opens, and when the session has
    /// just woken up and knows no book. If it is lost, only the live count is without weights; the seal brings them.
    /// </summary>
    [Alias("Recount"), OneWay]
    Task Recount(RoundOrder order);

    /// <summary>The ballots of a sealed round, by seat; empty while it is open.</summary>
    [Alias("Counted")]
    Task<ImmutableArray<CountedBallot>> Counted(RoundOrder order);

    /// <summary>The session is a rehearsal that is over: nothing is put on record any more.</summary>
    [Alias("Discard")]
    Task Discard();

    /// <summary>Folds taps into the current window. Taps may be lost with the process.</summary>
    [Alias("Feel"), OneWay]
    Task Feel(ImmutableArray<FeelingTap> taps);
}

/// <summary>What a shard tells its session at most ten times a second; repeats and losses are harmless.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Book">The newest book of the open round, or <see langword="null"/>.</param>
/// <param name="Feelings">Taps since the last report, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.ShardReport")]
public sealed record ShardReport(
    [property: Id(0)] int Shard,
    [property: Id(1)] BallotBook? Book,
    [property: Id(2)] FeelingSums? Feelings);

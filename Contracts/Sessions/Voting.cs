using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>How a round is decided.</summary>
[GenerateSerializer, Alias("story.VotingRule"), JsonConverter(typeof(JsonStringEnumConverter<VotingRule>))]
public enum VotingRule
{
    /// <summary>One option a ballot; the most chosen wins.</summary>
    Plurality,

    /// <summary>Any number of options a ballot; the most approved wins (Brams and Fishburn 1978).</summary>
    Approval,

    /// <summary>Options in order of preference; the weakest leaves and its ballots move on until one has most (instant run-off).</summary>
    Ranked,
}

/// <summary>Who wins among options that are level.</summary>
[GenerateSerializer, Alias("story.TieRule"), JsonConverter(typeof(JsonStringEnumConverter<TieRule>))]
public enum TieRule
{
    /// <summary>A draw from a recorded seed.</summary>
    Draw,

    /// <summary>The option the film lists first.</summary>
    First,

    /// <summary>The option the film lists last.</summary>
    Last,
}

/// <summary>What an audience shard must know of a round to take ballots for it.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Options">How many options there are, 2–4.</param>
/// <param name="Rule">How it is decided.</param>
[GenerateSerializer, Immutable, Alias("story.RoundTerms")]
public sealed record RoundTerms(
    [property: Id(0)] int Round,
    [property: Id(1)] int Options,
    [property: Id(2)] VotingRule Rule);

/// <summary>One seat's vote. The last one before the seal counts, once.</summary>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="N">The device's count: one above the highest it sent or saw in a receipt; from 1.</param>
/// <param name="Choice">
/// Canonical: <c>2</c> for one option, <c>0+2</c> for several in ascending order, <c>2&gt;0</c> for a ranking from the
/// favourite down, <c>-</c> for an abstention.
/// </param>
/// <param name="Sitting">The sitting of the seat that casts it, from 0; see <see cref="Sessions.Sitting"/>.</param>
[GenerateSerializer, Immutable, Alias("story.Ballot")]
public sealed record Ballot(
    [property: Id(0)] int Seat,
    [property: Id(1)] int N,
    [property: Id(2)] string Choice,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Sitting = 0);

/// <summary>Ballots of one round that travel and are journaled together; at most one a seat.</summary>
/// <param name="Terms">The round they are for.</param>
/// <param name="Ballots">At most 4,096.</param>
[GenerateSerializer, Immutable, Alias("story.BallotBatch")]
public sealed record BallotBatch(
    [property: Id(0)] RoundTerms Terms,
    [property: Id(1)] ImmutableArray<Ballot> Ballots);

/// <summary>What became of a ballot.</summary>
[GenerateSerializer, Alias("story.ReceiptStatus"), JsonConverter(typeof(JsonStringEnumConverter<ReceiptStatus>))]
public enum ReceiptStatus
{
    /// <summary>On disk; it counts unless a later one replaces it. A repeat says the same.</summary>
    Counted,

    /// <summary>Another ballot with the same or a higher number stands; it is in the receipt.</summary>
    Stale,

    /// <summary>The round is sealed; the ballot that counted, if any, is in the receipt.</summary>
    Closed,

    /// <summary>Not taken now; nothing changed, try again.</summary>
    Busy,

    /// <summary>
    /// The sitting that cast it has ended; nothing changed, and what stands for the seat is not told. A phone never sees
    /// it: the gateway refuses instead.
    /// </summary>
    Parted,
}

/// <summary>The answer to a ballot: the ballot that stands for the seat.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Round">The round.</param>
/// <param name="Seat">The seat.</param>
/// <param name="N">The standing ballot's number, or 0 if none stands.</param>
/// <param name="Choice">The standing ballot's canonical choice, or empty if none stands.</param>
/// <param name="Shard">The shard that keeps it.</param>
/// <param name="Version">The version of the shard's journal stream that holds it; 0 if none stands.</param>
/// <param name="Proof">
/// The code under which the ballot stands in the published record of the show; only this seat is told it. Empty if none
/// stands, or before the gateway has added it.
/// </param>
[GenerateSerializer, Immutable, Alias("story.Receipt")]
public sealed record Receipt(
    [property: Id(0)] ReceiptStatus Status,
    [property: Id(1)] int Round,
    [property: Id(2)] int Seat,
    [property: Id(3)] int N,
    [property: Id(4)] string Choice,
    [property: Id(5)] int Shard,
    [property: Id(6)] long Version,
    [property: Id(7)] string Proof = "");

/// <summary>What a shard must know to count a round.</summary>
/// <param name="Round">The round.</param>
/// <param name="Protection">Most votes that a losing streak adds to a ballot, 0–3; 0 counts everyone once.</param>
/// <param name="Winners">Winning options of the rounds before, by round; what losing streaks are counted from.</param>
[GenerateSerializer, Immutable, Alias("story.RoundOrder")]
public sealed record RoundOrder(
    [property: Id(0)] int Round,
    [property: Id(1)] int Protection,
    [property: Id(2)] ImmutableArray<int> Winners);

/// <summary>A ballot that counted, as the record of the show needs it.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="N">Its number.</param>
/// <param name="Choice">Canonical.</param>
/// <param name="Weight">The votes it carried.</param>
/// <param name="Version">The version of the shard's journal stream that holds it.</param>
/// <param name="Again">Whether the seat had voted in this round before.</param>
[GenerateSerializer, Immutable, Alias("story.CountedBallot")]
public sealed record CountedBallot(
    [property: Id(0)] int Seat,
    [property: Id(1)] int N,
    [property: Id(2)] string Choice,
    [property: Id(3)] int Weight,
    [property: Id(4)] long Version,
    [property: Id(5)] bool Again = false);

/// <summary>What a shard has counted in one round.</summary>
/// <param name="Round">The round.</param>
/// <param name="Version">The shard's journal version; of two books of one shard and round the higher is the newer.</param>
/// <param name="Lines">One line a canonical ballot and weight, in ordinal order; counts are positive.</param>
[GenerateSerializer, Immutable, Alias("story.BallotBook")]
public sealed record BallotBook(
    [property: Id(0)] int Round,
    [property: Id(1)] long Version,
    [property: Id(2)] ImmutableArray<BookLine> Lines);

/// <summary>So many equal ballots.</summary>
/// <param name="Choice">The canonical choice.</param>
/// <param name="Weight">Weight class: the votes each of them carries, 1 unless a rule says otherwise.</param>
/// <param name="Count">How many seats cast it.</param>
[GenerateSerializer, Immutable, Alias("story.BookLine")]
public sealed record BookLine(
    [property: Id(0)] string Choice,
    [property: Id(1)] int Weight,
    [property: Id(2)] int Count);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>Where a remark stands that somebody still has to do with.</summary>
[GenerateSerializer, Alias("story.RemarkStanding"), JsonConverter(typeof(JsonStringEnumConverter<RemarkStanding>))]
public enum RemarkStanding
{
    /// <summary>Nobody has said yes or no.</summary>
    Waiting,

    /// <summary>Approved; it waits for its turn on the wall.</summary>
    Approved,

    /// <summary>On the wall now.</summary>
    Shown,
}

/// <summary>What a person decides about a remark.</summary>
[GenerateSerializer, Alias("story.RemarkVerdict"), JsonConverter(typeof(JsonStringEnumConverter<RemarkVerdict>))]
public enum RemarkVerdict
{
    /// <summary>The hall may read it.</summary>
    Approve,

    /// <summary>Nobody reads it, and its author is told nothing.</summary>
    Reject,

    /// <summary>Takes a decision back: off the wall if it is on it, and back among those that wait if it was not there yet.</summary>
    Withdraw,
}

/// <summary>A remark as those who decide about it see it.</summary>
/// <param name="Id">The remark.</param>
/// <param name="Seat">The seat that wrote it.</param>
/// <param name="Words">What it says, 1–80 characters, cleaned.</param>
/// <param name="AtMs">When it came, UTC milliseconds.</param>
/// <param name="Standing">Where it stands.</param>
[GenerateSerializer, Immutable, Alias("story.HeldRemark")]
public sealed record HeldRemark(
    [property: Id(0)] Guid Id,
    [property: Id(1)] int Seat,
    [property: Id(2)] string Words,
    [property: Id(3)] long AtMs,
    [property: Id(4)] RemarkStanding Standing);

/// <summary>The remarks somebody still has to do with.</summary>
/// <param name="Waiting">How many wait for a yes or a no.</param>
/// <param name="Approved">How many were approved and wait for the wall.</param>
/// <param name="Remarks">The one on the wall, then the approved in their order, then the oldest of those that wait.</param>
[GenerateSerializer, Immutable, Alias("story.RemarkQueue")]
public sealed record RemarkQueue(
    [property: Id(0)] int Waiting,
    [property: Id(1)] int Approved,
    [property: Id(2)] ImmutableArray<HeldRemark> Remarks);

/// <summary>A decision about a remark.</summary>
/// <param name="Id">The remark.</param>
/// <param name="Verdict">What is decided.</param>
/// <param name="By">The staff account that decides.</param>
[GenerateSerializer, Immutable, Alias("story.JudgeRemark")]
public sealed record JudgeRemark(
    [property: Id(0)] Guid Id,
    [property: Id(1)] RemarkVerdict Verdict,
    [property: Id(2)] string By);

/// <summary>What became of a remark that was sent.</summary>
/// <param name="Id">The remark, or <see langword="null"/> when refused.</param>
/// <param name="AgainMs">When the seat may send the next, UTC milliseconds; 0 when that is not what it waits for.</param>
/// <param name="Refusal">Why not, or <see langword="null"/>.</param>
[GenerateSerializer, Immutable, Alias("story.RemarkTaken")]
public sealed record RemarkTaken(
    [property: Id(0)] Guid? Id,
    [property: Id(1)] long AgainMs,
    [property: Id(2)] Refusal? Refusal);

/// <summary>The remark on the wall, without a name or a seat.</summary>
/// <param name="Id">The remark, by which its author's phone knows it.</param>
/// <param name="Words">What it says; <see langword="null"/> on phones, where nobody else's remarks are shown.</param>
/// <param name="AtMs">When it went on the wall, UTC milliseconds.</param>
/// <param name="UntilMs">When it leaves, UTC milliseconds.</param>
[GenerateSerializer, Immutable, Alias("story.StageRemark")]
public sealed record StageRemark(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string? Words,
    [property: Id(2)] long AtMs,
    [property: Id(3)] long UntilMs);

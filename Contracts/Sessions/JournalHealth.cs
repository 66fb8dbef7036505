using System.Text.Json.Serialization;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>How the journal does.</summary>
[GenerateSerializer, Alias("story.JournalState"), JsonConverter(typeof(JsonStringEnumConverter<JournalState>))]
public enum JournalState
{
    /// <summary>What is asked of it gets written.</summary>
    Well,

    /// <summary>It writes, but more waits than it can take, or one commit takes very long. Phones are told to send again.</summary>
    Busy,

    /// <summary>It does not write. Nothing is acknowledged until it does.</summary>
    Failing,
}

/// <summary>Why the journal does not write.</summary>
[GenerateSerializer, Alias("story.JournalTrouble"), JsonConverter(typeof(JsonStringEnumConverter<JournalTrouble>))]
public enum JournalTrouble
{
    /// <summary>No space is left.</summary>
    DiskFull,

    /// <summary>Another program holds the database.</summary>
    Locked,

    /// <summary>Part of the database cannot be read as what it should be, or is missing.</summary>
    Damaged,

    /// <summary>The disk, the folder or the server does not answer or does not take writes.</summary>
    Unreachable,

    /// <summary>Anything else; the log has the database's own words.</summary>
    Other,
}

/// <summary>How the journal of the process that answers does, for the console and for <c>/readyz</c>.</summary>
/// <param name="State">How it does.</param>
/// <param name="Kind">Why it fails; <see langword="null"/> unless it does.</param>
/// <param name="Sentence">What to do about it; <see langword="null"/> when it is well.</param>
/// <param name="SinceMs">Since when it is in this state, UTC milliseconds.</param>
/// <param name="LastCommitMs">How long the last commit took, milliseconds; 0 before the first.</param>
/// <param name="QueueDepth">Writes that wait for a transaction.</param>
/// <param name="BatchSize">Events in the last transaction; 0 before the first.</param>
[GenerateSerializer, Immutable, Alias("story.JournalHealth")]
public sealed record JournalHealth(
    [property: Id(0)] JournalState State,
    [property: Id(1)] JournalTrouble? Kind,
    [property: Id(2)] Text? Sentence,
    [property: Id(3)] long SinceMs,
    [property: Id(4)] double LastCommitMs,
    [property: Id(5)] int QueueDepth,
    [property: Id(6)] int BatchSize);

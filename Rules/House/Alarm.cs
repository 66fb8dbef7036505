using System.Text.Json.Serialization;
using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.House;

/// <summary>What an alarm is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmKind>))]
public enum AlarmKind
{
    /// <summary>The show had a wall and has none.</summary>
    WallLost,

    /// <summary>The show runs and never had a wall.</summary>
    NoWall,

    /// <summary>The journal does not write.</summary>
    JournalFailing,

    /// <summary>The session does not answer.</summary>
    Silent,

    /// <summary>The show runs and no phone is connected.</summary>
    NoPhones,

    /// <summary>The show has been paused for long.</summary>
    PausedLong,

    /// <summary>The show runs although it was to be over.</summary>
    Overdue,

    /// <summary>The doors are shut although the show was to begin.</summary>
    DoorsShut,

    /// <summary>The wall had nothing to show, within the last minute.</summary>
    DeadAir,

    /// <summary>Nobody had written the last beats in time.</summary>
    Fallbacks,

    /// <summary>Receipts take long.</summary>
    SlowReceipts,

    /// <summary>More waits for the journal than it can take.</summary>
    JournalBusy,

    /// <summary>Nobody writes beats.</summary>
    NoWorker,

    /// <summary>Little space is left on the disk that the journal is on.</summary>
    DiskLow,
}

/// <summary>How much an alarm matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmLevel>))]
public enum AlarmLevel
{
    /// <summary>The hall sees it, or is about to: do it now.</summary>
    Grave,

    /// <summary>The show goes on as it is: look at it soon.</summary>
    Warning,
}

/// <summary>Something is wrong, and somebody can mend it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="SinceMs">Since when, UTC milliseconds.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record Alarm(AlarmKind Kind, AlarmLevel Level, long SinceMs, Text What, Text Mend);

/// <summary>Something that is not as it should be, before anyone decided whether it is worth an alarm.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Level">How much it would matter.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">What to do about it.</param>
/// <param name="SinceMs">Since when, where it is known, UTC milliseconds; otherwise since it was first seen.</param>
internal sealed record Trouble(AlarmKind Kind, AlarmLevel Level, Text What, Text Mend, long? SinceMs = null);

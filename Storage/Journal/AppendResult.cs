namespace Orleans.Story.Storage.Journal;

/// <summary>How an append ended, when it ended in an answer rather than in an exception.</summary>
public enum AppendStatus
{
    /// <summary>Every entry is durable; power may fail now.</summary>
    Appended,

    /// <summary>The stream was not at the expected version; nothing was written. Re-read and re-decide, never repeat.</summary>
    Conflict,

    /// <summary>The write queue is full; nothing was written. The same append may be tried again later.</summary>
    Busy,
}

/// <summary>The answer to an append.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Version">
/// The stream's version afterwards: of the last entry when appended, the actual one on a conflict,
/// the caller's own expectation when busy (the stream was not looked at).
/// </param>
public readonly record struct AppendResult(AppendStatus Status, long Version);

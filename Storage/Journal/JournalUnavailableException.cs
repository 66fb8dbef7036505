namespace Orleans.Story.Storage.Journal;

/// <summary>What is known about a write that got no answer.</summary>
public enum JournalFailure
{
    /// <summary>The write queue is full; nothing was written. Only writes to tables and grain state say it so: an append answers <see cref="AppendStatus.Busy"/>.</summary>
    Busy,

    /// <summary>The database refused or could not be reached; nothing was written.</summary>
    NotWritten,

    /// <summary>The commit failed and the database could not be asked what became of it. Re-read before deciding anything.</summary>
    Unknown,
}

/// <summary>A write failed, or its fate could not be learnt; <see cref="Failure"/> says which.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">What is known about the write.</param>
    /// <param name="message">A sentence an operator can act on.</param>
    /// <param name="innerException">What the database said.</param>
    public JournalUnavailableException(JournalFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What is known about the write.</summary>
    public JournalFailure Failure { get; }
}

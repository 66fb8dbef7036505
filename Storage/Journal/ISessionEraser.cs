namespace Orleans.Story.Storage.Journal;

/// <summary>What an erasure came to.</summary>
public enum ErasureStatus
{
    /// <summary>Nothing of the session is left.</summary>
    Gone,

    /// <summary>Something is left; ask again.</summary>
    More,

    /// <summary>The session may not be erased, or what it began with says nothing; nothing was touched.</summary>
    Refused,
}

/// <summary>
/// The one way in which anything leaves the journal: a rehearsal that is over, with its seats and remarks. Everything else is
/// append only. The session's first event has the last word: it is read inside each transaction, shown to the caller's rule,
/// and removed last, so that an erasure that broke off can be taken up again and never touches what it may not.
/// </summary>
public interface ISessionEraser
{
    /// <summary>
    /// Removes a part: at most 2,000 events in one transaction, which nothing else is in, so that a hall's votes wait for it no
    /// longer than for a batch of their own. Ask until the answer is not <see cref="ErasureStatus.More"/>.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="stream">Its own stream, whose first event decides.</param>
    /// <param name="prefix">What the names of its other streams begin with, up to and including a separator.</param>
    /// <param name="mayErase">Whether a session that began with this event may be erased. Runs inside the transaction: quick, and without I/O.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the erasure.</param>
    /// <exception cref="JournalUnavailableException">The queue is full, or the write failed.</exception>
    ValueTask<ErasureStatus> EraseAsync(Guid session, string stream, string prefix, Func<JournalRow, bool> mayErase, CancellationToken cancellationToken = default);
}

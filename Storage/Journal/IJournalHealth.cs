using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage.Journal;

/// <summary>
/// How this process's writer does, at any moment and without waiting. It becomes well again by itself, with the first write
/// that succeeds; while it fails and nobody writes, the writer tries a write of its own now and then.
/// </summary>
public interface IJournalHealth
{
    /// <summary>The present, as far as writes have shown it: one that nobody writes to does not know that its database is gone.</summary>
    JournalHealth Now { get; }

    /// <summary>
    /// The present, after a look at whether the database answers: at most one read a second, whoever asks, and none while commits
    /// say it. Takes a second at most; a database that takes longer counts as unreachable. Where it does not answer the writer tries a
    /// write, so that <see cref="Now"/> learns of it too. Never throws for what the database does; a full disk is seen by writes alone.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait and not the question, which others may share.</param>
    Task<JournalHealth> AskAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether the database answers a read that begins now, whatever writes and earlier questions said: for who is about to give up on it.
    /// Takes two seconds at most.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> AnswersAsync(CancellationToken cancellationToken = default);
}

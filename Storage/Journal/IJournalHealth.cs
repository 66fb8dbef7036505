using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Storage.Journal;

/// <summary>
/// How this process's writer does, at any moment and without waiting. It becomes well again by itself, with the first write
/// that succeeds; while it fails and nobody writes, the writer tries a write of its own now and then.
/// </summary>
public interface IJournalHealth
{
    /// <summary>The present.</summary>
    JournalHealth Now { get; }
}

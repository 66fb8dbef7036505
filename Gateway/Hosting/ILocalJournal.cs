using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>The journal of this very process, where silo and gateway are one; not registered otherwise.</summary>
internal interface ILocalJournal
{
    /// <summary>How it does now; never waits.</summary>
    JournalHealth Now { get; }
}

using Orleans.Placement;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Storage.Journal;

namespace Orleans.Story.Grains.Journal;

/// <inheritdoc cref="IJournalWitnessGrain"/>
/// <remarks>
/// Placed at random: the usual placement prefers the silo that asks, and that one knows what it would say. It asks the database itself,
/// for a journal that nobody writes to does not know that its database is gone.
/// </remarks>
[RandomPlacement]
public sealed class JournalWitnessGrain(IJournalHealth health) : Grain, IJournalWitnessGrain
{
    /// <summary>This process, as its witnesses name it.</summary>
    public static Guid Process { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public async Task<JournalTestimony> Testify()
    {
        DeactivateOnIdle();
        return new JournalTestimony(Process, (await health.AskAsync()).State == JournalState.Well);
    }
}

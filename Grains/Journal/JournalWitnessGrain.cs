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
public sealed class JournalWitnessGrain(IJournal journal, IJournalHealth health, TimeProvider time) : Grain, IJournalWitnessGrain
{
    /// <summary>A stream that nobody writes.</summary>
    private const string Nowhere = "witness";

    /// <summary>A database that takes longer serves no show.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>This process, as its witnesses name it.</summary>
    public static Guid Process { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public async Task<JournalTestimony> Testify()
    {
        DeactivateOnIdle();
        return new JournalTestimony(Process, health.Now.State == JournalState.Well && await Answers());
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            await foreach (var _ in journal.ReadAsync(Nowhere, 0, patience.Token)) break;
            return true;
        }
#pragma warning disable CA1031 // Whatever the database threw, it does not serve.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}

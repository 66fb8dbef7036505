namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// Says how the journal does in whichever process it is placed. A silo whose own journal fails asks with a fresh key each time,
/// and learns whether others reach the database that it cannot reach.
/// </summary>
[Alias("story.IJournalWitnessGrain")]
public interface IJournalWitnessGrain : IGrainWithStringKey
{
    /// <summary>Which process this is, and how its journal does.</summary>
    [Alias("Testify")]
    Task<JournalTestimony> Testify();
}

/// <summary>What a witness says.</summary>
/// <param name="Process">Another at each start of a process.</param>
/// <param name="Serves">Whether its journal is well and its database answers.</param>
[GenerateSerializer, Immutable, Alias("story.JournalTestimony")]
public sealed record JournalTestimony([property: Id(0)] Guid Process, [property: Id(1)] bool Serves);

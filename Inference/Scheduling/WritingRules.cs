namespace Orleans.Story.Inference.Scheduling;

/// <summary>How a hall treats its writers; the story bench treats them alike, so that what it measures is what a hall does.</summary>
public static class WritingRules
{
    /// <summary>Of so many slots one is for Live jobs only; with fewer a Live job displaces what is written ahead.</summary>
    private const int SlotsPerLive = 4;

    /// <summary>A beat for which the writers failed so often is told by a storylet: with the rests between, a server that is away for 15 s loses none.</summary>
    public const int MostFailures = 5;

    /// <summary>Slots in which nothing is written ahead.</summary>
    /// <param name="slots">All of a writer's slots.</param>
    public static int KeptForLive(int slots) => slots / SlotsPerLive;

    /// <summary>How long a writer is left alone after its failures at a beat: 1 s, then twice as long each time.</summary>
    /// <param name="failures">Failures so far, from 1.</param>
    public static TimeSpan Rest(int failures) => TimeSpan.FromSeconds(1L << (failures - 1));
}

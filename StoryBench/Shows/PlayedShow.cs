using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>A beat that was told.</summary>
/// <param name="Plan">What it had to do.</param>
/// <param name="Beat">What was told.</param>
/// <param name="Hit">Whether the writer's own beat was there when the round was decided; for the opening when the show began.</param>
/// <param name="DeadMs">Dead air before it, milliseconds.</param>
public sealed record PlayedBeat(Plan Plan, Beat Beat, bool Hit, long DeadMs);

/// <summary>A show played to its end.</summary>
/// <param name="Seed">All chance came from it.</param>
/// <param name="House">Who came.</param>
/// <param name="Beats">In order; the last is the ending.</param>
/// <param name="Jobs">Everything that was ordered.</param>
/// <param name="Opened">Promises opened, in order.</param>
/// <param name="Unpaid">Promises opened and never paid, sorted.</param>
/// <param name="LateSeconds">How late it ended, seconds; negative when early.</param>
public sealed record PlayedShow(
    long Seed,
    string House,
    ImmutableArray<PlayedBeat> Beats,
    ImmutableArray<WritingJob> Jobs,
    ImmutableArray<string> Opened,
    ImmutableArray<string> Unpaid,
    double LateSeconds);

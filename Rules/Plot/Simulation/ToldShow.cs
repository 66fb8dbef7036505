using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Plot.Simulation;

/// <summary>A beat of a rehearsal.</summary>
/// <param name="Plan">What it had to do, and why.</param>
/// <param name="Beat">What was told.</param>
/// <param name="Winner">Index of the option that won; −1 for the ending.</param>
/// <param name="StartsAt">Its first line, seconds from the start of the show.</param>
/// <param name="Seconds">From its first line to the end of its round and card, or of the film; what went wrong in between is not in it.</param>
/// <param name="Lost">Seconds of pauses that do not shift the end, of holds and of extensions while it was told and voted on.</param>
public sealed record ToldStep(Plan Plan, Beat Beat, int Winner, double StartsAt, double Seconds, double Lost)
{
    /// <summary>Why the story went on like this.</summary>
    public Text Reason => Plan.Reason;
}

/// <summary>A show told to its end on paper.</summary>
/// <param name="Steps">Beats in order; the last is the ending.</param>
/// <param name="Facts">What was true in the end, sorted.</param>
/// <param name="Opened">Promises that were opened, in order.</param>
/// <param name="Unpaid">Promises opened and never paid, sorted.</param>
/// <param name="EndedAt">Seconds from the start to the end of the last line.</param>
/// <param name="ScheduledAt">Seconds from the start to the scheduled end, shifts included.</param>
public sealed record ToldShow(
    ImmutableArray<ToldStep> Steps,
    ImmutableArray<string> Facts,
    ImmutableArray<string> Opened,
    ImmutableArray<string> Unpaid,
    double EndedAt,
    double ScheduledAt)
{
    /// <summary>How late it ended, seconds; negative when early.</summary>
    public double Late => EndedAt - ScheduledAt;

    /// <summary>Ids of the storylets told, in order.</summary>
    public ImmutableArray<string> Storylets => [.. Steps.Select(step => step.Beat.Storylet).OfType<string>()];

    /// <summary>The id of the ending.</summary>
    public string Ending => Steps[^1].Beat.Storylet ?? "";

    /// <summary>The tension told, beat by beat, 0–1.</summary>
    public ImmutableArray<double> Tension => [.. Steps.Select(step => step.Beat.Tension)];

    /// <summary>Seconds lost when no plan could make up for them any more: in the ending, and in the beat before it.</summary>
    public double LostAtTheEnd => Steps.TakeLast(2).Sum(step => step.Lost);

    /// <summary>The longest beat with its round, seconds.</summary>
    public double LongestStep => Steps.Max(step => step.Seconds);
}

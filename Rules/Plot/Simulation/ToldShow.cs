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
public sealed record ToldStep(Plan Plan, Beat Beat, int Winner, double StartsAt, double Seconds)
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
/// <param name="LostAtTheEnd">Seconds that went wrong after the ending's first line, when nothing can absorb them.</param>
public sealed record ToldShow(
    ImmutableArray<ToldStep> Steps,
    ImmutableArray<string> Facts,
    ImmutableArray<string> Opened,
    ImmutableArray<string> Unpaid,
    double EndedAt,
    double ScheduledAt,
    double LostAtTheEnd)
{
    /// <summary>How late it ended, seconds; negative when early.</summary>
    public double Late => EndedAt - ScheduledAt;

    /// <summary>Ids of the storylets told, in order.</summary>
    public ImmutableArray<string> Storylets => [.. Steps.Select(step => step.Beat.Storylet).OfType<string>()];

    /// <summary>The id of the ending.</summary>
    public string Ending => Steps[^1].Beat.Storylet ?? "";

    /// <summary>The tension told, beat by beat, 0–1.</summary>
    public ImmutableArray<double> Tension => [.. Steps.Select(step => step.Beat.Tension)];

    /// <summary>The longest beat with its round, seconds.</summary>
    public double LongestStep => Steps.Max(step => step.Seconds);
}

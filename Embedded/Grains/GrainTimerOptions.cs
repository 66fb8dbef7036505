using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A running timer of a grain.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets the next tick and the period anew. Inside a tick it counts from that tick's end.</summary>
    /// <param name="dueTime">Until the next tick; <see cref="Timeout.InfiniteTimeSpan"/> pauses.</param>
    /// <param name="period">Between ticks; <see cref="Timeout.InfiniteTimeSpan"/> ticks once.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a timer ticks, and how its ticks count.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>Both times at once.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick; <see cref="TimeSpan.Zero"/> is at once, <see cref="Timeout.InfiniteTimeSpan"/> never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> ticks once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>A tick does not wait for the call that runs.</summary>
    public bool Interleave { get; init; }

    /// <summary>A tick counts as use, so the activation does not idle.</summary>
    public bool KeepAlive { get; init; }
}

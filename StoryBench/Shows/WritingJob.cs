using System.Collections.Immutable;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>What became of a beat that was ordered.</summary>
public enum Fate
{
    /// <summary>It waits for a slot.</summary>
    Waiting,

    /// <summary>It is being written.</summary>
    Running,

    /// <summary>It is written, and may be told.</summary>
    Ready,

    /// <summary>It was told.</summary>
    Told,

    /// <summary>It was written, and another way was taken.</summary>
    Unused,

    /// <summary>It was given up while it was being written.</summary>
    Cancelled,

    /// <summary>It was given up before anybody began.</summary>
    NeverBegun,
}

/// <summary>A beat that was ordered: what it cost, what the checks said, what became of it. Times are the show's, milliseconds.</summary>
public sealed class WritingJob
{
    /// <summary>What it must do.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What was told before it.</summary>
    public required StorySoFar Past { get; init; }

    /// <summary>What became of it.</summary>
    public Fate Fate { get; internal set; }

    /// <summary>When a slot took it.</summary>
    public long BeganMs { get; internal set; }

    /// <summary>When it was or would have been ready.</summary>
    public long ReadyMs { get; internal set; }

    /// <summary>The checked beat, or the storylet that stands in for it.</summary>
    public Beat? Beat { get; internal set; }

    /// <summary>Names of the checks that the first attempt failed, each once, sorted; empty when it passed.</summary>
    public ImmutableArray<string> Findings { get; internal set; } = [];

    /// <summary>Names of the checks that the repair failed likewise.</summary>
    public ImmutableArray<string> StillFound { get; internal set; } = [];

    /// <summary>Whether it was repaired, well or not.</summary>
    public bool Repaired { get; internal set; }

    /// <summary>How often the writer failed.</summary>
    public int Failures { get; internal set; }

    /// <summary>What the writer said when it failed last, or <see langword="null"/>.</summary>
    public string? Failure { get; internal set; }

    /// <summary>Tokens read; repairs included.</summary>
    public long TokensIn { get; internal set; }

    /// <summary>Tokens written; repairs included, and of a cancelled job those it had got to, if it writes evenly.</summary>
    public long TokensOut { get; internal set; }

    /// <summary>Whether somebody began to write it.</summary>
    public bool Begun => Fate is not (Fate.Waiting or Fate.NeverBegun);

    /// <summary>How long it takes to write, milliseconds.</summary>
    public long TookMs => ReadyMs - BeganMs;

    /// <summary>Whether it answers this very plan.</summary>
    internal bool Answers(Plan plan) => Plan.Beat == plan.Beat && Plan.Option == plan.Option && Plan.Made == plan.Made;

    /// <summary>Nobody wants it any more.</summary>
    internal void GiveUp(long nowMs)
    {
        if (Fate == Fate.Running && TookMs > 0) TokensOut = (long)(TokensOut * Math.Clamp((double)(nowMs - BeganMs) / TookMs, 0, 1));
        Fate = Fate switch
        {
            Fate.Waiting => Fate.NeverBegun,
            Fate.Running => Fate.Cancelled,
            Fate.Ready => Fate.Unused,
            _ => Fate,
        };
    }
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>The remark that went on the wall last.</summary>
/// <param name="Id">The remark.</param>
/// <param name="AtMs">UTC milliseconds.</param>
/// <param name="UntilMs">When it leaves, UTC milliseconds.</param>
public sealed record RemarkOnWall(Guid Id, long AtMs, long UntilMs);

/// <summary>What the hall lets its viewers say and feel, and what was decided about remarks. It knows remarks by their ids alone.</summary>
public sealed record House
{
    /// <summary>How every show begins: nobody reads a stranger's words before somebody asked for that; feelings are taken.</summary>
    public static House AtFirst { get; } = new();

    /// <summary>Whether viewers may write remarks.</summary>
    public bool Remarks { get; init; }

    /// <summary>Whether no feelings are taken.</summary>
    public bool FeelingsOff { get; init; }

    /// <summary>Seats whose remarks and feelings are not taken.</summary>
    public ImmutableSortedSet<int> Muted { get; init; } = [];

    /// <summary>Approved, in the order in which they go on the wall.</summary>
    public ImmutableArray<Guid> Approved { get; init; } = [];

    /// <summary>Those that got a no.</summary>
    public ImmutableHashSet<Guid> Rejected { get; init; } = [];

    /// <summary>Those that were on the wall.</summary>
    public ImmutableHashSet<Guid> Shown { get; init; } = [];

    /// <summary>The one on the wall, or the last that was.</summary>
    public RemarkOnWall? OnWall { get; init; }

    /// <summary>Whether a remark waits for a yes or a no, if it is still there to wait.</summary>
    public bool Undecided(Guid remark) => !Rejected.Contains(remark) && !Shown.Contains(remark) && !Approved.Contains(remark);

    internal House After(OperatorCommand command) => command.Action switch
    {
        OperatorAction.Mute => this with { Muted = Muted.Add(command.Seat) },
        OperatorAction.Unmute => this with { Muted = Muted.Remove(command.Seat) },
        OperatorAction.RemarksOn => this with { Remarks = true },
        // A yes was a yes to the moment: what had not been shown asks again when remarks are back.
        OperatorAction.RemarksOff => this with { Remarks = false, Approved = [], OnWall = null },
        OperatorAction.FeelingsOn => this with { FeelingsOff = false },
        OperatorAction.FeelingsOff => this with { FeelingsOff = true },
        _ => this,
    };

    internal House After(SessionEvent happened) => happened switch
    {
        RemarkApproved yes => this with { Approved = Approved.Remove(yes.Id).Add(yes.Id), Rejected = Rejected.Remove(yes.Id) },
        RemarkRejected no => this with { Approved = Approved.Remove(no.Id), Rejected = Rejected.Add(no.Id) },
        RemarkWithdrawn back => this with
        {
            Approved = Approved.Remove(back.Id),
            Rejected = Rejected.Remove(back.Id),
            OnWall = OnWall?.Id == back.Id ? null : OnWall,
        },
        RemarkShown shown => this with
        {
            Approved = Approved.Remove(shown.Id),
            Shown = Shown.Add(shown.Id),
            OnWall = new RemarkOnWall(shown.Id, shown.AtMs, shown.AtMs + shown.ForMs),
        },
        _ => this,
    };
}

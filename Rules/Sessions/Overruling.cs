using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// While the card of a decision is up the house may have the story follow another option, or ask the hall again. What the
/// hall decided stays on record, is counted and can be checked like any other round; only what followed is another story.
/// </summary>
internal static class Overruling
{
    /// <summary>Longest reason that everyone reads, characters: two lines on a wall.</summary>
    internal const int LongestReason = 120;

    internal static SessionDecision Decide(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase is not (SessionPhase.Playing or SessionPhase.Paused) || state.Undo?.Current is not { } beat) return SessionDecision.Not(Refusals.NoCard);
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > LongestReason)
        {
            return SessionDecision.Not(Refusals.BadCommand(
                $"The hall reads the reason: write 1 to {LongestReason} characters.", $"全场都会看到理由：请写 1 到 {LongestReason} 个字。"));
        }

        if (command.Action == OperatorAction.Override)
        {
            if (command.Option is not { } option || option < 0 || option >= beat.Options.Length)
                return SessionDecision.Not(Refusals.BadCommand("There is no such option.", "没有这个选项。"));
            if (option == state.Via) return SessionDecision.Nothing;
        }

        return SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    /// <summary>The story follows an option; the hall's own is no overruling.</summary>
    internal static SessionState Override(SessionState state, OperatorActed acted)
    {
        var last = state.Decided[^1];
        var taken = acted.Command.Option!.Value;
        var overruled = taken == last.Verdict.Winner ? null : new Overruled(taken, acted.Command.Reason);
        return SessionFold.Followed(state, state.Undo!, last with { Overruled = overruled }, taken, state.ShowMs(acted.AtMs));
    }

    /// <summary>Back to the end of the beat: its vote opens again.</summary>
    internal static SessionState Rerun(SessionState state, OperatorActed acted)
    {
        var before = state.Undo!;
        return state with
        {
            Decided = state.Decided.SetItem(state.Decided.Length - 1, state.Decided[^1] with { Overruled = new Overruled(null, acted.Command.Reason) }),
            Current = before.Current,
            CurrentPlan = before.CurrentPlan,
            Ordinal = before.Ordinal,
            Via = before.Via,
            Aired = before.Aired,
            TellUntilMs = before.TellUntilMs,
            Story = before.Story,
            Told = before.Told,
            Targets = before.Targets,
            Plans = before.Plans,
            Prepared = before.Prepared,
            Chosen = before.Chosen,
            Approved = before.Approved,
            Turns = before.Turns with { On = state.Turns.On, Auto = state.Turns.Auto },
            DueMs = state.ShowMs(acted.AtMs),
            Undo = null,
        };
    }
}

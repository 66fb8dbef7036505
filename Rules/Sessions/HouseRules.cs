using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What an operator may do about what viewers say and feel.</summary>
internal static class HouseRules
{
    /// <summary>A seat may be muted before anybody sits there: the next viewer is as the last one was.</summary>
    internal static SessionDecision Mute(SessionState state, OperatorCommand command, long nowMs)
    {
        if (command.Seat < 1 || command.Seat > state.Terms!.Capacity)
            return SessionDecision.Not(Refusals.BadCommand($"Seats are numbered 1 to {state.Terms!.Capacity}.", $"座位号为 1 到 {state.Terms.Capacity}。"));
        return state.House.Muted.Contains(command.Seat) == (command.Action == OperatorAction.Mute)
            ? SessionDecision.Nothing
            : SessionDecision.Of(new OperatorActed(command, nowMs));
    }

    /// <summary>A switch may be set before the doors open; what is as it should be stays so, and nothing is recorded.</summary>
    internal static SessionDecision Switch(SessionState state, OperatorCommand command, long nowMs)
    {
        if (state.Phase == SessionPhase.Ended) return SessionDecision.Not(Refusals.Ended);
        var changesNothing = command.Action switch
        {
            OperatorAction.RemarksOn => state.House.Remarks,
            OperatorAction.RemarksOff => !state.House.Remarks,
            OperatorAction.FeelingsOn => !state.House.FeelingsOff,
            OperatorAction.TurnsOn => state.Turns is { On: true, Auto: false },
            OperatorAction.TurnsAuto => state.Turns.Auto,
            OperatorAction.TurnsOff => !state.Turns.On,
            _ => state.House.FeelingsOff,
        };
        return changesNothing ? SessionDecision.Nothing : SessionDecision.Of(new OperatorActed(command, nowMs));
    }
}

using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What suggestions make of a session.</summary>
internal static class TurnFold
{
    internal static SessionState Switched(SessionState state, OperatorAction action)
    {
        var switched = state with { Turns = state.Turns.After(action) };
        // What is an option already is voted on; what was to become one is not any more.
        return action == OperatorAction.TurnsOff ? Chosen(switched, null) : switched;
    }

    internal static SessionState Evolve(SessionState state, SessionEvent happened) => happened switch
    {
        TurnChosen chosen => Chosen(state, chosen.Id is { } id ? new NextTurn(id, chosen.Storylet) : null),
        TurnOffered offered => Offered(state, offered),
        _ => state with { Turns = state.Turns.After(happened) },
    };

    /// <summary>A round opens with the options that stand; what was planned for one that does not is nothing any more.</summary>
    internal static SessionState Opened(SessionState state, int options) => state.Turns is { Next: not null, Offered: null } turns
        ? Without(state, options) with { Turns = turns with { Next = null } }
        : state;

    /// <summary>What was planned for the option that would be the next is planned anew, or not at all.</summary>
    private static SessionState Chosen(SessionState state, NextTurn? next)
    {
        if (state.Turns.Offered is not null || state.Current is not { } beat) return state with { Turns = state.Turns with { Next = next } };
        var option = beat.Options.Length;
        var without = Without(state, option) with { Turns = state.Turns with { Next = next } };
        return next?.Storylet is { } storylet ? without with { Chosen = without.Chosen.SetItem(option, storylet) } : without;
    }

    private static SessionState Offered(SessionState state, TurnOffered offered)
    {
        var beat = state.Current!;
        return state with
        {
            Current = beat with { Options = beat.Options.Add(offered.Option) },
            Turns = state.Turns with { Offered = new OfferedTurn(offered.Id, new StageTurn(beat.Options.Length, offered.Seats, offered.Option.ByDirector)) },
        };
    }

    private static SessionState Without(SessionState state, int option) => state with
    {
        Plans = state.Plans.Remove(option),
        Prepared = state.Prepared.Remove(option),
        Chosen = state.Chosen.Remove(option),
        Approved = state.Current is not null && !state.Aired.IsEmpty ? state.Approved.Remove(option) : state.Approved,
    };
}

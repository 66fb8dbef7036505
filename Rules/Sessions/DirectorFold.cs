using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Rules.Sessions;

/// <summary>What a director's commands make of a session.</summary>
internal static class DirectorFold
{
    internal static SessionState Evolve(SessionState state, DirectorActed acted)
    {
        var command = acted.Command;
        return command.Action switch
        {
            DirectorAction.Revise => Revised(state, command),
            DirectorAction.Swap => Replaced(state with { Chosen = state.Chosen.SetItem(command.Option, command.Name!) }, command),
            DirectorAction.Reject => Without(Replaced(state with { Steering = Refusing(state.Steering, command.Name) }, command), command.Name),
            DirectorAction.Approve => Approved(state, command.Option, acted.AtMs),
            DirectorAction.Pin => Replanned(Canon(state with { Steering = state.Steering with { Pinned = With(state.Steering.Pinned, command.Name!) } }, story => story with { Facts = story.Facts.Add(command.Name!) })),
            DirectorAction.Unpin => Replanned(state with { Steering = Unpinned(state.Steering, command.Name!) }),
            DirectorAction.Strike => Replanned(Canon(state with { Steering = Unpinned(state.Steering, command.Name!) }, story => story with { Facts = story.Facts.Remove(command.Name!) })),
            DirectorAction.Tension => Replanned(state with { Steering = state.Steering with { Tension = command.Tension } }),
            DirectorAction.Forbid => Forbidden(state with { Steering = With(state.Steering, command.Name!) }),
            DirectorAction.Allow => Replanned(state with { Steering = state.Steering with { Forbidden = state.Steering.Forbidden.Remove(command.Name!) } }),
            DirectorAction.Veto => WithVeto(state, command.Veto, acted.AtMs),
            _ => state,
        };
    }

    /// <summary>Nobody said yes in time: the next best storylet is told, and that at once.</summary>
    internal static SessionState Withheld(SessionState state) => SessionFold.Unplanned(state with
    {
        Steering = Refusing(state.Steering, state.Current?.Storylet),
        Current = null,
        Chosen = state.Chosen.Remove(state.Via),
        Approved = state.Approved.Add(state.Via),
    });

    internal static Steering With(Steering steering, string word) => steering with { Forbidden = With(steering.Forbidden, word) };

    private static ImmutableArray<string> With(ImmutableArray<string> all, string one) => all.Contains(one) ? all : all.Add(one).Sort(StringComparer.Ordinal);

    private static Steering Refusing(Steering steering, string? storylet) =>
        storylet is null ? steering : steering with { Refused = With(steering.Refused, storylet) };

    private static Steering Unpinned(Steering steering, string fact) => steering with { Pinned = steering.Pinned.Remove(fact) };

    /// <summary>The canon as it stands, and as it stands where the house may still overrule.</summary>
    private static SessionState Canon(SessionState state, Func<Plot.Story, Plot.Story> changed) => state with
    {
        Story = changed(state.Story),
        Undo = state.Undo is { } before ? before with { Story = changed(before.Story) } : null,
    };

    private static SessionState Revised(SessionState state, DirectorCommand command)
    {
        var lines = command.Lines!.Value;
        return command.Beat == state.Ordinal
            ? state with { Current = state.Current! with { Lines = lines } }
            : state with { Prepared = state.Prepared.SetItem(command.Option, state.Prepared[command.Option] with { Lines = lines }) };
    }

    private static SessionState Approved(SessionState state, int option, long atMs)
    {
        var waited = state.Waits && option == state.Via && state.Phase != SessionPhase.Lobby;
        return state with
        {
            Approved = state.Approved.Add(option),
            DueMs = waited ? Math.Min(state.DueMs, Math.Max(state.CardUntilMs, state.ShowMs(atMs))) : state.DueMs,
        };
    }

    /// <summary>One coming beat is planned again.</summary>
    private static SessionState Replaced(SessionState state, DirectorCommand command)
    {
        var approved = state.Approved.Remove(command.Option);
        return command.Beat == state.Ordinal
            ? state with { Current = null, Plans = ImmutableSortedDictionary<int, Plan>.Empty, Prepared = ImmutableSortedDictionary<int, Beat>.Empty, Approved = approved }
            : state with { Plans = state.Plans.Remove(command.Option), Prepared = state.Prepared.Remove(command.Option), Approved = approved };
    }

    /// <summary>A refused storylet is told for no other option either.</summary>
    private static SessionState Without(SessionState state, string? storylet)
    {
        if (storylet is null) return state;
        bool Tells(Plan plan) => string.Equals(plan.Storylet, storylet, StringComparison.Ordinal);
        return state with
        {
            Prepared = state.Prepared.Where(one => !string.Equals(one.Value.Storylet, storylet, StringComparison.Ordinal)).ToImmutableSortedDictionary(),
            Plans = state.Plans.Where(one => !Tells(one.Value)).ToImmutableSortedDictionary(),
            Approved = [.. state.Approved.Where(option => !(state.Plans.GetValueOrDefault(option) is { } plan && Tells(plan)))],
            Undo = state.Undo is { } before ? Without(before, storylet) : null,
        };
    }

    /// <summary>All that is planned is planned again, but for beats in which the director's own words stand.</summary>
    private static SessionState Replanned(SessionState state)
    {
        bool Stays(Beat beat) => beat.Lines.Any(line => line.ByDirector) && !ForbiddenWords.In(beat, state.Steering.Forbidden);
        if (state is { Current: { } due, Aired.IsEmpty: true } && !Stays(due))
            return SessionFold.Unplanned(state with { Current = null, Approved = state.Approved.Remove(state.Via) });
        var kept = state.Prepared.Where(one => Stays(one.Value)).ToImmutableSortedDictionary();
        return SessionFold.Unplanned(state) with
        {
            Prepared = kept,
            Plans = state.Plans.Where(plan => kept.ContainsKey(plan.Key)).ToImmutableSortedDictionary(),
            Approved = [.. state.Approved.Where(option => kept.ContainsKey(option) || (option == state.Via && state.Current is not null && state.Aired.IsEmpty))],
        };
    }

    /// <summary>What has the word and is not said yet is not said, on the wall too.</summary>
    private static SessionState Forbidden(SessionState state)
    {
        if (state.Aired.IsEmpty || state.Current is not { } beat) return Replanned(state);
        var aired = state.Aired.Length;
        return Replanned(state with
        {
            Current = beat with { Lines = [.. beat.Lines.Where((line, n) => n < aired || !ForbiddenWords.In(line.Words, state.Steering.Forbidden))] },
        });
    }

    /// <summary>From the next decision on: a beat that is due already was not announced to anyone.</summary>
    private static SessionState WithVeto(SessionState state, VetoWindow? veto, long atMs)
    {
        var due = state is { Phase: SessionPhase.Playing or SessionPhase.Paused, Aired.IsEmpty: true };
        var lifted = veto is null && state.Waits && due;
        return state with
        {
            Veto = veto,
            Approved = due ? state.Approved.Add(state.Via) : state.Approved,
            DueMs = lifted ? Math.Min(state.DueMs, Math.Max(state.CardUntilMs, state.ShowMs(atMs))) : state.DueMs,
        };
    }
}

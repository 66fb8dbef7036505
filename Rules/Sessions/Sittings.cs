using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Sessions;

/// <summary>
/// Whose ticket is good for a seat: that of the seat's present sitting. Numbers only grow, so whoever hears of sittings in
/// any order, twice or late, keeps the highest and is right.
/// </summary>
public static class Sittings
{
    /// <summary>The sittings after one has ended.</summary>
    public static ImmutableSortedDictionary<int, Sitting> End(ImmutableSortedDictionary<int, Sitting> sittings, int seat, OperatorAction how) =>
        sittings.SetItem(seat, new Sitting(seat, Number(sittings, seat) + 1, how));

    /// <summary>The number of a seat's present sitting.</summary>
    public static int Number(ImmutableSortedDictionary<int, Sitting> sittings, int seat) => sittings.GetValueOrDefault(seat)?.Number ?? 0;

    /// <summary>What is known after hearing of some, the newest of each seat.</summary>
    public static ImmutableSortedDictionary<int, Sitting> Newest(ImmutableSortedDictionary<int, Sitting> known, IEnumerable<Sitting> heard) =>
        known.SetItems(heard.Where(sitting => sitting.Number >= Number(known, sitting.Seat)).Select(sitting => KeyValuePair.Create(sitting.Seat, sitting)));

    /// <summary>Why a ticket of a sitting is void, or <see langword="null"/> while it is good.</summary>
    public static Refusal? Over(ImmutableSortedDictionary<int, Sitting> sittings, int seat, int number) =>
        sittings.TryGetValue(seat, out var present) && number < present.Number ? Why(present.After) : null;

    /// <summary>What a phone is told whose sitting has ended.</summary>
    public static Refusal Why(OperatorAction after) => after switch
    {
        OperatorAction.Ban => Refusals.Banned,
        OperatorAction.Free => Refusals.Freed,
        _ => Refusals.Kicked,
    };
}

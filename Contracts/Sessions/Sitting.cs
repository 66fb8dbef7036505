namespace Orleans.Story.Contracts.Sessions;

/// <summary>
/// The present sitting of a seat whose first one has ended. A ticket is good for one sitting: a kick, a ban, a freed seat
/// or a forgotten viewer ends it, and whoever joins the seat afterwards has a ticket of the next.
/// </summary>
/// <param name="Seat">The seat, from 1.</param>
/// <param name="Number">The sittings before it: 1 for the second. A seat that is not listed is in its first, number 0.</param>
/// <param name="After">How the one before ended: <see cref="OperatorAction.Kick"/>, <see cref="OperatorAction.Ban"/> or <see cref="OperatorAction.Free"/>.</param>
[GenerateSerializer, Immutable, Alias("story.Sitting")]
public sealed record Sitting(
    [property: Id(0)] int Seat,
    [property: Id(1)] int Number,
    [property: Id(2)] OperatorAction After);

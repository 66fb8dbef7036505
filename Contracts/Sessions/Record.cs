using System.Collections.Immutable;

namespace Orleans.Story.Contracts.Sessions;

/// <summary>A beat that was told, for whoever came late.</summary>
/// <param name="Ordinal">From 0.</param>
/// <param name="Act">The act's title.</param>
/// <param name="Place">The place's name.</param>
/// <param name="Moment">Time of day or the like.</param>
/// <param name="Lines">The lines that have aired, in order.</param>
/// <param name="Choice">What was decided after it, or <see langword="null"/> when nothing has been yet.</param>
[GenerateSerializer, Immutable, Alias("story.ToldBeat")]
public sealed record ToldBeat(
    [property: Id(0)] int Ordinal,
    [property: Id(1)] Text Act,
    [property: Id(2)] Text Place,
    [property: Id(3)] Text Moment,
    [property: Id(4)] ImmutableArray<ToldLine> Lines,
    [property: Id(5)] StageChoice? Choice);

/// <summary>A line that was told.</summary>
/// <param name="Speaker">The speaker's name, or <see langword="null"/> for narration.</param>
/// <param name="Words">What was said.</param>
[GenerateSerializer, Immutable, Alias("story.ToldLine")]
public sealed record ToldLine([property: Id(0)] Text? Speaker, [property: Id(1)] Text Words);

/// <summary>A decided round with all that its verdict follows from, so that anybody can count again.</summary>
/// <param name="Choice">Question, options, winner and counts.</param>
/// <param name="Rule">How it was decided.</param>
/// <param name="Ties">Who wins among options that are level.</param>
/// <param name="TieSeed">What a draw was made from.</param>
/// <param name="Book">All shards' ballots, as journaled with the verdict.</param>
/// <param name="Order">How the shards counted it; what <see cref="IAudienceGrain.Counted"/> wants to know.</param>
[GenerateSerializer, Immutable, Alias("story.RoundRecord")]
public sealed record RoundRecord(
    [property: Id(0)] StageChoice Choice,
    [property: Id(1)] VotingRule Rule,
    [property: Id(2)] TieRule Ties,
    [property: Id(3)] long TieSeed,
    [property: Id(4)] ImmutableArray<BookLine> Book,
    [property: Id(5)] RoundOrder Order);

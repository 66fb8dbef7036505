using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>A decided round as it is published: enough to count again, and to find one's own ballot by its code.</summary>
/// <param name="Choice">Question, options, winner and counts.</param>
/// <param name="Rule">How it was decided.</param>
/// <param name="Ties">Who wins among options that are level.</param>
/// <param name="TieSeed">What a draw was made from: a 64-bit integer in decimal, as text because JavaScript's numbers hold 53 bits.</param>
/// <param name="Book">All ballots, as journaled with the verdict.</param>
/// <param name="Ballots">Each ballot by itself, sorted by code so that the order tells nothing.</param>
public sealed record PublishedRound(
    StageChoice Choice, VotingRule Rule, TieRule Ties, string TieSeed, ImmutableArray<BookLine> Book, ImmutableArray<PublishedBallot> Ballots);

/// <summary>A ballot that counted, without its seat.</summary>
/// <param name="Proof">The code in its receipt; empty in sessions of the first version, which have no secret to make it from.</param>
/// <param name="Choice">Canonical.</param>
/// <param name="Weight">The votes it carried.</param>
public sealed record PublishedBallot(string Proof, string Choice, int Weight);

/// <summary>What of a decided round anyone may see: everything but the seats.</summary>
public static class Publishing
{
    /// <summary>The round as it is published.</summary>
    /// <param name="round">The round.</param>
    /// <param name="ballots">The ballots that counted, of all shards.</param>
    /// <param name="secret">What their codes are made from, or <see langword="null"/>.</param>
    public static PublishedRound Of(RoundRecord round, IEnumerable<CountedBallot> ballots, string? secret) => new(
        round.Choice,
        round.Rule,
        round.Ties,
        round.TieSeed.ToString(CultureInfo.InvariantCulture),
        round.Book,
        [
            .. ballots
                .Select(ballot => new PublishedBallot(
                    secret is null ? "" : Proofs.Of(secret, round.Choice.Round, ballot.Seat, ballot.N, ballot.Choice), ballot.Choice, ballot.Weight))
                .OrderBy(ballot => ballot.Proof, StringComparer.Ordinal)
                .ThenBy(ballot => ballot.Choice, StringComparer.Ordinal)
                .ThenBy(ballot => ballot.Weight),
        ]);
}

using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>What a book amounts to.</summary>
/// <param name="Winner">Index of the winning option.</param>
/// <param name="Counts">Votes an option, by index, weights applied.</param>
/// <param name="Voters">Seats that voted.</param>
/// <param name="Tied">Options level at the top, ascending; empty without a tie. With no votes all are level.</param>
public sealed record Verdict(int Winner, ImmutableArray<int> Counts, int Voters, ImmutableArray<int> Tied);

/// <summary>
/// Decides a round. Plurality and approval count the same way, since a canonical ballot names the options it supports
/// (Brams and Fishburn, "Approval Voting", 1978); they differ in which ballots are canonical.
/// </summary>
public static class Counting
{
    /// <summary>Votes an option, by index.</summary>
    public static ImmutableArray<int> Counts(int options, IEnumerable<BookLine> book)
    {
        var counts = new int[options];
        foreach (var line in book)
        {
            foreach (var option in Ballots.Options(line.Choice)) counts[option] += line.Weight * line.Count;
        }

        return [.. counts];
    }

    /// <summary>Seats that voted.</summary>
    public static int Voters(IEnumerable<BookLine> book) => book.Sum(line => line.Count);

    /// <summary>The verdict; a tie is drawn from <paramref name="tieSeed"/>, which the journal records.</summary>
    public static Verdict Decide(int options, IReadOnlyCollection<BookLine> book, long tieSeed)
    {
        var counts = Counts(options, book);
        var top = counts.Max();
        ImmutableArray<int> level = [.. Enumerable.Range(0, options).Where(option => counts[option] == top)];
        return level.Length == 1
            ? new Verdict(level[0], counts, Voters(book), [])
            : new Verdict(level[Seeds.Below(tieSeed, level.Length)], counts, Voters(book), level);
    }
}

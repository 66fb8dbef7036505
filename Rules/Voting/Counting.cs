using System.Collections.Immutable;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>How a round is counted.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Options">How many options there are, 2–4.</param>
/// <param name="Ties">Who wins among options that are level.</param>
public sealed record CountRule(VotingRule Rule, int Options, TieRule Ties);

/// <summary>What a book amounts to.</summary>
/// <param name="Winner">Index of the winning option.</param>
/// <param name="Counts">Votes an option, by index, weights applied; of rankings the first places.</param>
/// <param name="Voters">Seats that voted, abstentions included.</param>
/// <param name="Abstained">Seats that voted for none.</param>
/// <param name="Tied">Options level at the top, ascending; empty without a tie. With no votes all are level.</param>
public sealed record Verdict(int Winner, ImmutableArray<int> Counts, int Voters, int Abstained, ImmutableArray<int> Tied)
{
    /// <summary>How rankings were counted; empty under other rules, or when one count was enough.</summary>
    public ImmutableArray<RunoffCount> Runoff { get; init; } = [];

    /// <summary>What minority protection did, or <see langword="null"/> where no ballot carried more than one vote.</summary>
    public Protected? Protected { get; init; }
}

/// <summary>
/// Decides a round. Plurality and approval count the same way, since a canonical ballot names the options it supports
/// (Brams and Fishburn, "Approval Voting", 1978); they differ in which ballots are canonical. Rankings are counted by
/// <see cref="Runoffs"/>.
/// </summary>
public static class Counting
{
    /// <summary>Votes an option, by index; of rankings the first places.</summary>
    public static ImmutableArray<int> Counts(int options, IEnumerable<BookLine> book)
    {
        var counts = new int[options];
        foreach (var line in book)
        {
            foreach (var option in Ballots.Backs(line.Choice)) counts[option] += line.Weight * line.Count;
        }

        return [.. counts];
    }

    /// <summary>Seats that voted, abstentions included.</summary>
    public static int Voters(IEnumerable<BookLine> book) => book.Sum(line => line.Count);

    /// <summary>The verdict; what must be drawn is drawn from <paramref name="tieSeed"/>, which the journal records.</summary>
    public static Verdict Decide(CountRule rule, IReadOnlyCollection<BookLine> book, long tieSeed)
    {
        var verdict = Plain(rule, book, tieSeed);
        var raised = book.Where(line => line.Weight > 1 && !IsAbstention(line)).ToList();
        if (raised.Count == 0) return verdict;
        var otherwise = Plain(rule, [.. book.Select(line => line with { Weight = 1 })], tieSeed);
        return verdict with
        {
            Protected = new Protected(Voters(raised), raised.Sum(line => (line.Weight - 1) * line.Count), otherwise.Winner),
        };
    }

    private static bool IsAbstention(BookLine line) => string.Equals(line.Choice, Ballots.Abstention, StringComparison.Ordinal);

    private static Verdict Plain(CountRule rule, IReadOnlyCollection<BookLine> book, long tieSeed)
    {
        var counts = Counts(rule.Options, book);
        var (voters, abstained) = (Voters(book), Voters(book.Where(IsAbstention)));
        if (rule.Rule == VotingRule.Ranked)
        {
            var runoff = Runoffs.Decide(rule, book, tieSeed);
            return new Verdict(runoff.Winner, counts, voters, abstained, runoff.Tied) { Runoff = runoff.Counts.Length > 1 ? runoff.Counts : [] };
        }

        var top = counts.Max();
        ImmutableArray<int> level = [.. Enumerable.Range(0, rule.Options).Where(option => counts[option] == top)];
        return new Verdict(Ties.Winner(rule.Ties, level, tieSeed), counts, voters, abstained, level.Length == 1 ? [] : level);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Voting;

/// <summary>The one spelling of a ballot, so that equal votes are equal strings.</summary>
public static class Ballots
{
    /// <summary>Most options a round may have.</summary>
    public const int MostOptions = 4;

    /// <summary>The ballot of a seat that votes for none.</summary>
    public const string Abstention = "-";

    /// <summary>
    /// The canonical choice: <c>2</c> under plurality, <c>0+2</c> in ascending order under approval, <c>2&gt;0</c> from the
    /// favourite down when ranked, <c>-</c> for none; or <see langword="null"/> when the choice is not one the rule allows
    /// (several where one is asked, an option twice, or one that does not exist).
    /// </summary>
    public static string? Canonical(VotingRule rule, int options, IReadOnlyList<int> choice)
    {
        if (choice.Count > options || choice.Count > MostOptions) return null;
        if (choice.Count == 0) return Abstention;
        if (rule == VotingRule.Plurality && choice.Count != 1) return null;
        Span<bool> chosen = stackalloc bool[MostOptions];
        foreach (var option in choice)
        {
            if (option < 0 || option >= options || option >= MostOptions || chosen[option]) return null;
            chosen[option] = true;
        }

        if (choice.Count == 1) return choice[0].ToString(CultureInfo.InvariantCulture);
        return rule == VotingRule.Ranked ? string.Join('>', choice) : string.Join('+', choice.Order());
    }

    /// <summary>Whether a choice is canonical under the round's terms.</summary>
    public static bool IsCanonical(RoundTerms terms, string choice) =>
        TryParse(choice, out var options)
        && string.Equals(Canonical(terms.Rule, terms.Options, options), choice, StringComparison.Ordinal);

    /// <summary>The options of a canonical choice, in its order; none for an abstention.</summary>
    /// <exception cref="FormatException">The choice is not canonical.</exception>
    public static ImmutableArray<int> Options(string canonical) =>
        TryParse(canonical, out var options) ? options : throw new FormatException($"'{canonical}' is not a canonical ballot.");

    /// <summary>The options a ballot gives its votes to: those it names; of a ranking the favourite; none for an abstention.</summary>
    /// <exception cref="FormatException">The choice is not canonical.</exception>
    public static ImmutableArray<int> Backs(string canonical) =>
        canonical.Contains('>', StringComparison.Ordinal) ? [Options(canonical)[0]] : Options(canonical);

    private static bool TryParse(string choice, out ImmutableArray<int> options)
    {
        options = [];
        if (string.Equals(choice, Abstention, StringComparison.Ordinal)) return true;
        if (choice.Length == 0 || choice.Length > (2 * MostOptions) - 1 || choice.Length % 2 == 0) return false;
        var read = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < choice.Length; i++)
        {
            if (i % 2 == 1)
            {
                if (choice[i] is not ('+' or '>') || choice[i] != choice[1]) return false;
            }
            else if (choice[i] is >= '0' and <= '3')
            {
                read.Add(choice[i] - '0');
            }
            else
            {
                return false;
            }
        }

        options = read.ToImmutable();
        return true;
    }
}

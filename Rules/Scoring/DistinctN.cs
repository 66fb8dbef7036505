using System.Collections.Immutable;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// How much of what was said was said for the first time: distinct-n (Li, Galley, Brockett, Gao and Dolan, "A
/// Diversity-Promoting Objective Function for Neural Conversation Models", NAACL 2016, section 5.3).
/// </summary>
/// <remarks>
/// The paper divides by tokens, most of those who use it by runs; here by runs, so that 1 is a text that repeats nothing. It falls
/// with length: only texts of about one length compare.
/// </remarks>
public static class DistinctN
{
    /// <summary>Distinct runs of <paramref name="n"/> tokens by all such runs, 0–1; <see langword="null"/> where there is none. No run crosses from one text to the next.</summary>
    /// <param name="texts">Tokens of each text.</param>
    /// <param name="n">At least 1.</param>
    public static double? Of(IEnumerable<ImmutableArray<string>> texts, int n)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        foreach (var text in texts)
        {
            var runs = NGrams.Of(text, n);
            seen.UnionWith(runs.Counts.Keys);
            total += runs.Total;
        }

        return total == 0 ? null : (double)seen.Count / total;
    }
}

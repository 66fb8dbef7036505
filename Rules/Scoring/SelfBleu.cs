using System.Collections.Immutable;

namespace Orleans.Story.Rules.Scoring;

/// <summary>
/// How alike texts are: self-BLEU, the mean BLEU of each text against all others as references (Zhu, Lu, Zheng, Guo, Zhang,
/// Wang and Yu, "Texygen", SIGIR 2018). BLEU: Papineni, Roukos, Ward and Zhu, ACL 2002, with runs of up to four tokens, equal
/// weights, the closest reference length (of two the shorter); runs without a match count as 0.1 of one (Chen and Cherry,
/// WMT 2014, method 1, as Texygen has it).
/// </summary>
public static class SelfBleu
{
    /// <summary>Longest run, tokens.</summary>
    public const int Longest = 4;

    private const double NoMatch = 0.1;

    /// <summary>0 for texts that share nothing, 1 for texts that are equal; <see langword="null"/> below two texts. A text without tokens has 0.</summary>
    /// <param name="texts">Tokens of each text.</param>
    public static double? Of(IReadOnlyList<ImmutableArray<string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count < 2) return null;
        var scores = new Matches[texts.Count];
        for (var i = 0; i < scores.Length; i++) scores[i] = new Matches();
        for (var n = 1; n <= Longest; n++) Match(texts, n, scores);
        var sum = 0.0;
        for (var i = 0; i < texts.Count; i++) sum += scores[i].Bleu(texts[i].Length, Closest(texts, i));
        return sum / texts.Count;
    }

    /// <summary>BLEU of a text against references, 0–1.</summary>
    /// <param name="text">Tokens.</param>
    /// <param name="references">Tokens of each; at least one.</param>
    public static double Bleu(ImmutableArray<string> text, IReadOnlyList<ImmutableArray<string>> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("A text is measured against at least one other.", nameof(references));
        var matches = new Matches();
        for (var n = 1; n <= Longest; n++)
        {
            var known = references.Select(reference => NGrams.Of(reference, n)).ToList();
            var runs = NGrams.Of(text, n);
            matches.Add(runs.Counts.Sum(run => Math.Min(run.Value, known.Max(one => one.Counts.GetValueOrDefault(run.Key)))), runs.Total);
        }

        return matches.Bleu(text.Length, Closest(references.Select(one => one.Length), text.Length));
    }

    /// <summary>
    /// The most of a run in any other text is the most in any text, or the second most for the text that has the most:
    /// so all texts are matched in one pass.
    /// </summary>
    private static void Match(IReadOnlyList<ImmutableArray<string>> texts, int n, Matches[] scores)
    {
        var all = texts.Select(text => NGrams.Of(text, n)).ToList();
        var most = new Dictionary<string, (int First, int Holder, int Second)>(StringComparer.Ordinal);
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var (run, count) in all[i].Counts)
            {
                var (first, holder, second) = most.GetValueOrDefault(run, (0, -1, 0));
                most[run] = count > first ? (count, i, first) : (first, holder, Math.Max(second, count));
            }
        }

        for (var i = 0; i < all.Count; i++)
        {
            var matched = 0;
            foreach (var (run, count) in all[i].Counts)
            {
                var (first, holder, second) = most[run];
                matched += Math.Min(count, holder == i ? second : first);
            }

            scores[i].Add(matched, all[i].Total);
        }
    }

    private static int Closest(IReadOnlyList<ImmutableArray<string>> texts, int but) =>
        Closest(texts.Where((_, i) => i != but).Select(text => text.Length), texts[but].Length);

    private static int Closest(IEnumerable<int> lengths, int length) => lengths.OrderBy(one => Math.Abs(one - length)).ThenBy(one => one).First();

    private sealed class Matches
    {
        private double logs;
        private int words = -1;

        /// <summary>Runs of the next length, from 1.</summary>
        internal void Add(int matched, int total)
        {
            if (words < 0) words = matched;
            logs += Math.Log((matched == 0 ? NoMatch : matched) / Math.Max(1, total)) / Longest;
        }

        /// <summary>Texts without a word in common have nothing in common, whatever the smoothing says.</summary>
        internal double Bleu(int length, int closest)
        {
            if (words == 0) return 0;
            var brevity = length > closest ? 1 : Math.Exp(1 - ((double)closest / length));
            return brevity * Math.Exp(logs);
        }
    }
}

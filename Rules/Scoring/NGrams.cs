using System.Collections.Immutable;

namespace Orleans.Story.Rules.Scoring;

/// <summary>Runs of tokens of one text and how often each occurs.</summary>
internal sealed class NGrams
{
    private NGrams(Dictionary<string, int> counts, int total) => (Counts, Total) = (counts, total);

    internal Dictionary<string, int> Counts { get; }

    /// <summary>All runs: tokens − length + 1, never below 0.</summary>
    internal int Total { get; }

    /// <param name="tokens">None of them has a line feed.</param>
    /// <param name="length">Tokens in a run, at least 1.</param>
    internal static NGrams Of(ImmutableArray<string> tokens, int length)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var total = Math.Max(0, tokens.Length - length + 1);
        for (var i = 0; i < total; i++)
        {
            var run = length == 1 ? tokens[i] : string.Join('\n', tokens.AsSpan(i, length));
            counts[run] = counts.GetValueOrDefault(run) + 1;
        }

        return new NGrams(counts, total);
    }
}

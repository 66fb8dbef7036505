using Orleans.Story.Contracts;
using static Orleans.Story.Contracts.Text;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Offers the ids an author may have meant.</summary>
internal static class Nearest
{
    private const int Offered = 8;

    /// <summary>"Write one of: mei, zhou." with the likeliest first; long lists are cut.</summary>
    public static Text Mend(string written, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return Both("There is none yet; write one first.", "目前还一个都没有，请先写一个。");
        var ranked = known
            .Select(id => (Id: id, Distance: Distance(written, id)))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Id, StringComparer.Ordinal)
            .ToList();
        var near = ranked[0].Distance <= Math.Max(1, written.Length / 3);
        var listed = ranked.Take(Offered).Select(pair => pair.Id).ToList();
        if (known.Count == 1) return Both($"Write {listed[0]}.", $"请写 {listed[0]}。");
        var rest = known.Count - listed.Count;
        return Both(
            (near ? $"Did you mean {listed[0]}? " : "") + $"Write one of: {string.Join(", ", listed)}{(rest > 0 ? $" (and {rest} more)" : "")}.",
            (near ? $"是想写 {listed[0]} 吗？" : "") + $"请写：{string.Join('、', listed)} 之一{(rest > 0 ? $"（另有 {rest} 个）" : "")}。");
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964).</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}

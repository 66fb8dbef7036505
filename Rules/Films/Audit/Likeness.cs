using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orleans.Story.Rules.Films.Audit;

/// <summary>Two lines that a hall would hear twice.</summary>
/// <param name="Storylet">The first storylet's id.</param>
/// <param name="Other">The second storylet's id.</param>
/// <param name="Language">In which language.</param>
/// <param name="Words">The line in the first.</param>
/// <param name="OtherWords">The line in the second.</param>
public sealed record LikeLines(string Storylet, string Other, string Language, string Words, string OtherWords);

/// <summary>
/// Text that is duplicated between storylets: lines whose sets of shingles (runs of characters, Broder 1997) overlap by
/// more than <see cref="TooAlike"/> (Jaccard). A catch phrase may come back; a line of some length may not.
/// </summary>
public static class Likeness
{
    /// <summary>Share of shingles in common from which two lines are one.</summary>
    public const double TooAlike = 0.7;

    /// <summary>Characters in a shingle, in languages written with letters and in Chinese, Japanese and Korean.</summary>
    private static readonly WordingLimit Shingle = new(6, 3);

    /// <summary>Shorter lines may be a catch phrase.</summary>
    private static readonly WordingLimit Shortest = new(40, 14);

    /// <summary>All pairs, by storylet.</summary>
    public static ImmutableArray<LikeLines> Of(Film film)
    {
        var found = ImmutableArray.CreateBuilder<LikeLines>();
        foreach (var language in film.Languages)
        {
            var lines = film.Storylets
                .SelectMany(storylet => storylet.Lines.Select(line => (storylet.Id, Words: line.Words.In(language))))
                .Where(line => line.Words.Length >= Shortest.In(language))
                .Select(line => (line.Id, line.Words, Shingles: Shingles(line.Words, Shingle.In(language))))
                .ToList();
            var byShingle = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            for (var i = 0; i < lines.Count; i++)
            {
                var shared = new Dictionary<int, int>();
                foreach (var shingle in lines[i].Shingles)
                {
                    if (!byShingle.TryGetValue(shingle, out var holders)) byShingle[shingle] = holders = [];
                    foreach (var other in holders) shared[other] = shared.GetValueOrDefault(other) + 1;
                    holders.Add(i);
                }

                foreach (var (other, common) in shared.OrderBy(pair => pair.Key))
                {
                    if (lines[other].Id == lines[i].Id) continue;
                    var all = lines[i].Shingles.Count + lines[other].Shingles.Count - common;
                    if (common >= TooAlike * all) found.Add(new LikeLines(lines[other].Id, lines[i].Id, language, lines[other].Words, lines[i].Words));
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// Whether two lines in one language would be heard as one. Lines too short to tell are not alike: they may be a catch phrase.
    /// </summary>
    public static bool IsAlike(string one, string other, string language)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Math.Min(one.Length, other.Length) >= Shortest.In(language) && IsNear(one, other, language);
    }

    /// <summary>Whether two lines in one language are the same but for a word or two, however short they are.</summary>
    public static bool IsNear(string one, string other, string language)
    {
        var (first, second) = (Shingles(one, Shingle.In(language)), Shingles(other, Shingle.In(language)));
        var common = first.Count(second.Contains);
        return common > 0 && common >= TooAlike * (first.Count + second.Count - common);
    }

    private static HashSet<string> Shingles(string words, int length)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        var text = plain.ToString();
        var shingles = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + length <= text.Length; i++) shingles.Add(text.Substring(i, length));
        return shingles;
    }
}

using System.Text;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Films.Audit;

namespace Orleans.Story.Rules.Safety;

/// <summary>What is said over and over: within a line, within a beat, and what was told before.</summary>
internal static class Repeats
{
    /// <summary>Shorter lines may come back within a beat: a shout, a refrain. Letters and ideographs.</summary>
    private static readonly WordingLimit Shortest = new(16, 7);

    /// <summary>How often a run of one, of two, and of three or more words (or ideographs) may stand side by side.</summary>
    private static readonly int[] MostWords = [5, 3, 2];

    private static readonly int[] MostIdeographs = [9, 4, 2];

    /// <summary>Longest run that is looked for.</summary>
    private const int LongestRun = 12;

    /// <summary>Whether a line goes round in circles.</summary>
    public static bool Loops(string wording, string language)
    {
        var ideographic = FilmLimits.IsIdeographic(language);
        string[] units = ideographic ? [.. Plain(wording).Select(letter => letter.ToString())] : [.. EnglishWords.Of(wording).Select(word => word.Key)];
        var most = ideographic ? MostIdeographs : MostWords;
        for (var run = 1; run <= LongestRun; run++)
        {
            var allowed = most[Math.Min(run, 3) - 1];
            var same = 0;
            for (var i = run; i < units.Length; i++)
            {
                same = units[i] == units[i - run] ? same + 1 : 0;
                if (same >= run * allowed) return true;
            }
        }

        return false;
    }

    /// <summary>Whether two lines of one beat are the same.</summary>
    public static bool IsSame(string one, string other, string language) =>
        Plain(one) is var plain && plain.Length >= Shortest.In(language) && plain == Plain(other);

    /// <summary>Whether a line was told before, almost word for word.</summary>
    public static bool IsOld(string wording, string old, string language) => Likeness.IsAlike(wording, old, language);

    /// <summary>Letters and figures alone, in lower case.</summary>
    public static string Plain(string wording)
    {
        var plain = new StringBuilder(wording.Length);
        foreach (var letter in wording.Where(char.IsLetterOrDigit)) plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}

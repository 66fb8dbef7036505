using System.Text;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Safety;

/// <summary>Whether words are in the script of the language they are said to be in; names and figures of other scripts are allowed.</summary>
internal static class Scripts
{
    private enum Script
    {
        None,
        Latin,
        Han,
        Kana,
        Hangul,
        Cyrillic,
        Greek,
        Arabic,
        Hebrew,
        Devanagari,
        Thai,
        Other,
    }

    private static readonly string[] English = "the a an of to and in is it you i he she they we that this was on for with not no my your his her at be as are have do what who".Split(' ');

    private static readonly string[][] Others =
    [
        "le la les un une des et est il elle nous vous je ne pas que qui dans pour avec sur ce cette mais".Split(' '),
        "der die das und ist nicht ich du er sie wir ein eine zu den mit auf von dem sich aber".Split(' '),
        "el la los las un una y es no que en por con para su yo pero más está se lo".Split(' '),
        "il lo la gli una e è non che di per con si ma sono questo della nel".Split(' '),
        "o os as um uma e é não que de para com se mas eu você ele ela do da".Split(' '),
    ];

    /// <summary>Whether the words are in another language than the one they claim.</summary>
    /// <param name="words">The words.</param>
    /// <param name="language">BCP 47 tag.</param>
    /// <param name="isKnown">Whether a word in Latin letters is one of the film's.</param>
    public static bool IsOther(string words, string language, Predicate<string> isKnown)
    {
        var counts = new int[12];
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.IsLetter(rune)) counts[(int)Of(rune.Value)]++;
        }

        var latin = EnglishWords.Of(words);
        if (!FilmLimits.IsIdeographic(language))
        {
            var script = ScriptOf(language);
            var (own, foreign) = (counts[(int)script], counts.Sum() - counts[(int)script]);
            if (script != Script.Latin) return foreign > own && foreign - counts[(int)Script.Latin] + latin.Count(word => !isKnown(word.Key)) > 2;
            return (foreign >= 2 && foreign * 3 > own) || (Primary(language) == "en" && IsNoEnglish(latin));
        }

        // A Latin word weighs as much as the two characters that would say it.
        var strange = 2 * latin.Count(word => !isKnown(word.Key));
        var homely = counts[(int)Script.Han] + (Primary(language) == "ja" ? counts[(int)Script.Kana] : 0) + (Primary(language) == "ko" ? counts[(int)Script.Hangul] : 0);
        strange += counts.Sum() - counts[(int)Script.Latin] - homely;
        return strange > 2 && strange > homely;
    }

    private static bool IsNoEnglish(List<EnglishWord> words)
    {
        if (words.Count < 5) return false;
        var own = words.Count(word => English.Contains(word.Key, StringComparer.Ordinal));
        return Array.Exists(Others, stops => words.Count(word => stops.Contains(word.Key, StringComparer.Ordinal)) is var other && other >= 3 && other > 2 * own);
    }

    private static string Primary(string language) => language.Split('-')[0];

    private static Script ScriptOf(string language) => Primary(language) switch
    {
        _ when language.Contains("-Latn", StringComparison.Ordinal) => Script.Latin,
        _ when language.Contains("-Cyrl", StringComparison.Ordinal) => Script.Cyrillic,
        "ru" or "uk" or "bg" or "be" or "mk" or "sr" or "kk" or "mn" => Script.Cyrillic,
        "el" => Script.Greek,
        "ar" or "fa" or "ur" => Script.Arabic,
        "he" or "yi" => Script.Hebrew,
        "hi" or "mr" or "ne" => Script.Devanagari,
        "th" => Script.Thai,
        _ => Script.Latin,
    };

    private static Script Of(int letter) => letter switch
    {
        < 0x250 or (>= 0x1E00 and < 0x1F00) or (>= 0xFF21 and <= 0xFF5A) => Script.Latin,
        >= 0x370 and < 0x400 or >= 0x1F00 and < 0x2000 => Script.Greek,
        >= 0x400 and < 0x530 => Script.Cyrillic,
        >= 0x590 and < 0x600 => Script.Hebrew,
        >= 0x600 and < 0x780 => Script.Arabic,
        >= 0x900 and < 0x980 => Script.Devanagari,
        >= 0xE00 and < 0xE80 => Script.Thai,
        >= 0x3040 and < 0x3100 or >= 0x31F0 and < 0x3200 or >= 0xFF66 and < 0xFFA0 => Script.Kana,
        >= 0x1100 and < 0x1200 or >= 0xAC00 and < 0xD7B0 => Script.Hangul,
        >= 0x2E80 and < 0xA000 or >= 0xF900 and < 0xFB00 or >= 0x20000 and < 0x40000 => Script.Han,
        _ => Script.Other,
    };
}

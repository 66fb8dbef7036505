using Orleans.Story.Contracts;

namespace Orleans.Story.Rules.Plot;

/// <summary>
/// How long a line must stay readable. Subtitling practice allows 15–17 characters a second for English and 5–7 for
/// Chinese (Netflix Timed Text Style Guides); a dark hall that reads together is slower, so we take the low end and add
/// a breath.
/// </summary>
public static class ReadingTime
{
    private const double BreathSeconds = 0.9;
    private const double LeastSeconds = 2.2;

    /// <summary>Seconds for words in one language.</summary>
    public static double Seconds(string words, string language) =>
        Math.Max(LeastSeconds, (words.Length / CharactersASecond(language)) + BreathSeconds);

    /// <summary>Seconds for a line shown in several languages at once: the slowest of them.</summary>
    public static double Seconds(Text words, IEnumerable<string> languages) =>
        languages.Max(language => Seconds(words.In(language), language));

    private static double CharactersASecond(string language) =>
        language.StartsWith("zh", StringComparison.Ordinal) ? 5 : 14;
}

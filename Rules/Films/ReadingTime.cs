using System.Globalization;

namespace Orleans.Story.Rules.Films;

/// <summary>How long a hall needs to read a line from the wall.</summary>
/// <remarks>
/// Subtitling practice: about 14 characters a second with letters, 5 with ideographs; on top a moment to find the new
/// line, and no line so short that it flickers.
/// </remarks>
public static class ReadingTime
{
    /// <summary>Characters a second in languages written with letters.</summary>
    public const double LettersPerSecond = 14;

    /// <summary>Characters a second in Chinese, Japanese and Korean.</summary>
    public const double IdeographsPerSecond = 5;

    /// <summary>Seconds added to every line.</summary>
    public const double SecondsPerLine = 0.9;

    /// <summary>No line takes less, in seconds.</summary>
    public const double ShortestLineSeconds = 2.2;

    /// <summary>The time for one line in <paramref name="language"/>.</summary>
    public static TimeSpan Of(string words, string language)
    {
        ArgumentNullException.ThrowIfNull(words);
        var pace = FilmLimits.IsIdeographic(language) ? IdeographsPerSecond : LettersPerSecond;
        var seconds = SecondsPerLine + (new StringInfo(words).LengthInTextElements / pace);
        return TimeSpan.FromMilliseconds(Math.Round(Math.Max(ShortestLineSeconds, seconds) * 1000));
    }

    /// <summary>The time for all lines of <paramref name="storylet"/> in <paramref name="language"/>.</summary>
    public static TimeSpan Of(Storylet storylet, string language)
    {
        ArgumentNullException.ThrowIfNull(storylet);
        return storylet.Lines.Aggregate(TimeSpan.Zero, (sum, line) => sum + Of(line.Words.In(language), language));
    }
}

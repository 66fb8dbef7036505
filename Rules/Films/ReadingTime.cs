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

    /// <summary>The time for the lines that are told of <paramref name="storylet"/> in <paramref name="language"/>.</summary>
    public static ReadingSpan Of(Storylet storylet, string language)
    {
        ArgumentNullException.ThrowIfNull(storylet);
        return Of(storylet.Lines.Select(line => (line.Words.In(language), line.When)), language);
    }

    /// <summary>The time for the lines that are told of these: of the two sides of a fact a hall hears one.</summary>
    internal static ReadingSpan Of(IEnumerable<(string Words, LineCondition? When)> lines, string language)
    {
        var timed = lines.Select(line => (line.When, Of(line.Words, language).TotalSeconds)).ToList();
        var always = timed.Where(line => line.When is null).Sum(line => line.TotalSeconds);
        var sides = timed.Where(line => line.When is not null).GroupBy(line => line.When!.Fact)
            .Select(fact => (If: fact.Where(line => line.When!.Holds).Sum(line => line.TotalSeconds), Not: fact.Where(line => !line.When!.Holds).Sum(line => line.TotalSeconds)))
            .ToList();
        return new ReadingSpan(
            always + sides.Sum(side => Math.Min(side.If, side.Not)),
            always + sides.Sum(side => (side.If + side.Not) / 2),
            always + sides.Sum(side => Math.Max(side.If, side.Not)));
    }
}

/// <summary>How long a storylet takes to read, seconds.</summary>
/// <param name="Shortest">Where every fact falls on its shorter side.</param>
/// <param name="Mean">Where every fact is as likely as not.</param>
/// <param name="Longest">Where every fact falls on its longer side.</param>
public readonly record struct ReadingSpan(double Shortest, double Mean, double Longest);

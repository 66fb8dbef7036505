using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>Reading time on a wall that may show several languages at once.</summary>
public static class Pace
{
    /// <summary>Seconds for a line: those of the slowest language.</summary>
    public static double Seconds(Text words, IEnumerable<string> languages) =>
        languages.Max(language => ReadingTime.Of(words.In(language), language).TotalSeconds);
}

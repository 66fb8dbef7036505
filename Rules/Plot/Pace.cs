using System.Runtime.CompilerServices;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Rules.Plot;

/// <summary>Reading time on a wall that may show several languages at once.</summary>
public static class Pace
{
    /// <summary>Counted once a wording; an entry goes when its words do, so that the cache is never larger than what is in use.</summary>
    private static readonly ConditionalWeakTable<string, double[]> Counted = [];

    /// <summary>Seconds for a line: those of the slowest language.</summary>
    public static double Seconds(Text words, IEnumerable<string> languages)
    {
        var slowest = 0.0;
        foreach (var language in languages) slowest = Math.Max(slowest, Seconds(words.In(language), language));
        return slowest;
    }

    private static double Seconds(string words, string language)
    {
        var counted = Counted.GetOrCreateValueFor(words);
        ref var seconds = ref counted[FilmLimits.IsIdeographic(language) ? 1 : 0];
        return seconds > 0 ? seconds : seconds = ReadingTime.Of(words, language).TotalSeconds;
    }

    private static double[] GetOrCreateValueFor(this ConditionalWeakTable<string, double[]> table, string words) =>
        table.GetValue(words, static _ => new double[2]);
}

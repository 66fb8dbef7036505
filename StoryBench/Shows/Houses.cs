using System.Collections.Immutable;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;

namespace Orleans.Story.StoryBench.Shows;

/// <summary>A simulated audience and what to call it.</summary>
/// <param name="Name">For the record.</param>
/// <param name="Audience">Who votes and feels.</param>
public sealed record House(string Name, IAudience Audience);

/// <summary>Who comes to the shows: of four houses two vote at random, and two take somebody's side with opposite minds.</summary>
public static class Houses
{
    /// <summary>The house of a show.</summary>
    /// <param name="film">The film; whose side is taken is drawn from its cast.</param>
    /// <param name="show">The show's number, from 0.</param>
    /// <param name="seed">The bench's seed.</param>
    public static House Of(Film film, int show, long seed)
    {
        if (show % 4 is 0 or 2 || film.Cast.IsEmpty) return new House("random", Audiences.Random);
        ImmutableArray<string> cast = [.. film.Cast.Select(one => one.Id)];
        var at = Seeds.Below(Seeds.For(seed, show / 4), cast.Length);
        ImmutableArray<string> loved = [.. cast[at..], .. cast[..at]];
        var half = Math.Max(1, loved.Length / 2);
        return show % 4 == 1
            ? new House($"for {loved[0]}", Audiences.Siding(loved[..half]))
            : new House($"for {loved[^1]}", Audiences.Siding([.. loved[half..].Reverse()], last: true));
    }
}

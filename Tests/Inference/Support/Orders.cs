using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Inference;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Inference.Support;

/// <summary>Orders as sessions give them.</summary>
internal static class Orders
{
    public static SessionId Session { get; } = new(new Guid("0198f0c0-0000-7000-8000-000000000001"));

    /// <summary>The order for a beat after some were told, by a storylet writer, the first option always chosen.</summary>
    public static BeatOrder After(Film film, int beats, string[] languages, Func<int, Steering>? steering = null, double minutes = 12)
    {
        var story = Story.Rules.Plot.Story.Untold;
        var told = new List<PastBeat>();
        var via = BeatKey.Opening;
        for (var n = 0; ; n++)
        {
            var elapsed = n * minutes * 60 / 40;
            var plan = Planner.Make(new PlanInputs(film, story, n, via, elapsed, (minutes * 60) - elapsed, 13, languages, 0.5, 7) { Steering = steering?.Invoke(n) ?? Steering.None, Made = n + 1 });
            if (n == beats || plan.Ends) return new BeatOrder(film.Ref, plan, [.. languages], WritePriority.Live, long.MaxValue, new StorySoFar([.. told]));
            var beat = StoryletTelling.Tell(film, plan);
            story = story.After(beat).After(beat.Options[0]);
            via = 0;
            for (var i = 0; i < told.Count; i++) told[i] = i < told.Count - 1 ? told[i] with { Lines = [] } : told[i];
            told.Add(new PastBeat(n, beat.Act, beat.Place, beat.Cast, Gists.Of(beat), beat.Lines, beat.Options[0].Label));
        }
    }

    /// <summary>A film of the product.</summary>
    public static Film Shipped(string slug)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "Films");
        ImmutableArray<FilmSource> sources =
        [
            .. Directory.EnumerateFiles(Path.Combine(root, slug), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => new FilmSource("Films/" + Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file))),
        ];
        return FilmReader.Read(sources).Film ?? throw new InvalidOperationException($"The film {slug} has problems.");
    }

    public static Film Paper => PaperFilm.Film;
}

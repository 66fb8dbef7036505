using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot;
using Orleans.Story.Storage.Films;
using Canon = Orleans.Story.Rules.Plot.Story;

namespace Orleans.Story.Tests.Films;

/// <summary>The film in the repository: what a stranger sees in the first minute.</summary>
public sealed class ShippedFilmTests
{
    private const int Halls = 400;
    private const double VoteSeconds = 20;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Films", "last-ferry");
    private static readonly Lazy<Task<List<(Canon Story, Storylet Ending)>>> Shows = new(async () =>
    {
        var film = (await FilmFolder.LoadAsync(Folder)).Film.ShouldNotBeNull();
        return [.. Enumerable.Range(0, Halls).Select(seed => Show(film, seed))];
    });

    [Fact]
    public async Task Loads_with_zero_problems_and_zero_warnings()
    {
        var reading = await FilmFolder.LoadAsync(Folder);
        reading.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        reading.Film.ShouldNotBeNull().Languages.ShouldBe(["en", "zh"]);
    }

    /// <summary>Halls that vote at random, in shows of every length the film allows: nothing was written in vain.</summary>
    [Fact]
    public async Task Every_storylet_is_told_in_some_show()
    {
        var film = (await FilmFolder.LoadAsync(Folder)).Film.ShouldNotBeNull();
        var told = (await Shows.Value).SelectMany(show => show.Story.Told).ToHashSet(StringComparer.Ordinal);
        film.Storylets.Select(storylet => storylet.Id).Where(id => !told.Contains(id)).ShouldBeEmpty();
    }

    /// <summary>Once the hall has chosen where the ship ends, the last beat is about that place.</summary>
    [Theory]
    [InlineData("across-road")]
    [InlineData("against-pier")]
    [InlineData("own-berth")]
    public async Task The_ending_keeps_the_last_choice(string place)
    {
        var shows = (await Shows.Value).FindAll(show => show.Story.Facts.Contains(place));
        shows.ShouldNotBeEmpty();
        foreach (var show in shows) show.Ending.Needs.ShouldContain(place, string.Join(", ", show.Story.Told));
    }

    /// <summary>A show as the planner runs it, on paper: running time, hall and seed follow from the number.</summary>
    private static (Canon Story, Storylet Ending) Show(Film film, int seed)
    {
        var minutes = film.Minutes.Shortest + (seed % (film.Minutes.Longest - film.Minutes.Shortest + 1));
        var (story, elapsed, option) = (Canon.Untold, 0.0, BeatKey.Opening);
        for (var beat = 0; ; beat++)
        {
            var inputs = new PlanInputs(
                film, story, beat, option, elapsed, (minutes * 60) - elapsed, VoteSeconds, film.Languages, Arousal: null, seed);
            var told = StoryletTelling.Tell(film, Planner.Make(inputs));
            story = story.After(told);
            if (told.Options.IsEmpty) return (story, film.Storylets.Single(storylet => storylet.Id == told.Storylet));
            option = Seeds.Below(Seeds.For(seed, beat), told.Options.Length);
            story = story.After(told.Options[option]);
            elapsed += told.Lines.Sum(line => Pace.Seconds(line.Words, film.Languages)) + VoteSeconds;
        }
    }
}

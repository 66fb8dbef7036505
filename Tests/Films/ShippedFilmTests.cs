using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>The film in the repository: what a stranger sees in the first minute.</summary>
public sealed class ShippedFilmTests
{
    private const int Halls = 4_000;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Films", "last-ferry");
    private static readonly Lazy<Task<List<ToldShow>>> Shows = new(async () =>
    {
        var film = (await FilmFolder.LoadAsync(Folder)).Film.ShouldNotBeNull();
        var lengths = film.Minutes.Longest - film.Minutes.Shortest + 1;
        return
        [
            .. Enumerable.Range(0, Halls).Select(seed => Rehearsals.Tell(
                film, new RehearsalTerms((film.Minutes.Shortest + (seed % lengths)) * 60, Languages: film.Languages) { Trouble = seed % 2 == 0 ? Trouble.None : Trouble.Much },
                Audiences.Random, seed)),
        ];
    });

    [Fact]
    public async Task Loads_with_zero_problems_and_zero_warnings()
    {
        var reading = await FilmFolder.LoadAsync(Folder);
        reading.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        reading.Film.ShouldNotBeNull().Languages.ShouldBe(["en", "zh"]);
    }

    /// <summary>Halls that vote at random, in shows of every length the film allows, on good and on bad evenings: nothing was written in vain.</summary>
    [Fact]
    public async Task Every_storylet_is_told_in_some_show()
    {
        var film = (await FilmFolder.LoadAsync(Folder)).Film.ShouldNotBeNull();
        var told = (await Shows.Value).SelectMany(show => show.Storylets).ToHashSet(StringComparer.Ordinal);
        film.Storylets.Select(storylet => storylet.Id).Where(id => !told.Contains(id)).ShouldBeEmpty();
    }

    /// <summary>Once the hall has chosen where the ship ends, the last beat is about that place.</summary>
    [Theory]
    [InlineData("across-road")]
    [InlineData("against-pier")]
    [InlineData("own-berth")]
    [InlineData("on-bridge")]
    [InlineData("voice-sent")]
    [InlineData("abandoned")]
    public async Task The_ending_keeps_the_last_choice(string place)
    {
        var film = (await FilmFolder.LoadAsync(Folder)).Film.ShouldNotBeNull();
        var shows = (await Shows.Value).FindAll(show => show.Facts.Contains(place));
        shows.ShouldNotBeEmpty();
        foreach (var show in shows)
            film.Storylets.Single(storylet => storylet.Id == show.Ending).Needs.ShouldContain(place, string.Join(", ", show.Storylets));
    }
}

using System.Collections.Concurrent;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>The films in the repository: what a stranger sees in the first minute.</summary>
public sealed class ShippedFilmTests
{
    private const int Halls = 4_000;

    private static readonly ConcurrentDictionary<string, Lazy<Task<List<ToldShow>>>> Told = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("last-ferry", "en", "zh")]
    [InlineData("seventh-night", "zh", "en")]
    public async Task Loads_with_zero_problems_and_zero_warnings(string slug, params string[] languages)
    {
        var reading = await FilmFolder.LoadAsync(Folder(slug));
        reading.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        reading.Film.ShouldNotBeNull().Languages.ShouldBe(languages);
    }

    /// <summary>Halls that vote at random, in shows of every length the film allows, on good and on bad evenings: nothing was written in vain.</summary>
    [Theory]
    [InlineData("last-ferry")]
    [InlineData("seventh-night")]
    public async Task Every_storylet_is_told_in_some_show(string slug)
    {
        var told = (await Shows(slug)).SelectMany(show => show.Storylets).ToHashSet(StringComparer.Ordinal);
        (await Film(slug)).Storylets.Select(storylet => storylet.Id).Where(id => !told.Contains(id)).ShouldBeEmpty();
    }

    /// <summary>Once the hall has made its last choice, the last beat is about that.</summary>
    [Theory]
    [InlineData("last-ferry", "across-road")]
    [InlineData("last-ferry", "against-pier")]
    [InlineData("last-ferry", "own-berth")]
    [InlineData("last-ferry", "on-bridge")]
    [InlineData("last-ferry", "voice-sent")]
    [InlineData("last-ferry", "abandoned")]
    [InlineData("seventh-night", "opened")]
    [InlineData("seventh-night", "unopened")]
    [InlineData("seventh-night", "spoke-through")]
    [InlineData("seventh-night", "called-out")]
    [InlineData("seventh-night", "table-out")]
    [InlineData("seventh-night", "night-held")]
    [InlineData("seventh-night", "crowed")]
    public async Task The_ending_keeps_the_last_choice(string slug, string choice)
    {
        var film = await Film(slug);
        var shows = (await Shows(slug)).FindAll(show => show.Facts.Contains(choice));
        shows.ShouldNotBeEmpty();
        foreach (var show in shows)
            film.Storylets.Single(storylet => storylet.Id == show.Ending).Needs.ShouldContain(choice, string.Join(", ", show.Storylets));
    }

    private static string Folder(string slug) => Path.Combine(AppContext.BaseDirectory, "Films", slug);

    private static async Task<Film> Film(string slug) => (await FilmFolder.LoadAsync(Folder(slug))).Film.ShouldNotBeNull();

    private static Task<List<ToldShow>> Shows(string slug) => Told.GetOrAdd(slug, _ => new(async () =>
    {
        var film = await Film(slug);
        var lengths = film.Minutes.Longest - film.Minutes.Shortest + 1;
        return
        [
            .. Enumerable.Range(0, Halls).Select(seed => Rehearsals.Tell(
                film, new RehearsalTerms((film.Minutes.Shortest + (seed % lengths)) * 60, Languages: film.Languages) { Trouble = seed % 2 == 0 ? Trouble.None : Trouble.Much },
                Audiences.Random, seed)),
        ];
    })).Value;
}

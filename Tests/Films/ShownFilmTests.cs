using System.Collections.Immutable;
using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Rules.Plot.Simulation;
using Orleans.Story.Rules.Safety;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>Every film in the repository, told to hundreds of audiences on paper: what holds of each of their evenings.</summary>
public sealed class ShownFilmTests
{
    private const int Evenings = 300;
    private const int Minutes = 20;

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Films");

    public static TheoryData<string> Films { get; } = [.. Directory.GetDirectories(Root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Every_evening_has_one_ending_on_time_and_nothing_twice(string slug)
    {
        foreach (var show in await Shows(slug))
        {
            show.Steps.Count(step => step.Beat.Ends).ShouldBe(1);
            show.Steps[^1].Beat.Ends.ShouldBeTrue();
            show.Storylets.Distinct(StringComparer.Ordinal).Count().ShouldBe(show.Steps.Length);
            show.Late.ShouldBeGreaterThanOrEqualTo(-show.LongestStep, string.Join(' ', show.Storylets));
            show.Late.ShouldBeLessThanOrEqualTo(show.LongestStep + show.LostAtTheEnd, string.Join(' ', show.Storylets));
        }
    }

    [Theory]
    [MemberData(nameof(Films))]
    public async Task No_beat_of_any_evening_has_a_finding(string slug)
    {
        var film = await Film(slug);
        foreach (var step in (await Shows(slug)).SelectMany(show => show.Steps))
            BeatChecks.Of(film, step.Plan, step.Beat, film.Languages).ShouldBeEmpty(step.Beat.Storylet);
    }

    [Theory]
    [MemberData(nameof(Films))]
    public async Task On_a_good_evening_the_beat_before_the_ending_is_the_climax(string slug)
    {
        var film = await Film(slug);
        var shows = Enumerable.Range(0, 100).Select(seed => Rehearsals.Tell(film, Terms(film, Minutes), Audiences.Random, seed)).ToList();
        shows.Count(show => show.Steps[^2].Beat.Function == BeatFunction.Climax).ShouldBeGreaterThan(95);
        shows.ShouldAllBe(show => show.Steps.SkipLast(2).All(step => step.Beat.Function != BeatFunction.Climax));
    }

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Nobody_votes_and_it_goes_on_by_itself(string slug)
    {
        var film = await Film(slug);
        var show = Rehearsals.Tell(film, Terms(film, Minutes), Audiences.Silent, 3);
        show.Steps.Length.ShouldBeGreaterThan(5);
        show.Steps[^1].Beat.Ends.ShouldBeTrue();
    }

    /// <summary>The first option against the last, and for each pair of characters those who love the one and the other.</summary>
    [Theory]
    [MemberData(nameof(Films))]
    public async Task Two_opposed_audiences_share_under_half_of_their_storylets(string slug)
    {
        var film = await Whole(slug);
        var terms = Terms(film, Math.Clamp(Minutes, film.Minutes.Shortest, film.Minutes.Longest));
        for (var seed = 0; seed < 20; seed++)
        {
            var shared = Shared(film, terms, Audiences.First, Audiences.Last, seed);
            shared.Share.ShouldBeLessThan(0.5, $"first against last, seed {seed}: {shared.What}");
        }

        // Sides are not always opposed in a scene; on average over the evenings they must lead elsewhere all the same.
        var sides = new List<double>();
        foreach (var (one, other) in Pairs(film))
            sides.Add(Enumerable.Range(0, 5).Average(seed => Shared(film, terms, Audiences.Siding([one]), Audiences.Siding([other], last: true), seed).Share));
        sides.Average().ShouldBeLessThan(0.5, string.Join(", ", sides.Select(side => side.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Theory]
    [MemberData(nameof(Films))]
    public async Task Promises_are_paid_in_nearly_every_evening(string slug)
    {
        await Whole(slug);
        var shows = await Shows(slug);
        var opened = shows.Sum(show => show.Opened.Distinct(StringComparer.Ordinal).Count());
        var unpaid = shows.SelectMany(show => show.Unpaid).GroupBy(id => id, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}");
        ((double)shows.Sum(show => show.Unpaid.Length)).ShouldBeLessThan(0.1 * Math.Max(10, opened), string.Join(", ", unpaid));
    }

    /// <summary>Choices that reach far are asked of whole films; a reel has no room for them.</summary>
    private static async Task<Film> Whole(string slug)
    {
        var film = await Film(slug);
        Assert.SkipWhen(film.Minutes.Longest < ShowLength.ReelMinutes, $"{slug} is a reel of at most {film.Minutes.Longest} minutes.");
        return film;
    }

    private static (double Share, string What) Shared(Film film, RehearsalTerms terms, IAudience one, IAudience other, long seed)
    {
        var (a, b) = (Rehearsals.Tell(film, terms, one, seed).Storylets, Rehearsals.Tell(film, terms, other, seed).Storylets);
        var common = a.Intersect(b, StringComparer.Ordinal).ToList();
        return (2.0 * common.Count / (a.Length + b.Length), string.Join(' ', common));
    }

    private static IEnumerable<(string, string)> Pairs(Film film)
    {
        for (var i = 0; i < film.Cast.Length; i++)
        {
            for (var j = i + 1; j < film.Cast.Length; j++) yield return (film.Cast[i].Id, film.Cast[j].Id);
        }
    }

    /// <summary>Every length the film allows in turn; much goes wrong in every second evening.</summary>
    private static async Task<List<ToldShow>> Shows(string slug)
    {
        var film = await Film(slug);
        return [.. Enumerable.Range(0, Evenings).Select(seed => Rehearsals.Tell(
            film,
            Terms(film, film.Minutes.Shortest + (seed % (film.Minutes.Longest - film.Minutes.Shortest + 1))) with { Trouble = seed % 2 == 0 ? Trouble.None : Trouble.Much },
            Audiences.Random,
            seed))];
    }

    private static RehearsalTerms Terms(Film film, int minutes) =>
        new(Math.Clamp(minutes, film.Minutes.Shortest, film.Minutes.Longest) * 60, Languages: [.. film.Languages.Take(2)]);

    private static async Task<Film> Film(string slug)
    {
        var reading = await FilmFolder.LoadAsync(Path.Combine(Root, slug));
        return reading.Film ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }
}

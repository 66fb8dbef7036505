using Orleans.Story.Contracts.Films;
using Orleans.Story.Rules.Films;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Films;

/// <summary>What a film says of its ages, and what is left of it for milder halls.</summary>
public sealed class RatingTests
{
    [Fact]
    public void A_film_with_one_rating_is_told_whole_or_not_at_all()
    {
        PaperFilm.Film.Cuts.ShouldBeEmpty();
        FilmCuts.All(PaperFilm.Film).ShouldBe([new FilmCut("G", 9)]);
        FilmCuts.Within(PaperFilm.Film, (string?)null).ShouldBeSameAs(PaperFilm.Film);
        FilmCuts.Within(PaperFilm.Film, "18").ShouldBeSameAs(PaperFilm.Film);
    }

    [Fact]
    public void A_cut_holds_what_is_mild_enough_and_is_as_long_as_that_allows()
    {
        PaperFilm.Rated.Rating.ShouldBe("15");
        PaperFilm.Rated.Cuts.ShouldBe([new FilmCut("PG", 6), new FilmCut("15", 9)]);
        var cut = FilmCuts.Within(PaperFilm.Rated, "12");
        cut.Storylets.ShouldAllBe(storylet => storylet.Rating == null);
        cut.Storylets.Length.ShouldBe(PaperFilm.Rated.Storylets.Length - 5);
        (cut.Rating, cut.Minutes).ShouldBe(("PG", new RunningTimes(2, 6)));
        cut.Ref.ShouldBe(PaperFilm.Rated.Ref, "it is the same film");
        FilmCuts.Within(PaperFilm.Rated, "12").ShouldBeSameAs(cut, "made once");
        FilmCuts.Within(PaperFilm.Rated, "PG").Storylets.ShouldBe(cut.Storylets);
        FilmCuts.Of(PaperFilm.Rated, "G").ShouldBeNull();
    }

    [Theory]
    [InlineData("rating: {from: 15, to: PG}", "", "the rating goes from 15 down to PG. Write the milder one in from and the stricter one in to.")]
    [InlineData("rating: {from: PG}", "", "rating lacks the key to. Write to: … here.")]
    [InlineData("rating: {from: PG, to: 16}", "", "there is no rating \"16\".")]
    [InlineData("rating: {from: PG, to: 15}", "", "warning: no storylet is rated 15, so the film is milder than it says. Write rating: 15 in the storylets that are, or lower the film's.")]
    [InlineData("rating: PG", "15", "lamp is rated 15, and the film PG. Rate the film {from: PG, to: 15}, or the storylet milder.")]
    [InlineData("rating: {from: PG, to: 15}", "G", "lamp is rated G, milder than everything around it (PG). Delete its rating, or let the film's rating begin lower.")]
    [InlineData("rating: {from: PG, to: 15}", "15", "warning: within PG the film cannot be told: the act crossing can run dry")]
    public void What_does_not_fit_is_said(string rating, string storylet, string says)
    {
        var reading = Read(rating, storylet);
        reading.Problems.Select(problem => problem.ToString()).ShouldContain(problem => problem.Contains(says), string.Join('\n', reading.Problems));
        foreach (var problem in reading.Problems) problem.In("zh").ShouldMatch("[\u4e00-\u9fff]");
        (reading.Film is null).ShouldBe(!says.StartsWith("warning", StringComparison.Ordinal));
    }

    [Fact]
    public void A_promise_that_only_stricter_storylets_pay_spoils_a_milder_cut()
    {
        var sources = PaperFilm.RatedSources;
        var opened = sources[1].Content.Replace("- id: one-0\n", "- id: one-0\n  opens: [letter]\n", StringComparison.Ordinal)
            .Replace("- id: three-1\n", "- id: three-1\n  pays: [letter]\n", StringComparison.Ordinal);
        var reading = FilmReader.Read([sources[0], sources[1] with { Content = opened }]);
        reading.Film.ShouldNotBeNull().Cuts.ShouldBeEmpty();
        reading.Problems.ShouldContain(problem => problem.IsWarning && problem.What.Contains("the promise letter is opened, and what pays it is rated higher"));
    }

    private static FilmReading Read(string rating, string storylet) => FilmReader.Read(
    [
        new FilmSource("Films/pier/film.yaml", GoodFilm.FilmYaml.Replace("rating: PG", rating, StringComparison.Ordinal)),
        .. GoodFilm.Sources.Where(source => !source.Path.EndsWith("film.yaml", StringComparison.Ordinal)).Select(source => source with
        {
            Path = source.Path.StartsWith("Films/pier/", StringComparison.Ordinal) ? source.Path : "Films/pier/" + source.Path,
            Content = storylet.Length == 0 ? source.Content : source.Content.Replace("- id: lamp\n", $"- id: lamp\n  rating: {storylet}\n", StringComparison.Ordinal),
        }),
    ]);
}

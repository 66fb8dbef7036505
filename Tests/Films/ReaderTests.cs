using System.Collections.Immutable;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

public sealed class ReaderTests
{
    [Fact]
    public void No_sources_are_a_problem_and_not_an_exception() =>
        Said([]).ShouldBe(["film.yaml(1,1): the film has no film.yaml. Write one beside the folder storylets."]);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a remark\n")]
    public void An_empty_file_is_a_problem(string content) =>
        Said([new("Films/pier/film.yaml", content)]).ShouldContain("Films/pier/film.yaml(1,1): the file is empty. Write something in it or delete it.");

    [Theory]
    [InlineData("Films/pier/storylets/more.yml")]
    [InlineData("Films/pier/more.yaml")]
    [InlineData("Films/pier/storylets/deep/more.yaml")]
    public void A_file_where_nobody_looks_is_a_problem(string path) =>
        Said(GoodFilm.Sources.Add(new(path, ""))).ShouldBe(
            [$"{path}(1,1): this file is not read. Storylets live in the folder storylets, in files that end in .yaml; move or rename it."]);

    [Fact]
    public void A_second_document_is_a_problem() =>
        Said(Append("---\nschema: 1\n")).ShouldBe(
            ["Films/pier/film.yaml(41,1): a second document starts here. Delete the line ---; one file is one document."]);

    [Fact]
    public void A_broken_file_hides_nothing_of_the_others()
    {
        var sources = GoodFilm.With("beats.yaml", "tension: 0.2", "tension: 2");
        sources = sources.Replace(sources[2], sources[2] with { Content = "- id: [" });
        var said = Said(sources);
        said.ShouldContain(line => line.StartsWith("Films/pier/storylets/beats.yaml(5,12): tension", StringComparison.Ordinal));
        said.ShouldContain(line => line.StartsWith("Films/pier/storylets/ends.yaml(2,1): the YAML cannot be read from here", StringComparison.Ordinal), string.Join("\n", said));
        said.Count.ShouldBe(2, string.Join("\n", said));
    }

    [Fact]
    public void A_storylet_that_comes_too_early_for_what_it_needs_is_a_warning()
    {
        var sources = GoodFilm.With("ends.yaml", "acts: [crossing]\n  tension: 0.4", "acts: [departure]\n  tension: 0.4");
        sources = sources.Replace(sources[1], sources[1] with { Content = sources[1].Content.Replace("等}\n      sets: [waits]\n    - label: {en: Go, zh: 走}", "等}\n    - label: {en: Go, zh: 走}", StringComparison.Ordinal) });
        Said(sources).ShouldContain("Films/pier/storylets/ends.yaml(18,7): warning: stays can never be told: what it waits for (waits) comes too late. Move it to a later act, or let an earlier storylet set or open it.");
    }

    [Fact]
    public void A_warning_does_not_keep_the_film_from_being_told()
    {
        var reading = FilmReader.Read(GoodFilm.With("film.yaml", "\"#f4f1e8\"", "\"#506070\""));
        reading.Problems.ShouldHaveSingleItem().IsWarning.ShouldBeTrue();
        reading.Film.ShouldNotBeNull();
    }

    [Fact]
    public void An_error_does()
    {
        var reading = FilmReader.Read(GoodFilm.With("film.yaml", "rating: PG", "rating: X"));
        reading.Problems.ShouldHaveSingleItem().IsWarning.ShouldBeFalse();
        reading.Film.ShouldBeNull();
    }

    /// <summary>Whatever is cut off or overwritten, the reader answers with problems.</summary>
    [Fact]
    public void Never_throws_however_a_file_is_cut()
    {
        foreach (var source in GoodFilm.Sources)
        {
            for (var cut = 0; cut < source.Content.Length; cut += 7)
            {
                foreach (var end in (string[])["", "}", "]", "\"", "&", "*x", ": ", "\u202e", "- - -"])
                {
                    var broken = GoodFilm.Sources.Replace(source, source with { Content = source.Content[..cut] + end });
                    var reading = FilmReader.Read(broken);
                    (reading.Film is null).ShouldBe(reading.Problems.Any(problem => !problem.IsWarning), $"{source.Path} cut at {cut} with {end}");
                }
            }
        }
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Said([new("film.yaml", new string('[', 5000))]).ShouldContain(line => line.Contains("nested too deeply", StringComparison.Ordinal));

    private static List<string> Said(IEnumerable<FilmSource> sources) =>
        [.. FilmReader.Read(sources).Problems.Select(problem => problem.ToString())];

    private static ImmutableArray<FilmSource> Append(string text) =>
        GoodFilm.Sources.SetItem(0, GoodFilm.Sources[0] with { Content = GoodFilm.Sources[0].Content + text });
}

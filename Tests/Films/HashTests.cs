using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

public sealed class HashTests
{
    private static string HashOf(IEnumerable<FilmSource> sources) => FilmReader.Read(sources).Film.ShouldNotBeNull().Ref.Hash;

    [Fact]
    public void Is_what_it_was_on_every_machine() =>
        FilmHash.Of([new("b.yaml", "2\n"), new("a.yaml", "汽笛\n")])
            .ShouldBe("e077b03fd5a6fb3519aec492f2586f5372a2101e65dd1d6959469639cb23d052");

    [Fact]
    public void Does_not_depend_on_order_separators_line_ends_or_byte_order_marks()
    {
        var plain = HashOf(GoodFilm.Sources);
        HashOf(GoodFilm.Sources.Reverse()).ShouldBe(plain);
        HashOf(GoodFilm.Sources.Select(source => source with { Path = source.Path.Replace('/', '\\') })).ShouldBe(plain);
        HashOf(GoodFilm.Sources.Select(source => source with { Content = source.Content.Replace("\n", "\r\n", StringComparison.Ordinal) })).ShouldBe(plain);
        HashOf(GoodFilm.Sources.Select(source => source with { Content = "\uFEFF" + source.Content })).ShouldBe(plain);
    }

    [Fact]
    public void Does_not_depend_on_where_the_folder_is() =>
        HashOf(GoodFilm.Sources.Select(source => source with { Path = "/srv/films" + source.Path["Films".Length..] })).ShouldBe(HashOf(GoodFilm.Sources));

    [Fact]
    public void Changes_with_every_character_and_every_name()
    {
        var plain = HashOf(GoodFilm.Sources);
        HashOf(GoodFilm.With("film.yaml", "The Pier", "The pier")).ShouldNotBe(plain);
        HashOf(GoodFilm.With("film.yaml", "schema", "# a remark\nschema")).ShouldNotBe(plain);
        HashOf(GoodFilm.Sources.Select(source => source with { Path = source.Path.Replace("ends", "finals", StringComparison.Ordinal) })).ShouldNotBe(plain);
        FilmHash.Of([new("a", "bc")]).ShouldNotBe(FilmHash.Of([new("ab", "c")]));
    }

    [Fact]
    public void Is_lower_case_hexadecimal() => HashOf(GoodFilm.Sources).ShouldMatch("^[0-9a-f]{64}$");
}

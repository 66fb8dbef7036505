using Orleans.Story.Contracts;
using Orleans.Story.Rules.Films;

namespace Orleans.Story.Tests.Films;

public sealed class ReadingTimeTests
{
    [Theory]
    [InlineData("Go.", "en", 2200)]
    [InlineData("Twenty-eight characters long", "en", 2900)]
    [InlineData("走吧。", "zh", 2200)]
    [InlineData("汽笛响了两声。没有人。", "zh", 3100)]
    [InlineData("汽笛响了两声。没有人。", "zh-Hant", 3100)]
    public void Of_a_line(string words, string language, int milliseconds) =>
        ReadingTime.Of(words, language).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void A_combined_character_counts_once() =>
        ReadingTime.Of(string.Concat(Enumerable.Repeat("e\u0301", 28)), "fr").ShouldBe(TimeSpan.FromMilliseconds(2900));

    [Fact]
    public void Of_a_storylet_is_the_sum_of_its_lines()
    {
        var storylet = FilmReader.Read(GoodFilm.Sources).Film!.Storylets[2];
        var lines = storylet.Lines.Sum(line => ReadingTime.Of(line.Words.In("en"), "en").TotalSeconds);
        ReadingTime.Of(storylet, "en").ShouldBe(new ReadingSpan(lines, lines, lines));
        lines.ShouldBeInRange(15, 20);
    }

    [Fact]
    public void Of_the_two_sides_of_a_fact_only_one_is_read()
    {
        var storylet = FilmReader.Read(GoodFilm.Sources).Film!.Storylets[2];
        StoryletLine Line(string words, bool? holds) =>
            new(null, Text.Both(words, words), holds is { } side ? new LineCondition("waited", side) : null);
        var hinged = storylet with { Lines = [Line("Twenty-eight characters long", null), Line("Twenty-eight characters long", true), Line("Go.", false)] };
        var span = ReadingTime.Of(hinged, "en");
        span.Shortest.ShouldBe(5.1, 1e-9);
        span.Mean.ShouldBe(5.45, 1e-9);
        span.Longest.ShouldBe(5.8, 1e-9);
    }
}

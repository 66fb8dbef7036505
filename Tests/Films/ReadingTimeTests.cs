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
        ReadingTime.Of(storylet, "en").ShouldBe(storylet.Lines.Select(line => ReadingTime.Of(line.Words.In("en"), "en")).Aggregate((a, b) => a + b));
        ReadingTime.Of(storylet, "en").TotalSeconds.ShouldBeInRange(15, 20);
    }
}

using Orleans.Story.Rules.Scoring;

namespace Orleans.Story.Tests.Rules.Scoring;

/// <summary>What counts as a token.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("The horn sounds. Twice!", "the horn sounds twice")]
    [InlineData("Don’t you 'dare', don't!", "don't you dare don't")]
    [InlineData("Pier 7—now", "pier 7 now")]
    [InlineData("汽笛响了，两声！", "汽 笛 响 了 两 声")]
    [InlineData("第7号码头 OK", "第 7 号 码 头 ok")]
    [InlineData("𠮷野家", "𠮷 野 家")]
    [InlineData("  …—— ", "")]
    [InlineData("", "")]
    public void Words_where_a_script_sets_them_apart_and_characters_where_it_does_not(string text, string tokens) =>
        string.Join(' ', Tokens.Of(text)).ShouldBe(tokens);

    [Fact]
    public void Half_a_character_is_none() => Tokens.Of("a\uD842b").ShouldBe(["a", "b"]);
}

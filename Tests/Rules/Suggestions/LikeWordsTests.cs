using Orleans.Story.Rules.Suggestions;

namespace Orleans.Story.Tests.Rules.Suggestions;

/// <summary>When two sentences ask for the same.</summary>
public sealed class LikeWordsTests
{
    [Theory]
    [InlineData("Ask the ferryman about the letter", "ask ferryman about that letter!!")]
    [InlineData("Ask the ferryman about the letter", "ASKING THE FERRYMAN ABOUT HIS LETTERS")]
    [InlineData("Ask the ferryman about the letter", "She should ask the ferryman about the letter now")]
    [InlineData("Don't open the hold", "do not open the hold")]
    [InlineData("Turn back", "turn the boat back")]
    [InlineData("去问船夫那封信的事", "问问船夫那封信的事")]
    [InlineData("去问船夫那封信的事", "让她去问船夫那封信的事吧！")]
    [InlineData("回头", "回头吧")]
    [InlineData("别开货舱", "不要开货舱")]
    [InlineData("go there", "Go there!")]
    public void These_are_one(string one, string other) => Likeness(one, other).ShouldBeGreaterThanOrEqualTo(LikeWords.Same);

    [Theory]
    [InlineData("Ask the ferryman about the letter", "Ask the captain about the letter")]
    [InlineData("Ask the ferryman about the letter", "Don't ask the ferryman about the letter")]
    [InlineData("Ask the ferryman about the letter", "Read the letter aloud")]
    [InlineData("去问船夫那封信的事", "去问船长那封信的事")]
    [InlineData("去问船夫那封信的事", "别去问船夫那封信的事")]
    [InlineData("去问船夫那封信的事", "把信烧掉")]
    [InlineData("Ask the ferryman about the letter", "去问船夫那封信的事")]
    public void These_are_two(string one, string other) => Likeness(one, other).ShouldBeLessThan(LikeWords.Same);

    [Fact]
    public void Likeness_is_the_same_both_ways_and_whole_with_itself()
    {
        string[] said = ["Ask the ferryman", "去问船夫", "no", "的", "3", "Æ 42 船", "don't"];
        foreach (var one in said)
        {
            Likeness(one, one).ShouldBe(1);
            foreach (var other in said) Likeness(one, other).ShouldBe(Likeness(other, one));
        }
    }

    private static double Likeness(string one, string other) => LikeWords.Likeness(LikeWords.Of(one), LikeWords.Of(other));
}

using Microsoft.Extensions.AI;
using Orleans.Story.StoryBench.Answers;

namespace Orleans.Story.Tests.Story;

/// <summary>What is kept of a model's answers, and how it is found again.</summary>
public sealed class AnswerBookTests
{
    private static readonly ChatMessage[] Asked = [new(ChatRole.System, "You tell."), new(ChatRole.User, "Now.")];

    private static string Key(string model = "m", ChatMessage[]? asked = null, ChatOptions? options = null) => Answer.KeyOf(model, asked ?? Asked, options);

    [Fact]
    public void A_question_is_the_same_only_if_all_of_it_is()
    {
        string[] keys =
        [
            Key(), Key("n"), Key(asked: [Asked[0]]), Key(asked: [Asked[1], Asked[0]]), Key(asked: [new(ChatRole.User, "You tell."), Asked[1]]),
            Key(asked: [new(ChatRole.System, "You tell.Now.")]), Key(options: new ChatOptions { Temperature = 0.5f }), Key(options: new ChatOptions { MaxOutputTokens = 5 }),
            Key(options: new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<int>() }),
        ];
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Length);
        keys.ShouldAllBe(key => key.Length == 32);
        Key().ShouldBe(Key("m", [.. Asked], null));
        // It must not change from version to version: recordings would be lost.
        Key().ShouldBe("2a9585201d2727d254cd4a41d69c63db");
    }

    [Fact]
    public void Answers_to_one_question_are_played_in_their_order_and_survive_the_file()
    {
        var book = new AnswerBook([new("a", "one｜“一”", 10, 2, 300, "stop"), new("b", "", null, null, 5, Failure: "HttpRequestException"), new("a", "two", null, null, 1)]);
        var lines = book.Write().ToList();
        lines[0].ShouldBe("""{"key":"a","words":"one｜“一”","in":10,"out":2,"ms":300,"finish":"stop"}""");
        var read = AnswerBook.Read([.. lines, ""]);
        read.All.ShouldBe(book.All);
        read.Play("a").ShouldNotBeNull().Words.ShouldStartWith("one");
        read.Play("a").ShouldNotBeNull().Words.ShouldBe("two");
        read.Missing.ShouldBe(0);
        read.Play("a").ShouldBeNull();
        read.Play("c").ShouldBeNull();
        read.Missing.ShouldBe(2);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"key":"","words":"x","ms":1}""")]
    [InlineData("null")]
    public void A_line_that_is_no_answer_is_named(string line) =>
        Should.Throw<InvalidDataException>(() => AnswerBook.Read(["""{"key":"a","words":"x","ms":1}""", line])).Message.ShouldBe("Line 2 is no recorded answer.");
}

using FsCheck;
using FsCheck.Fluent;
using Orleans.Story.Inference.Reading;
using Orleans.Story.Tests.Inference.Support;

namespace Orleans.Story.Tests.Inference.Reading;

public sealed class ProseReaderTests
{
    [Theory]
    [InlineData("NARRATION｜It rains.", "|It rains.")]
    [InlineData("Ann｜No.", "ann|No.")]
    [InlineData("ANN | No.", "ann|No.")]
    [InlineData("安：不。", "ann|不。")]
    [InlineData("**Ann**: No.", "ann|No.")]
    [InlineData("3. Ann (softly)｜\"No.\"", "ann|No.")]
    [InlineData("- 旁白｜“下雨了。”", "|下雨了。")]
    [InlineData("It rains.", "|It rains.")]
    [InlineData("At ten: the bell.", "|At ten: the bell.")]
    [InlineData("Zed｜I was never here.", "Zed|I was never here.")]
    [InlineData("\"No,\" she says, \"never.\"", "|\"No,\" she says, \"never.\"")]
    [InlineData("<think>Ann｜secret plan</think>Ann｜No.", "ann|No.")]
    [InlineData("plan plan</think>\nAnn｜No.", "ann|No.")]
    [InlineData("<think>never ends Ann｜No.", "")]
    [InlineData("```\nAnn｜No.\n```", "ann|No.")]
    [InlineData("---\n\n  \n", "")]
    [InlineData("Ann｜N\u200bo\u202e.", "ann|No.")]
    [InlineData("1944 was cold.", "|1944 was cold.")]
    public void WhatModelsWriteIsRead(string prose, string expected) =>
        string.Join('\n', new ProseReader(Orders.Paper, "en").Read(prose).Select(line => $"{line.Speaker}|{line.Words.Words}")).ShouldBe(expected);

    [Fact]
    public void NoTextIsTooStrangeToRead() => Properties.Hold(ArbMap.Default.GeneratorFor<string>(), text =>
    {
        var lines = new ProseReader(Orders.Paper, "en").Read(text ?? "");
        return lines.Count <= ProseReader.MostLines && lines.All(line => line.Words.Words.Length > 0 && !line.Words.Words.Contains('\n', StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("""{"gist":"a","options":["x","y"]}""", "a", "x,y")]
    [InlineData("Here you are:\n```json\n{\"gist\": \"a\", \"options\": [\"x\", \"y\",],}\n```", "a", "x,y")]
    [InlineData("""{"Gist":"a","options":[{"label":"x"},{"label":"y"}]}""", "a", "x,y")]
    [InlineData("""{"gist":"a","options":["x","y""", "a", "x,y")]
    [InlineData("""{ not json } {"gist":"a {brace}"}""", "a {brace}", "")]
    [InlineData("nothing", null, "")]
    [InlineData("""{"gist":7,"options":"x"}""", null, "")]
    [InlineData("""{"gist":"a","gist":"b"}""", null, "")]
    [InlineData("<think>{\"gist\":\"no\"}</think>{\"gist\":\"a\"}", "a", "")]
    public void ObjectsAreFoundInWhatModelsSay(string said, string? gist, string options)
    {
        var answer = AnswerReader.Object(said);
        AnswerReader.Words(answer, "gist").ShouldBe(gist);
        string.Join(',', AnswerReader.List(answer, "options")).ShouldBe(options);
    }

    [Fact]
    public void NoAnswerIsTooStrangeToRead() => Properties.Hold(ArbMap.Default.GeneratorFor<string>(), text =>
    {
        var answer = AnswerReader.Object("{" + (text ?? ""));
        return AnswerReader.Words(answer, "gist") is null or { Length: > 0 } && AnswerReader.List(answer, "options") is not null;
    });
}

using Microsoft.Extensions.AI;
using Orleans.Story.Contracts;
using Orleans.Story.Contracts.Sessions;
using Orleans.Story.Rules.Scoring;
using Orleans.Story.StoryBench.Judging;
using Orleans.Story.StoryBench.Shows;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Story;

/// <summary>Pairs put to a judge in both orders.</summary>
public sealed class JudgeTests
{
    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("""{"why": "It moves.", "better": "A"}""", Verdict.First)]
    [InlineData("""Well. {"better":"b"} as I said""", Verdict.Second)]
    [InlineData("""{"better": "A"} No, wait: {"better": "neither"}""", Verdict.Neither)]
    [InlineData("""{“why”：“更具体”，“better”：“B”}""", Verdict.Second)]
    public void An_answer_is_read_tolerantly(string answer, Verdict verdict) => Judge.Read(answer).ShouldBe(verdict);

    [Theory]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("""{"better": "C"}""")]
    public void What_is_no_answer_is_none(string answer) => Judge.Read(answer).ShouldBeNull();

    [Fact]
    public async Task Who_likes_the_model_has_it_win_and_who_likes_a_place_prefers_nobody()
    {
        (await Ask(task => Body(task, "A").Contains("[model]", StringComparison.Ordinal) ? "A" : "B")).ShouldBe(new Preference(6, 0, 0, 0));
        (await Ask(task => Body(task, "A").Contains("[model]", StringComparison.Ordinal) ? "B" : "A")).ShouldBe(new Preference(0, 0, 6, 0));
        (await Ask(_ => "A")).ShouldBe(new Preference(0, 6, 0, 6));
    }

    [Fact]
    public async Task A_judge_who_says_nothing_makes_ties_and_is_counted()
    {
        using var client = new Bench(_ => "no idea");
        var judge = new Judge(client, "bench");
        (await judge.Of(PaperFilm.Film, "en", [await Show()], 6, 1, TestContext.Current.CancellationToken)).ShouldBe(new Preference(0, 6, 0, 0));
        judge.Unreadable.ShouldBe(12);
    }

    [Fact]
    public async Task Both_versions_and_what_was_told_are_there_in_the_telling_language_and_no_writer_is_named()
    {
        await Ask(_ => "A", "zh");
        _asked.Count.ShouldBe(12);
        _asked.ShouldAllBe(task => task.Contains("版本 A：", StringComparison.Ordinal) && task.Contains("版本 B：", StringComparison.Ordinal) && task.Contains("前面讲过的：", StringComparison.Ordinal));
        _asked.ShouldAllBe(task => !task.Contains("storylet", StringComparison.Ordinal) && !task.Contains("paper-writer", StringComparison.Ordinal));
        for (var i = 0; i < 12; i += 2) (Body(_asked[i], "A"), Body(_asked[i], "B")).ShouldBe((Body(_asked[i + 1], "B"), Body(_asked[i + 1], "A")));
    }

    private static string Body(string task, string version)
    {
        var heading = task.Contains("版本", StringComparison.Ordinal) ? "版本 " : "Version ";
        var from = task.IndexOf(heading + version, StringComparison.Ordinal);
        var to = task.IndexOf(heading + "B", from + 1, StringComparison.Ordinal);
        var end = to < 0 ? task.Length : to;
        return task[(task.IndexOf('\n', from) + 1)..end].Trim();
    }

    private async Task<Preference> Ask(Func<string, string> better, string language = "en")
    {
        _asked.Clear();
        using var client = new Bench(task =>
        {
            _asked.Add(task);
            return $$"""{"why": "so", "better": "{{better(task)}}"}""";
        });
        return await new Judge(client, "bench").Of(PaperFilm.Film, language, [await Show()], 6, 1, TestContext.Current.CancellationToken);
    }

    /// <summary>A show in which every line of a model says so.</summary>
    private static async Task<PlayedShow> Show()
    {
        var house = Houses.Of(PaperFilm.Film, 0, 1);
        var show = await new ShowPlayer(PaperFilm.Film, new ShowTerms(8, "en"), _ => new PaperWriter(), house, 1).Play(TestContext.Current.CancellationToken);
        return show with { Beats = [.. show.Beats.Select(beat => beat with { Beat = beat.Beat with { Lines = [.. beat.Beat.Lines.Select(Marked)] } })] };
    }

    private static Line Marked(Line line) => line with { Words = Text.Both(line.Words.In("en") + " [model]", line.Words.In("zh") + " [model]") };

    private sealed class Bench(Func<string, string> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(messages.Last().Text))));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

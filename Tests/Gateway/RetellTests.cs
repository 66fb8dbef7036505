using System.Text;
using Orleans.Story.Contracts;
using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Rules.Exports.Data;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

/// <summary>The command line of <c>retell</c>: from a record and a film to a page, a text or data, or one sentence that says what to change.</summary>
public sealed class RetellTests : IDisposable
{
    private static readonly SessionId Id = new(new Guid("0190a6c8-7f1e-7c3a-9b52-5e1c6a7d8e9f"));
    private readonly PaperFolder _paper = new();

    [Theory]
    [InlineData("page.html", "en", "<!doctype html>", "7 of 7 beats could have aired.")]
    [InlineData("text.md", "zh", "# 《纸》，重讲一遍", "7 段中有 7 段可以播出。")]
    [InlineData("data.jsonl", "en", "{\"schema\":\"orleans-story-retold/1\"", "7 of 7 beats could have aired.")]
    public async Task Another_edition_of_the_film_tells_the_record_again(string file, string language, string begins, string said)
    {
        _paper.Edit(PaperFolder.Storylets, "The room, opening. Rain on the one window it has.", "The room, opening. Snow on the one window it has.");
        var place = Path.Combine(_paper.Folder, file);
        var (code, lines) = await Run(Record(), "--film", _paper.Folder, "--out", place, "--language", language);
        lines.ShouldBe([said, place]);
        code.ShouldBe(0);
        var written = await File.ReadAllTextAsync(place);
        written.ShouldStartWith(begins);
        written.ShouldContain("Rain on the one window");
        written.ShouldContain("Snow on the one window");
        (await File.ReadAllBytesAsync(place))[..1].ShouldNotBe([0xEF]);
    }

    [Fact]
    public async Task What_cannot_be_retold_is_answered_with_one_sentence_and_nothing_is_made()
    {
        var data = Path.Combine(_paper.Folder, "data");
        var recording = Path.Combine(_paper.Folder, "show.json");
        await File.WriteAllTextAsync(recording, "{\"format\":2,\"session\":\"x\"}");
        var broken = Path.Combine(_paper.Folder, "broken.jsonl");
        await File.WriteAllTextAsync(broken, "{}\n");
        (string[] Args, string Said)[] all =
        [
            (["nowhere"], "nowhere is neither a file nor the id of a session."),
            ([Id.ToString(), "--data", data], $"There is no hall in {data}. Name its data folder with --data."),
            ([recording], $"{recording} is the recording that everyone may have; the plans are not in it. Take story.jsonl from the page “After the show”."),
            ([Record(), "--film", _paper.Folder, "--out", "x.pdf"], "--out ends in .html, .md or .jsonl."),
            ([Record(), "--film", _paper.Folder, "--writer", "qwen"], "There is no writer qwen. There are: storylet."),
            ([Record(), "--film", _paper.Folder + "x", "--language", "zh"], $"{_paper.Folder}x(1,1): 文件夹无法读取（找不到）。请确认它存在，并且有读取权限。"),
        ];
        foreach (var (args, said) in all)
        {
            var (code, lines) = await Run(args);
            lines.ShouldBe([said]);
            code.ShouldBe(1);
        }

        var (failed, why) = await Run(broken);
        failed.ShouldBe(1);
        why.ShouldHaveSingleItem().ShouldStartWith($"{broken}(1): ");
        Directory.Exists(data).ShouldBeFalse();
    }

    public void Dispose() => _paper.Dispose();

    private string Record()
    {
        var show = new PaperShow(PaperFilm.Film, PaperShow.Terms(PaperFilm.Film, minutes: 3), 7).Play();
        var file = Path.Combine(_paper.Folder, "story.jsonl");
        File.WriteAllBytes(file, StoryJsonl.File(StoryRows.Of(Id, _ => PaperFilm.Film, show.Events)!.Value.Select(Anonymous.Of).Select(StoryJsonl.Line)));
        return file;
    }

    private static async Task<(int Code, List<string> Said)> Run(params string[] args)
    {
        await using var said = new StringWriter(new StringBuilder());
        var code = await GatewayCommand.Run(["retell", .. args], said);
        return (code, [.. said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))]);
    }
}

using Orleans.Story.Gateway.Hosting;
using Orleans.Story.Tests.Support;

namespace Orleans.Story.Tests.Gateway;

public sealed class FilmCheckTests : IDisposable
{
    private readonly PaperFolder _paper = new();

    [Theory]
    [InlineData("en", "the place \"roof\" is not among the places. Write room.", "is not a film yet: 1 to mend.")]
    [InlineData("zh", "places 里没有场景“roof”。请写 room。", "还不是一部影片：有 1 处要改。")]
    public async Task A_broken_film_is_answered_with_file_line_and_mend(string language, string problem, string verdict)
    {
        var line = _paper.Edit(PaperFolder.Storylets, "place: room", "place: roof");
        string[] expected = [$"{_paper.Folder}/{PaperFolder.Storylets}({line},10): {problem}", $"{_paper.Folder} {verdict}"];
        var (code, said) = await Check(_paper.Folder, "--language", language);
        code.ShouldBe(1);
        said.ShouldBe(expected);

        // A rehearsal says the same and opens no hall: there is no journal beside the film.
        var data = Path.Combine(_paper.Folder, "data");
        (code, said) = await Run("rehearse", _paper.Folder, "--language", language, "--port", "0", "--data", data);
        code.ShouldBe(1);
        said.ShouldBe(expected);
        Directory.Exists(data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rehearsal_of_a_folder_that_is_not_there_is_refused()
    {
        var (code, said) = await Run("rehearse", _paper.Folder + "x", "--language", "zh", "--port", "0");
        code.ShouldBe(1);
        said.ShouldBe([$"{_paper.Folder}x(1,1): 文件夹无法读取（找不到）。请确认它存在，并且有读取权限。", $"{_paper.Folder}x 还不是一部影片：有 1 处要改。"]);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_and_the_next_one_is_checked_all_the_same()
    {
        _paper.Edit(PaperFolder.Storylets, "place: room", "place: roof");
        var (code, said) = await Check(_paper.Folder + "x", _paper.Folder);
        code.ShouldBe(1);
        said.Count.ShouldBe(4);
        said[0].ShouldStartWith($"{_paper.Folder}x(1,1): the folder cannot be read");
        said[0].ShouldEndWith("Check that it exists and may be read.");
        said[1].ShouldBe($"{_paper.Folder}x is not a film yet: 1 to mend.");
        said[3].ShouldBe($"{_paper.Folder} is not a film yet: 1 to mend.");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("rehearse")]
    public async Task A_folder_of_films_is_told_from_a_film(string command)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Films");
        var (code, said) = await Run(command, folder + "/");
        code.ShouldBe(1);
        said.ShouldBe([$"{folder}/ is a folder of films. Name one: {folder}/last-ferry, {folder}/seventh-night."]);
    }

    [Fact]
    public async Task A_broken_film_opens_no_rehearsal()
    {
        _paper.Edit(PaperFolder.Storylets, "place: room", "place: roof");
        var (code, said) = await Run("rehearse", _paper.Folder);
        code.ShouldBe(1);
        said.Count.ShouldBe(2);
        said[1].ShouldBe($"{_paper.Folder} is not a film yet: 1 to mend.");
    }

    [Fact]
    public async Task The_shipped_film_is_ready_and_the_report_says_by_what()
    {
        var (code, said) = await Check(Path.Combine(AppContext.BaseDirectory, "Films", "last-ferry"), "--quick");
        said.Where(line => line.StartsWith('!')).ShouldBeEmpty();
        said[0].ShouldStartWith("The Last Ferry: ");
        said.ShouldContain(line => line.StartsWith("Told to 700 audiences at 3 to 30 minutes", StringComparison.Ordinal));
        string[] named = ["a show", "on time", "told twice", "canon", "dead ends", "reach", "  ending", "promises", "tension", "arc", "opposites", "heard before"];
        foreach (var name in named) said.ShouldContain(line => line.StartsWith($"  {name} ", StringComparison.Ordinal), name);
        said[^1].ShouldBe("Ready for a hall.");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task A_film_that_repeats_itself_is_not_ready_in_Chinese_either()
    {
        var (code, said) = await Check(_paper.Folder, "--quick", "--language", "zh");
        said[0].ShouldBe("《纸》：24 段，其中结局 3 个；事实 2 条，承诺 0 个");
        said.Where(line => line.StartsWith('!')).Select(line => line[1..].TrimStart().Split(' ')[0]).ShouldBe(["一场", "似曾相识"]);
        foreach (var name in (string[])["准时结束", "可达", "  结局", "承诺", "张力", "弧线", "对立观众"]) said.ShouldContain(line => line.StartsWith($"  {name} ", StringComparison.Ordinal), name);
        said[^1].ShouldBe("还不行：见带 ! 的各行");
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("folders")]
    [InlineData("'fr' not recognized", "Films/paper", "--language", "fr")]
    public async Task What_was_typed_wrong_is_named_and_nothing_is_checked(string named, params string[] args)
    {
        var (code, said) = await Check(args);
        code.ShouldBe(1);
        said[0].ShouldContain(named);
        said.ShouldNotContain(line => line.Contains("not a film yet", StringComparison.Ordinal));
    }

    public void Dispose() => _paper.Dispose();

    private static Task<(int Code, IReadOnlyList<string> Said)> Check(params string[] args) => Run(["check", .. args]);

    private static async Task<(int Code, IReadOnlyList<string> Said)> Run(params string[] args)
    {
        using var to = new StringWriter();
        var code = await GatewayCommand.Run(args, to);
        return (code, to.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }
}

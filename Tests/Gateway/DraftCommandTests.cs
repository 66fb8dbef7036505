using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Hosting;

namespace Orleans.Story.Tests.Gateway;

/// <summary><c>draft</c> at the command line: what it writes, what it asks, what it refuses.</summary>
public sealed class DraftCommandTests : IDisposable
{
    private const string Premise = "老周在码头守了九年灯。今晚，小梅拿着一张旧船票来了。船要是准点，他们就再也见不着。";
    private readonly string _root = Directory.CreateTempSubdirectory("draft").FullName;

    [Fact]
    public async Task A_premise_becomes_a_folder_that_the_check_reads_and_nothing_is_written_over()
    {
        var folder = Path.Combine(_root, "pier");
        var (code, said) = await Run("draft", "new", "--title", "码头", "--genre", "爱情", "--premise", Premise, "--languages", "zh,en", "--out", folder, "--yes", "--language", "zh");
        code.ShouldBe(0, string.Join('\n', said));
        said.ShouldContain("可以在影院里讲了。");
        said[^1].ShouldContain("34 个部分，已接受 34 个");
        File.Exists(Path.Combine(folder, "film.yaml")).ShouldBeTrue();
        (await FilmCheck.IsFilm(folder, "en", TextWriter.Null, TestContext.Current.CancellationToken)).ShouldBeTrue();

        (code, said) = await Run("draft", "new", "--title", "码头", "--premise", Premise, "--out", folder, "--yes");
        code.ShouldBe(1);
        said.ShouldBe([$"{folder} is there already, and nothing is written over. Choose another --out, or add --force."]);

        (code, said) = await Run("draft", "advise", folder);
        code.ShouldBe(0);
        said.ShouldContain("It can be told in a hall.");
        said.ShouldContain(line => line.Contains("still the scaffold's words", StringComparison.Ordinal));

        // Whoever went on in the files is not overruled by the draft.
        await File.AppendAllTextAsync(Path.Combine(folder, "film.yaml"), "# mine\n", TestContext.Current.CancellationToken);
        (code, said) = await Run("draft", "review", folder);
        code.ShouldBe(1);
        said[0].ShouldContain("were changed since they were drafted");
    }

    [Fact]
    public async Task A_person_accepts_asks_for_another_edits_and_leaves()
    {
        var folder = Path.Combine(_root, "pier");
        using var to = new StringWriter();
        using var typed = new StringReader("y\na\ny\ne\nplaces:\n  - id: broken\n.\nwhat\nall\n");
        var wish = new DraftWish { Title = "The Pier", Genre = "mystery", Premise = "Mara waits.", Out = folder, Seed = 5 };
        var code = await DraftCommand.New(wish, "en", typed, to, TestContext.Current.CancellationToken);
        var said = to.ToString();
        code.ShouldBe(1, "the places are broken by hand");
        said.ShouldContain("[1/34] head · scaffold");
        said.ShouldContain("[2/34] cast · scaffold · 2/2");
        said.ShouldContain("Type y, n, a, e, all or q.");
        said.ShouldContain("! places: ");
        said.ShouldContain("34 of 34 parts accepted");
        var (draft, _) = await DraftFolder.Load(folder, TestContext.Current.CancellationToken);
        draft!.Find("places")!.Current!.By.ShouldBe("hand");
    }

    [Fact]
    public async Task A_screenplay_is_brought_along()
    {
        var script = Path.Combine(_root, "script.fountain");
        await File.WriteAllTextAsync(script, "Title: Night Ferry\n\nINT. WHEELHOUSE - NIGHT\n\nThe radio hisses. Nobody has touched it for an hour.\n\nMARA\nHow many people are aboard?\n\nCAPTAIN\n(not turning round)\nFewer than there were.\n\nEXT. DECK - LATER\n\nRain. A suitcase stands at the rail with nobody beside it.\n", TestContext.Current.CancellationToken);
        var folder = Path.Combine(_root, "ferry");
        var (code, said) = await Run("draft", "new", "--from", script, "--out", folder, "--yes");
        code.ShouldBe(0, string.Join('\n', said));
        var opening = await File.ReadAllTextAsync(Path.Combine(folder, "storylets", "1-arrival.yaml"), TestContext.Current.CancellationToken);
        opening.ShouldContain("mara｜How many people are aboard?");
        opening.ShouldContain("place: wheelhouse");
        opening.ShouldNotContain("not turning round");
    }

    [Theory]
    [InlineData("en", "Give the film a title.", "--premise", "x")]
    [InlineData("zh", "请用三句话左右说说影片讲什么。", "--title", "x")]
    [InlineData("en", "A draft can be written in en and zh, not in 'fr'.", "--title", "x", "--premise", "y", "--languages", "fr")]
    [InlineData("en", "There is no file nowhere.md.", "--title", "x", "--from", "nowhere.md")]
    public async Task What_is_missing_is_said_in_a_sentence(string language, string sentence, params string[] args)
    {
        var (code, said) = await Run(["draft", "new", .. args, "--out", Path.Combine(_root, "x"), "--language", language]);
        code.ShouldBe(1);
        said.ShouldBe([sentence]);
        Directory.Exists(Path.Combine(_root, "x")).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<(int Code, IReadOnlyList<string> Said)> Run(params string[] args)
    {
        using var to = new StringWriter();
        var code = await GatewayCommand.Run(args, to);
        return (code, to.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }
}

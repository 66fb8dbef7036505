using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>What is said of a broken film is said in Chinese as well, and names the same things.</summary>
public sealed partial class ChineseProblemTests
{
    /// <summary>Every film that the tests of broken films break, and those whose files are wrong as a whole.</summary>
    public static TheoryData<string, string, string> Broken { get; } = new(
        new[] { typeof(BrokenFilmFileTests), typeof(BrokenStoryletTests) }
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(row => ((string)row.Data[0]!, (string)row.Data[1]!, (string)row.Data[2]!))
            .Concat(
            [
                ("film.yaml", GoodFilm.FilmYaml, ""),
                ("film.yaml", GoodFilm.FilmYaml, GoodFilm.FilmYaml + "---\nschema: 1\n"),
                ("film.yaml", "longest: 3", "longest: 30"),
                ("film.yaml", "facts:\n", "warmup: {question: {en: Well?, zh: 怎样？}, options: []}\nfacts:\n"),
                ("film.yaml", "    sound:", "    still: Pier.gif\n    type: comic\n    ambience: [rain, rain, rain, rain, rain, rain]\n    sound:"),
                ("beats.yaml", "function: setup", "function: resolution"),
                ("beats.yaml", "  opens: [boat]", "  needs: [waits]"),
                ("beats.yaml", "      mei｜You said", "      [if waits] mei｜You said"),
                ("beats.yaml", "      The horn sounds", "      [if boat sails] The horn sounds"),
                ("ends.yaml", "      He looks", "      [if waits] He looks"),
                ("ends.yaml", GoodFilm.EndsYaml, In(GoodFilm.EndsYaml, ("      Nobody", "      [if waits] Nobody"), ("      谁也", "      [if waits] 谁也"), ("      He", "      [if waits] He"), ("      他看", "      [if waits] 他看"))),
                ("ends.yaml", GoodFilm.EndsYaml, In(GoodFilm.EndsYaml, ("      She gets", "      [if waits] She gets"), ("      她站", "      [if waits] 她站"))),
                ("ends.yaml", "needs: [waits]", "needs: []"),
                ("ends.yaml", "en: |", "en: |2\n    zz: |"),
                ("beats.yaml", GoodFilm.BeatsYaml, In(GoodFilm.BeatsYaml, ("sets: [waits]", "sets: []"))),
                ("beats.yaml", GoodFilm.BeatsYaml, In(GoodFilm.BeatsYaml, ("  options:", "  choices:"))),
                ("beats.yaml", "zh: 走}\n", "zh: 走}\n      needs: [waits]\n"),
                ("beats.yaml", "cast: [mei, zhou]", "cast: [mei, zhou, mei]"),
                ("film.yaml", "languages: [en, zh]", "languages: [en, zh, zh]"),
                ("film.yaml", "languages: [en, zh]", "languages: []"),
                ("film.yaml", "title: {en: The Pier,", "title: {en: The Pier, full circle,"),
                ("film.yaml", "facts:\n", "[a, b]: c\nfacts:\n"),
                ("film.yaml", "facts:\n", "promises: [boat]\nfacts:\n"),
                ("film.yaml", "acts:\n", "acts: []\nplan:\n"),
                ("film.yaml", "rating: PG", "rating: \"PG"),
                ("film.yaml", "rating: PG", "rating: *pg"),
                ("film.yaml", "rating: PG", "rating: P: G"),
                ("film.yaml", "rating: PG", "rating PG"),
                ("film.yaml", "rating: PG", " rating: PG"),
                ("film.yaml", "longest: 3}", "longest: 3]"),
                ("film.yaml", "rating: PG", "rating: " + new string('[', 20)),
            ]));

    [Theory]
    [MemberData(nameof(Broken))]
    public void Every_problem_is_said_in_Chinese_and_names_the_same(string file, string old, string replacement)
    {
        var problems = FilmReader.Read(GoodFilm.With(file, old, replacement)).Problems;
        problems.ShouldNotBeEmpty();
        foreach (var problem in problems) IsSaidInBoth(problem);
    }

    [Theory]
    [InlineData("Films/pier/storylets/more.yml")]
    [InlineData("more.yaml")]
    public void So_is_a_file_that_is_not_read(string path) =>
        IsSaidInBoth(FilmReader.Read([.. path.Contains('/', StringComparison.Ordinal) ? GoodFilm.Sources : [], new(path, "")]).Problems.ShouldHaveSingleItem());

    [Theory]
    [InlineData("beats.yaml", "cast: [mei, zhou]", "cast: [may, zhou]",
        "storylets/beats.yaml(8,10): 演员表里没有角色“may”。请写：mei、zhou 之一。")]
    [InlineData("beats.yaml", "cast: [mei, zhou]", "cast: mei",
        "storylets/beats.yaml(8,9): 角色必须是列表。请写成 [一, 二]，或每行一项、前加连字符。")]
    [InlineData("beats.yaml", "    - label: {en: Nobody, zh: 谁也不去}\n      sets: [waits]", "    - label: {en: Nobody, zh: 谁也不去}",
        "storylets/beats.yaml(47,7): 警告：lamp 的选择不起作用：各选项设定的事实相同。请让至少一个选项设定自己的事实。")]
    [InlineData("film.yaml", "    fear: {en: Silence., zh: 冷清。}\n", "",
        "film.yaml(15,5): 角色 zhou 缺少键 fear。请在这里写上“fear: …”。")]
    [InlineData("film.yaml", "rating: PG", "ratting: PG\nrating: PG",
        "film.yaml(6,1): 影片没有键“ratting”。是想写 rating 吗？请写：rating、acts、cast、facts、logline、ties、title、slug 之一（另有 6 个）。")]
    [InlineData("film.yaml", "share: 0.5", "share: 0.4",
        "film.yaml(37,9): 各幕的 share 之和是 0.9，不是 1。请加上 0.1。")]
    public void The_line_reads_as_a_Chinese_writer_would_say_it(string file, string old, string replacement, string expected) =>
        FilmReader.Read(GoodFilm.With(file, old, replacement)).Problems.ShouldHaveSingleItem().In("zh").ShouldBe("Films/pier/" + expected);

    [Fact]
    public async Task So_does_what_the_disk_refuses() =>
        (await FilmFolder.LoadAsync("Films/nowhere")).Problems.ShouldHaveSingleItem().In("zh")
            .ShouldBe("Films/nowhere(1,1): 文件夹无法读取（找不到）。请确认它存在，并且有读取权限。");

    [Fact]
    public void Any_other_language_hears_English()
    {
        var problem = FilmReader.Read(GoodFilm.With("film.yaml", "rating: PG", "rating: X")).Problems.ShouldHaveSingleItem();
        problem.In("en").ShouldBe(problem.ToString());
        problem.In("fr").ShouldBe(problem.ToString());
    }

    private static string In(string file, params ReadOnlySpan<(string Old, string New)> changes)
    {
        foreach (var (old, changed) in changes) file = file.Replace(old, changed, StringComparison.Ordinal);
        return file;
    }

    /// <summary>Neither half is left in English, and every id, quotation and number of the English half is in the Chinese one.</summary>
    private static void IsSaidInBoth(FilmProblem problem)
    {
        foreach (var said in ImmutableArray.Create(problem.Wrong, problem.Remedy))
        {
            var (english, chinese) = (said.In("en"), said.In("zh"));
            Han().IsMatch(chinese).ShouldBeTrue($"{english} / {chinese}");
            EnglishWords().Match(Quoted().Replace(chinese, "")).Value.ShouldBe("", chinese);
            foreach (Match name in Names().Matches(english)) chinese.ShouldContain(name.Groups["name"].Value);
        }
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 1000)]
    private static partial Regex Han();

    /// <summary>What was written, or is to be written, word for word.</summary>
    [GeneratedRegex(@"“[^”]*”|\[[^\]]*\]", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    /// <summary>Two English words in a row; keys and ids stand alone or between commas.</summary>
    [GeneratedRegex("[A-Za-z]{2,} [A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex EnglishWords();

    [GeneratedRegex("""
        "(?<name>[^"]+)"|\b(?<name>mei|zhou|pier|quay|waits|sings|departure|crossing|horn|lamp|boats?|storm|morning|stays|zh|en|U\+[0-9A-F]+|[0-9]+(\.[0-9]+)?)\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Names();
}

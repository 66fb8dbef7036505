using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

public sealed class FilmFolderTests : IDisposable
{
    private readonly DirectoryInfo temp = Directory.CreateTempSubdirectory("film-");
    private readonly string folder;

    public FilmFolderTests()
    {
        folder = Path.Combine(temp.FullName, "pier");
        foreach (var source in GoodFilm.Sources) Write(source.Path["Films/pier/".Length..], source.Content);
    }

    public void Dispose() => temp.Delete(recursive: true);

    [Fact]
    public async Task A_film_from_disk_is_the_film_from_memory()
    {
        var reading = await FilmFolder.LoadAsync(folder);
        reading.Problems.ShouldBeEmpty();
        reading.Film.ShouldNotBeNull().Ref.ShouldBe(FilmReader.Read(GoodFilm.Sources).Film!.Ref);
    }

    [Fact]
    public async Task What_is_not_yaml_is_left_alone()
    {
        Write("notes.txt", "buy oil");
        (await FilmFolder.ReadAsync(folder)).Sources.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_missing_folder_is_a_problem() =>
        (await FilmFolder.LoadAsync(folder + "x")).Problems.ShouldHaveSingleItem().What.ShouldStartWith("the folder cannot be read");

    [Fact]
    public async Task A_folder_without_film_is_a_problem()
    {
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        (await FilmFolder.LoadAsync(folder)).Problems.ShouldHaveSingleItem().What.ShouldBe("the film has no film.yaml");
    }

    [Fact]
    public async Task A_file_of_one_mebibyte_is_read_and_one_byte_more_is_not()
    {
        Write("storylets/long.yaml", new string('#', FilmFolder.MostBytes));
        (await FilmFolder.ReadAsync(folder)).Problems.ShouldBeEmpty();
        Write("storylets/long.yaml", new string('#', FilmFolder.MostBytes + 1));
        var reading = await FilmFolder.LoadAsync(folder);
        reading.Film.ShouldBeNull();
        reading.Problems.ShouldHaveSingleItem().What.ShouldBe("the file is larger than 1 MiB");
    }

    [Fact]
    public async Task Two_hundred_files_are_read_and_one_more_is_not()
    {
        for (var i = 3; i < FilmFolder.MostFiles; i++) Write($"storylets/{i}.yaml", "[]");
        (await FilmFolder.LoadAsync(folder)).Problems.ShouldBeEmpty();
        Write("storylets/more.yaml", "[]");
        (await FilmFolder.LoadAsync(folder)).Problems.ShouldHaveSingleItem().What.ShouldBe("the folder holds more than 200 YAML files");
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_a_problem_on_its_line()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "storylets", "latin.yaml"), [.. "- a\n- "u8, 0xE9, .. "\n"u8]);
        var problem = (await FilmFolder.LoadAsync(folder)).Problems.ShouldHaveSingleItem();
        problem.What.ShouldBe("the file is not UTF-8 text");
        problem.Line.ShouldBe(2);
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Making a symbolic link needs a privilege on Windows.");
        var outside = Path.Combine(temp.FullName, "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.yaml"), "- classified");
        File.CreateSymbolicLink(Path.Combine(folder, "storylets", "file.yaml"), Path.Combine(outside, "secret.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "storylets", "folder"), outside);
        var content = await FilmFolder.ReadAsync(folder);
        content.Problems.Select(problem => problem.What).ShouldBe(["this is a link", "this is a link"]);
        content.Sources.ShouldAllBe(source => !source.Content.Contains("classified"));
        (await FilmFolder.LoadAsync(folder)).Film.ShouldBeNull();
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}

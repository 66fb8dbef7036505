using Orleans.Story.Rules.Films;
using Orleans.Story.Storage.Films;

namespace Orleans.Story.Tests.Films;

/// <summary>Pictures and sounds that a film names are there, are no links and are not too large; else it is no film yet.</summary>
public sealed class AssetTests : IDisposable
{
    private const string Sound = "    sound: {en: Rain on planks., zh: 雨打木板。}\n";
    private readonly DirectoryInfo temp = Directory.CreateTempSubdirectory("film-");
    private readonly string folder;

    public AssetTests()
    {
        folder = Path.Combine(temp.FullName, "pier");
        foreach (var source in GoodFilm.With("film.yaml", Sound, Sound + "    still: stills/pier.jpg\n"))
        {
            var path = Path.Combine(temp.FullName, source.Path["Films/".Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, source.Content);
        }

        Directory.CreateDirectory(Path.Combine(folder, "stills"));
    }

    private string Still => Path.Combine(folder, "stills", "pier.jpg");

    public void Dispose() => temp.Delete(recursive: true);

    [Fact]
    public async Task A_named_file_must_be_there()
    {
        (await Problem()).ShouldBe("the film names this file, and it is not there");
        await File.WriteAllTextAsync(Still, "picture");
        (await FilmFolder.LoadAsync(folder)).Film.ShouldNotBeNull();
    }

    [Fact]
    public async Task Eight_mebibytes_are_a_picture_and_one_byte_more_is_not()
    {
        await using (var file = File.Create(Still)) file.SetLength(FilmAssets.MostStillBytes);
        (await FilmFolder.LoadAsync(folder)).Film.ShouldNotBeNull();
        await using (var file = File.OpenWrite(Still)) file.SetLength(FilmAssets.MostStillBytes + 1);
        (await Problem()).ShouldBe("the file is larger than 8 MiB");
    }

    [Fact]
    public async Task A_link_is_no_picture_neither_is_a_file_behind_one()
    {
        var elsewhere = Path.Combine(temp.FullName, "secret.jpg");
        await File.WriteAllTextAsync(elsewhere, "secret");
        File.CreateSymbolicLink(Still, elsewhere);
        (await Problem()).ShouldBe("this is a link");
        Directory.Delete(Path.Combine(folder, "stills"), recursive: true);
        var away = Directory.CreateDirectory(Path.Combine(temp.FullName, "away"));
        await File.WriteAllTextAsync(Path.Combine(away.FullName, "pier.jpg"), "secret");
        Directory.CreateSymbolicLink(Path.Combine(folder, "stills"), away.FullName);
        FilmAssets.Find(folder, "stills/pier.jpg", out var why).ShouldBeNull();
        why.ShouldBe("this is a link");
    }

    private async Task<string> Problem()
    {
        var reading = await FilmFolder.LoadAsync(folder);
        reading.Film.ShouldBeNull();
        return reading.Problems.ShouldHaveSingleItem().What;
    }
}
